"""
The token with which a page in a frame asks again, since what the host gave it ends in minutes.

It says who looks at what, is renewed with every answer, and gives no right of its own: whether
that person may see it is asked of the host again and again.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote_plus

from connector.core.installation import InstallationKey
from connector.core.okr import SiteId

HEADER = "X-OKR-Frame"
# A page that is hidden does not ask; after a night it is loaded anew.
LASTS = 15 * 60
LONGEST = 24 * 60 * 60
_LARGEST = 2048
_SUBJECTS = ("page", "issue")
_written = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Frame:
    """`shows` is as `shown_at` says it; `began` and `ends` in seconds since 1970; `account` is the
    host's, empty for nobody. The frame ends with the `installation` that it began with."""

    installation: InstallationKey
    site: SiteId
    account: str
    shows: str
    began: int
    ends: int


def shown_at(path: str, asked: Mapping[str, str]) -> str:
    """
    What an address of ours is about; how it is drawn may change while a frame lasts.

    >>> shown_at("/macros/objective", {"page": "101", "theme": "dark"})
    '/macros/objective?page=101&issue='
    """
    about = (f"{name}={quote_plus(asked.get(name, ''))}" for name in _SUBJECTS)
    return f"{path}?{'&'.join(about)}"


def frame_token(frame: Frame, keys: Sequence[bytes]) -> str:
    facts = [
        frame.installation,
        frame.site,
        frame.account,
        frame.shows,
        frame.began,
        frame.ends,
    ]
    said = urlsafe_b64encode(_written(facts).encode())
    return f"{said.decode()}.{_signature(said, keys[0])}"


def read_frame(text: str, keys: Sequence[bytes], *, now: float) -> Frame | None:
    """The frame that one of our keys signed, while it lasts and as this release writes it."""
    frame = signed_frame(text, keys)
    return frame if frame is not None and now < frame.ends else None


def signed_frame(text: str, keys: Sequence[bytes]) -> Frame | None:
    """The same even if it is over: no proof, but it says what a page showed."""
    said, _, signature = text.encode(errors="replace").partition(b".")
    if len(text) > _LARGEST or not any(
        hmac.compare_digest(_signature(said, key).encode(), signature) for key in keys
    ):
        return None
    facts = json.loads(urlsafe_b64decode(said))
    if len(facts) != len(Frame.__slots__):
        return None
    key, site, account, shows, began, ends = facts
    return Frame(InstallationKey(key), SiteId(site), account, shows, began, ends)


def renewed(frame: Frame, *, now: float) -> Frame:
    """The same for another while, at most a day after it began."""
    return replace(frame, ends=min(int(now) + LASTS, frame.began + LONGEST))


def _signature(said: bytes, key: bytes) -> str:
    return hmac.digest(key, said, "sha256").hex()
