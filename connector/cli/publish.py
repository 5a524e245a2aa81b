"""publish and unpublish: what is left at pages, shown before, written, and taken away again."""

import json
from collections.abc import Iterator, Sequence
from difflib import unified_diff

import click

from connector.catalogue import words
from connector.cli.files import print_document
from connector.cli.shared import Terminal, chosen_locale, format_option, lang_option, settings_here
from connector.cli.site import page_id
from connector.core.errors import ConfigError, Forbidden, NotFound, Refused, Unauthorized
from connector.core.okr import PageId, PageState, SiteId
from connector.core.words import Words
from connector.usecases.handle import Ports
from connector.usecases.publish_page import (
    Change,
    Publishing,
    planned_changes,
    publish_now,
    unpublish_page,
)
from connector.usecases.sites import NotConnected
from connector.wiring import Services, connect, open_service

Place = tuple[SiteId, Ports, Sequence[PageId]]

_DENIED = (Forbidden, Refused, Unauthorized)


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGE]…")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@lang_option
@format_option
def publish(pages: Sequence[str], dry_run: bool, lang: str | None, output_format: str) -> None:
    """Write what is known of OKR pages beside them, as content properties.

    A property is a small JSON document that belongs to a page and is no part of its text: the
    page keeps its version, and nobody gets a mail. `okrconnector` has numbers for search, and
    which key is whose. With PAGE (an id or an address): these pages; without: all that are kept.

    Writes only where the policy says `publish = "properties"`; --dry-run shows it before that.
    """
    said = words(chosen_locale(lang))
    services = connect(settings_here().require_site())
    publishing = _publishing(services.ports)
    if not (dry_run or publishing.writes):
        raise ConfigError(
            'nothing is written to pages until you agree: set publish = "properties" under '
            "[policy] in okr-connector.toml; `okr-connector publish --dry-run` shows what would be"
        )
    wanted = [page_id(one) for one in pages] or _all_kept(services)
    done = [(page, list(_changes(page, services, publishing, dry_run))) for page in wanted]
    if output_format == "json":
        print_document({"dry_run": dry_run, "changes": _documents(done)})
    else:
        _tell(done, services, dry_run, said)


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGE]…")
@click.option("--all", "everything", is_flag=True, help="Of all pages of all connected sites.")
@lang_option
def unpublish(pages: Sequence[str], everything: bool, lang: str | None) -> int:
    """Delete what `publish` and the service wrote beside pages.

    With PAGE (an id or an address): of these pages of your site. With --all: of every page that
    is kept, of the sites that installed the Connect app too.
    """
    if bool(pages) == everything:
        raise click.UsageError("name a PAGE, or say --all")
    said = words(chosen_locale(lang))
    found = list(_everywhere()) if everything else [_here(pages)]
    denied = [one for site, ports, named in found for one in _taken_away(site, ports, named, said)]
    if any(ports.publishing and ports.publishing.writes for _, ports, _ in found):
        Terminal(stderr=True).print(said.say("cli.unpublish.still_on"))
    return int(bool(denied))


def _here(pages: Sequence[str]) -> Place:
    services = connect(settings_here().require_site())
    return services.site, services.ports, [page_id(one) for one in pages]


def _everywhere() -> Iterator[Place]:
    sites = open_service(settings_here().require_door()).sites
    for site in sites.names():
        try:
            ports = sites.of(site).ports
        except NotConnected:  # its Jira alone is
            continue
        yield site, ports, [one.page for one in ports.store.pages(site)]


def _taken_away(
    site: SiteId, ports: Ports, pages: Sequence[PageId], said: Words
) -> Iterator[PageId]:
    """The pages at which the site does not let us."""
    console, count = Terminal(), 0
    for page in pages:
        try:
            gone = unpublish_page(
                site,
                page,
                properties=_publishing(ports).properties,
                store=ports.store,
                clock=ports.clock,
            )
        except _DENIED as error:
            console.print(said.say("cli.unpublish.denied", page=page, detail=str(error)))
            yield page
        else:
            count += bool(gone)
    console.print(said.say("cli.unpublish.done", site=site, pages=str(count)))


def _publishing(ports: Ports) -> Publishing:
    assert ports.publishing is not None, "the wiring gives one to every site"
    return ports.publishing


def _all_kept(services: Services) -> list[PageId]:
    """Pages that take part; what of ours a page has that does not any more, the service deletes."""
    kept = services.ports.store.pages(services.site)
    return [one.page for one in kept if one.state is not PageState.GONE]


def _changes(
    page: PageId, services: Services, publishing: Publishing, dry_run: bool
) -> Iterator[Change]:
    ports = services.ports
    if ports.store.page(services.site, page) is None:
        raise NotFound(f"page {page} is not kept; `okr-connector sync {page}` reads it")
    planned = planned_changes(
        services.site,
        page,
        publishing=publishing,
        store=ports.store,
        clock=ports.clock,
        policy=ports.policy,
    )
    if dry_run:
        yield from planned
        return
    written = publish_now(
        services.site,
        page,
        publishing=publishing,
        store=ports.store,
        clock=ports.clock,
        policy=ports.policy,
    )
    yield from (one for one in planned if one.key in written)


def _documents(done: Sequence[tuple[PageId, list[Change]]]) -> list[dict[str, object]]:
    return [
        {"page": page, "property": one.key.value, "before": one.before, "after": one.after}
        for page, changes in done
        for one in changes
    ]


def _tell(
    done: Sequence[tuple[PageId, list[Change]]], services: Services, dry_run: bool, said: Words
) -> None:
    console = Terminal()
    for page, changes in done:
        kept = services.ports.store.page(services.site, page)
        console.print(f"{kept.title if kept else ''} ({page})".strip(), style="bold")
        if not changes:
            console.print(said.say("cli.publish.same"))
        for one in changes:
            console.print("\n".join(_diff(one)) if dry_run else _line(one, said))
    if dry_run:
        console.print(said.say("cli.publish.dry_run"))


def _line(one: Change, said: Words) -> str:
    what = "cli.publish.deleted" if one.after is None else "cli.publish.written"
    return said.say(what, key=one.key)


def _diff(one: Change) -> Iterator[str]:
    """As programs write it: what goes after a minus, what comes after a plus."""
    before, after = (
        [] if value is None else json.dumps(value, ensure_ascii=False, indent=2).splitlines()
        for value in (one.before, one.after)
    )
    yield from unified_diff(before, after, f"{one.key} (now)", f"{one.key} (then)", lineterm="")
