"""Pages of the `company` seed: their texts, their place in the tree, and who may see them."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from sandbox.directory import BOT, USERS, User
from sandbox.site import Site
from sandbox.wiki.model import Page, Space, Version

# People look after their OKRs: such a page was edited so long before the site was planted.
LIVE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class SeedPage:
    """`edited` None: a live page. `readers` and `editors` empty: everybody."""

    file: str
    id: int
    title: str
    author: User
    written: datetime
    labels: tuple[str, ...]
    parent: int | None
    edited: datetime | None
    readers: tuple[User, ...]
    editors: tuple[User, ...]

    @property
    def text(self) -> str:
        return _text(self.file)


@cache
def _text(name: str) -> str:
    page = files("sandbox.company").joinpath("pages", f"{name}.xml")
    return page.read_text(encoding="utf-8").rstrip("\n")


# As the texts call them: by the first part of the mailbox.
PEOPLE = {user.email.partition("@")[0].partition(".")[0]: user for user in USERS} | {"bot": BOT}


def _read() -> tuple[SeedPage, ...]:
    text = files("sandbox.company").joinpath("pages.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)["page"]
    return tuple(
        SeedPage(
            file=entry["file"],
            id=entry["id"],
            title=entry["title"],
            author=PEOPLE[entry["author"]],
            written=_morning(entry["written"]) + timedelta(hours=number),
            labels=tuple(entry.get("labels", ())),
            parent=entry.get("parent"),
            edited=_morning(entry["edited"]) if "edited" in entry else None,
            readers=tuple(PEOPLE[name] for name in entry.get("readers", ())),
            editors=tuple(PEOPLE[name] for name in entry.get("editors", ())),
        )
        for number, entry in enumerate(told)
    )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), tzinfo=UTC)


PAGES = _read()


def _as_written(text: str) -> str:
    return text


def plant_pages(
    site: Site, space: Space, *, apart: int = 0, rewrite: Callable[[str], str] = _as_written
) -> None:
    """`apart` is added to every id, and every text goes through `rewrite`."""
    for page in PAGES:
        stored = _stored(page, space, site, apart, rewrite)
        site.pages.add(stored)
        for label in page.labels:
            site.pages.add_label(stored, label)
        for user in page.readers:
            site.pages.restrict(stored, user, may_edit=user in page.editors)


def _stored(
    page: SeedPage, space: Space, site: Site, apart: int, rewrite: Callable[[str], str]
) -> Page:
    edited = page.edited or max(page.written, site.now() - LIVE)
    return Page(
        id=page.id + apart,
        space=space,
        title=page.title,
        status="current",
        parent_id=page.parent + apart if page.parent else None,
        author=page.author.account_id,
        created=page.written,
        version=Version(1, page.author.account_id, edited, "", minor=False),
        body=addressed(rewrite(page.text), site.jira_base),
    )


def addressed(text: str, base: str) -> str:
    """The texts name people and the site by placeholders; a page holds their real ids."""
    for name, user in PEOPLE.items():
        text = text.replace(f"{{{{{name}}}}}", user.account_id)
    return text.replace("{{jira}}", base)
