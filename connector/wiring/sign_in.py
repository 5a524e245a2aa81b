"""Settings → signing in with Confluence Data Center, where an administrator linked us."""

from connector.atlassian.oauth import Application, ConfluenceOAuth
from connector.atlassian.transport import Trust
from connector.config import DATA_CENTER, Settings
from connector.ports import Clock
from connector.storage.engines import Database
from connector.storage.keyring import Keyring
from connector.storage.sessions import SqlKept
from connector.web.sessions import Sessions
from connector.web.signin import SignIn


def sign_in_of(settings: Settings, clock: Clock, database: Database) -> SignIn | None:
    """None where nobody can sign in: on Cloud, or without an application link."""
    if settings.deployment != DATA_CENTER or not settings.oauth_client_id:
        return None
    keyring = Keyring(settings.encryption_keys)
    application = Application(
        settings.oauth_client_id,
        settings.oauth_client_secret,
        f"{settings.base_url}/signin/callback",
    )
    trust = Trust(settings.ca_bundle, settings.client_certificate)
    return SignIn(
        site=settings.site,
        host=ConfluenceOAuth(settings.confluence_url, application, trust=trust),
        sessions=Sessions(SqlKept(database), keyring, clock),
        seal=keyring,
        clock=clock,
        base_url=settings.base_url,
    )
