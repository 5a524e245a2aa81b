"""sync, export and explain: the site's OKRs from the command line."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from connector.catalogue import words
from connector.cli.files import print_document, told
from connector.cli.preview import look_at, show_preview
from connector.cli.shared import Terminal, chosen_locale, format_option, lang_option, settings_here
from connector.cli.tables import page_line, tell_why
from connector.core.errors import NotFound
from connector.core.findings import Severity, is_about_reading
from connector.core.okr import KrKey, PageId, StoredPage
from connector.core.page_address import NoPageMeant, PageByTitle, page_meant
from connector.core.words import Words
from connector.usecases.export_okrs import export_site, find_key_result
from connector.usecases.handle import sweep_site, sync_and_measure
from connector.usecases.sweep import Swept
from connector.wiring import Services, connect


def page_id(text: str) -> PageId:
    """The page meant by an id or by an address that holds one; no site is asked."""
    try:
        meant = page_meant(text)
    except NoPageMeant as error:
        said = words(chosen_locale(None))
        raise click.BadParameter(said.say(f"preview.address.{error.reason}")) from error
    if isinstance(meant, PageByTitle):
        raise click.BadParameter(
            f"{text!r} holds the page's title and not its id; "
            "in Confluence ⋯ → Page Information has an address with pageId="
        )
    return meant.page


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGE]…")
@click.option("--full", is_flag=True, help="Read every page and epic again, changed or not.")
@click.option("--dry-run", is_flag=True, help="Show what is understood; keep nothing.")
@lang_option
@format_option
def sync(
    pages: Sequence[str], full: bool, dry_run: bool, lang: str | None, output_format: str
) -> int:
    """Read OKR pages from Confluence and count their work in Jira.

    Without PAGE: every page labelled okr, okrs or 目标 that changed since the last time. With PAGE
    (an id or an address): these pages, which then take part whatever their labels. Nothing is
    written to the site. May run beside `serve`.
    """
    ids = [page_id(page) for page in pages]
    if dry_run and not ids:
        raise click.UsageError("--dry-run needs a PAGE: the id or the address of a page")
    said = words(chosen_locale(lang))
    services = connect(settings_here().require_site())
    as_json = output_format == "json"
    if dry_run:
        return max(show_preview(look_at(services, one), services, said, as_json) for one in ids)
    with Terminal(stderr=True).status(said.say("cli.sync.working")):
        done = (
            _sync_named(services, ids)
            if ids
            else sweep_site(services.site, services.ports, full=full)
        )
    return _report(done, said, as_json)


def _sync_named(services: Services, pages: Sequence[PageId]) -> Swept:
    done = sync_and_measure(services.site, pages, services.ports, link=True)
    store = services.ports.store
    if missing := [page for page in pages if store.page(services.site, page) is None]:
        raise NotFound(f"page {', '.join(missing)}")
    return done


def _report(done: Swept, said: Words, as_json: bool) -> int:
    if as_json:
        print_document(
            {
                "pages": [
                    {"id": one.page, "title": one.title, "state": one.state.value}
                    for one in done.pages
                ],
                "measured": done.measured,
            }
        )
        return _unread(done.pages)
    console = Terminal()
    for page in done.pages:
        console.print(page_line(page, said))
        for finding in filter(is_about_reading, page.findings):
            console.print(told(finding, said))
    console.print(
        said.say("cli.sync.done", pages=str(len(done.pages)), measured=str(done.measured))
    )
    if any(not is_about_reading(one) for page in done.pages for one in page.findings):
        console.print(said.say("cli.sync.coached"))
    return _unread(done.pages)


def _unread(pages: Sequence[StoredPage]) -> int:
    """The exit code: advice on wording is no failure of a sync, a page not understood is."""
    grave = (Severity.E, Severity.W)
    found = (one for page in pages for one in page.findings if is_about_reading(one))
    return int(any(one.severity in grave for one in found))


@click.command()
@click.option(
    "--format", "output_format", type=click.Choice(["json"]), default="json", show_default=True
)
@click.option("--output", type=click.Path(dir_okay=False, writable=True), help="File to write.")
@lang_option
def export(output_format: str, output: str | None, lang: str | None) -> None:
    """Write every objective, key result, number and finding that is kept, as one document.

    It depends on the wiki and on Jira alone: an export made before the database was dropped
    equals one made after `sync --full`, unless rows were moved or removed meanwhile (keys are
    given in the order in which key results are first seen), pages have errors, or pages without
    a label take part.
    """
    del output_format  # one format so far; the option keeps scripts working when more come
    if output and not Path(output).absolute().parent.is_dir():
        raise click.BadParameter(f"there is no folder for {output}", param_hint="--output")
    services = connect(settings_here().require_site())
    ports = services.ports
    document = export_site(
        site=services.site,
        store=ports.store,
        clock=ports.clock,
        policy=ports.policy,
        words=words(chosen_locale(lang)),
        with_times=False,
    )
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if output:
        try:
            Path(output).write_text(text, encoding="utf-8")
        except OSError as error:
            raise click.FileError(output, error.strerror) from error
    else:
        click.echo(text, nl=False)


@click.command()
@click.argument("key", metavar="KEY")
@lang_option
@format_option
def explain(key: str, lang: str | None, output_format: str) -> None:
    """Say why a key result has the number it has: source, rule, weight, every issue counted.

    KEY is the key result's own, such as 65601-1; `export` lists them.
    """
    said = words(chosen_locale(lang))
    services = connect(settings_here().require_site())
    ports = services.ports
    found = find_key_result(
        KrKey(key),
        site=services.site,
        store=ports.store,
        clock=ports.clock,
        policy=ports.policy,
        words=said,
    )
    if output_format == "json":
        print_document(found)
    else:
        tell_why(found, said)
