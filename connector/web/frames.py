"""
The token with which a macro's own page asks again, since what the host gave it ends in minutes.

It says who looks at which macro of which page, is renewed with every answer, and gives no right
of its own: whether that person may read the page is asked of the host again and again.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from connector.core.okr import PageId, SiteId

HEADER = "X-OKR-Frame"
# A page that is hidden does not ask; after a night it is loaded anew.
LASTS = 15 * 60
LONGEST = 24 * 60 * 60
_LARGEST = 2048


@dataclass(frozen=True, slots=True)
class Frame:
    """`began` and `ends` in seconds since 1970; `account` is the host's, empty for nobody."""

    site: SiteId
    account: str
    page: PageId
    macro: str
    began: int
    ends: int


def frame_token(frame: Frame, keys: Sequence[bytes]) -> str:
    facts = [frame.site, frame.account, frame.page, frame.macro, frame.began, frame.ends]
    said = urlsafe_b64encode(json.dumps(facts, separators=(",", ":")).encode())
    return f"{said.decode()}.{_signature(said, keys[0])}"


def read_frame(text: str, keys: Sequence[bytes], *, now: float) -> Frame | None:
    """The frame that one of our keys signed, while it lasts; else None."""
    said, _, signature = text.encode(errors="replace").partition(b".")
    if len(text) > _LARGEST or not any(
        hmac.compare_digest(_signature(said, key).encode(), signature) for key in keys
    ):
        return None
    site, account, page, macro, began, ends = json.loads(urlsafe_b64decode(said))
    frame = Frame(SiteId(site), account, PageId(page), macro, began, ends)
    return frame if now < frame.ends else None


def renewed(frame: Frame, *, now: float) -> Frame:
    """The same for another while, at most a day after it began."""
    ends = min(int(now) + LASTS, frame.began + LONGEST)
    return Frame(frame.site, frame.account, frame.page, frame.macro, frame.began, ends)


def _signature(said: bytes, key: bytes) -> str:
    return hmac.new(key, said, hashlib.sha256).hexdigest()
