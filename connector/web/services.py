"""What the edge needs from the rest of the product, as one frozen value per application."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from secrets import token_bytes
from threading import BoundedSemaphore
from typing import cast

from flask import current_app

from connector.core.json import JsonObject
from connector.core.okr import SiteId
from connector.core.policy import Policy
from connector.core.words import Words
from connector.places import Places
from connector.ports import Clock, JobQueue, OkrStore
from connector.usecases.render_board import BoardShelf
from connector.usecases.sites import Sites
from connector.usecases.visibility import IssueVisibility, Visibility
from connector.web.hosts import ConnectDoor, ForgeDoor
from connector.web.metrics import Metrics
from connector.web.pace import Pace
from connector.web.sheets import Sheets

EXTENSION = "okr_connector"
# A look waits for the site; the other threads go on answering macros and webhooks. With all that
# else waits for somebody these are fewer than the server's threads (`connector.serving`).
LOOKS_AT_ONCE = 2
BODIES_AT_ONCE = 1
_BODY_PATIENCE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WebServices:
    """
    `site` is the one that the settings' token reads, None where there is none; `sites` knows it
    and those that installed us. `locale` is the language of callers who name none.
    `webhook_secret` may hold several, separated by commas, while one replaces another. `ready`
    says of each part whether it works; `job_counts` how many jobs ended how. `looks` is how many
    previews may wait for a site at a time; `form_key` signs their forms where there is no API
    token to do so. `bodies` is for those who send before they proved anything. `connect` and
    `forge` are the doors of installed apps, None where closed; `frame_keys` sign what a macro's
    own page asks again with, the first one newly.
    """

    sites: Sites
    site: SiteId | None
    store: OkrStore
    queue: JobQueue
    clock: Clock
    policy: Policy
    words: Callable[[str], Words]
    locale: str
    base_url: str
    descriptor: JsonObject
    ready: Callable[[], Mapping[str, bool]]
    webhook_secret: bytes | None = field(default=None, repr=False)
    webhook_path_token: str | None = field(default=None, repr=False)
    api_token: str | None = field(default=None, repr=False)
    connect: ConnectDoor | None = None
    forge: ForgeDoor | None = None
    frame_keys: tuple[bytes, ...] = field(default_factory=lambda: (token_bytes(32),), repr=False)
    job_counts: Callable[[], Mapping[str, int]] = dict
    metrics: Metrics = field(default_factory=Metrics)
    visibility: Visibility = field(default_factory=Visibility)
    issue_visibility: IssueVisibility = field(default_factory=IssueVisibility)
    shelf: BoardShelf = field(default_factory=BoardShelf)
    sheets: Sheets = field(default_factory=Sheets)
    looks: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(LOOKS_AT_ONCE))
    bodies: Places = field(default_factory=lambda: Places(BODIES_AT_ONCE, patience=_BODY_PATIENCE))
    pace: Pace = field(default_factory=Pace)
    form_key: bytes = field(default_factory=lambda: token_bytes(32), repr=False)

    def seconds(self) -> float:
        """The time now, in seconds since 1970."""
        return self.clock.now().timestamp()

    @property
    def webhook_secrets(self) -> tuple[bytes, ...]:
        return tuple(one for one in re.split(rb"[,\s]+", self.webhook_secret or b"") if one)


def services() -> WebServices:
    """Those of the application that answers the current request."""
    return cast(WebServices, current_app.extensions[EXTENSION])
