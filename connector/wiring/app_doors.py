"""Settings → the doors of installed apps, with the keys they believe."""

import hashlib
import hmac
from typing import TypedDict

from connector.atlassian.signing_keys import FORGE_JWKS, INSTALL_KEY_HOSTS, InstallKeys, Jwks
from connector.atlassian.transport import Trust, TrustingSession
from connector.config import Settings
from connector.ports import Installations
from connector.web.hosts import CONNECT_SCRIPT, ConnectDoor, ForgeDoor

_FRAMES = b"okr-connector/frame/1"


class AppDoors(TypedDict, total=False):
    connect: ConnectDoor | None
    forge: ForgeDoor | None
    frame_keys: tuple[bytes, ...]


def app_doors(settings: Settings, installations: Installations | None) -> AppDoors:
    """Nothing for a service that takes in no app."""
    if installations is None:
        return {}
    session = TrustingSession(Trust(settings.ca_bundle))
    found: AppDoors = {"frame_keys": tuple(map(_frame_key, settings.encryption_keys))}
    if settings.connect:
        keys = InstallKeys(settings.connect_key_hosts or INSTALL_KEY_HOSTS, session)
        found["connect"] = ConnectDoor(
            installations=installations,
            key_of=keys.key,
            hosts=settings.connect_hosts,
            script=settings.connect_script or CONNECT_SCRIPT,
        )
    if settings.forge_app_id:
        found["forge"] = ForgeDoor(
            installations=installations,
            app_id=settings.forge_app_id,
            keys=Jwks(settings.forge_keys or FORGE_JWKS, session),
            api_origins=(settings.atlassian_api,),
        )
    return found


def _frame_key(secret: str) -> bytes:
    """A key of its own for each use; all processes with the same ring have the same one."""
    return hmac.new(secret.encode(), _FRAMES, hashlib.sha256).digest()
