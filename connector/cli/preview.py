"""preview: what a page says to us, before anything is kept; and whether it takes part."""

from collections.abc import Sequence

import click

from connector.catalogue import words
from connector.cli.files import print_document, told
from connector.cli.shared import Terminal, chosen_locale, format_option, lang_option, settings_here
from connector.cli.tables import objectives_table
from connector.core.findings import Severity
from connector.core.okr import PageId, StoredPage
from connector.core.page_address import NoPageMeant
from connector.core.words import Words
from connector.usecases.export_okrs import describe_page
from connector.usecases.link_page import link_page, unlink_page
from connector.usecases.preview_page import Preview, find_page, preview_page
from connector.wiring import Services, connect


@click.command()
@click.argument("page", metavar="PAGE")
@click.option("--link", is_flag=True, help="Let the page take part, whatever its labels.")
@click.option("--unlink", is_flag=True, help="Take that back.")
@lang_option
@format_option
def preview(page: str, link: bool, unlink: bool, lang: str | None, output_format: str) -> int:
    """Show what is understood of a PAGE: an id, or an address copied from the browser.

    Nothing is kept, and nothing is written to the page. With --link the page takes part from
    now on; only our own database notes it, so a label on the page is what survives its loss.
    """
    if link and unlink:
        raise click.UsageError("--link and --unlink exclude each other")
    said = words(chosen_locale(lang))
    services = connect(settings_here().require_site())
    wanted = page_named(page, services, said)
    if unlink:
        kept = unlink_page(services.site, wanted, services.ports)
        Terminal().print(said.say("cli.preview.unlinked", title=kept.title))
        return 0
    shown = show_preview(look_at(services, wanted), services, said, output_format == "json")
    if link:
        done = link_page(services.site, wanted, services.ports)
        Terminal(stderr=True).print(said.say("cli.preview.linked", title=done.page.title))
    return shown


def look_at(services: Services, page: PageId) -> Preview:
    ports = services.ports
    return preview_page(
        services.site,
        page,
        wiki=ports.wiki,
        tracker=ports.tracker,
        store=ports.store,
        clock=ports.clock,
        policy=ports.policy,
        publishing=ports.publishing,
        network=ports.network,
    )


def show_preview(shown: Preview, services: Services, said: Words, as_json: bool) -> int:
    """The page as it would be kept; 1 where something is to be mended."""
    page, ports = shown.page, services.ports
    if as_json:
        print_document(
            describe_page(
                page, shown.deliveries, clock=ports.clock, policy=ports.policy, words=said
            )
        )
        return graveness([page])
    console = Terminal()
    console.print(
        objectives_table(
            page, shown.deliveries, now=ports.clock.now(), policy=ports.policy, said=said
        )
    )
    for finding in page.findings:
        console.print(told(finding, said))
    if not shown.counted:
        console.print(said.say("cli.preview.not_counted"))
    taking_part = "labelled" if shown.labelled else "is_linked" if shown.linked else "not_labelled"
    told_how = said.say(f"cli.preview.{taking_part}", label=ports.policy.labels[0], page=page.page)
    console.print(told_how)
    return graveness([page])


def graveness(pages: Sequence[StoredPage]) -> int:
    """The exit code: 1 for a finding that must or should be mended."""
    grave = (Severity.E, Severity.W)
    return int(any(one.severity in grave for page in pages for one in page.findings))


def page_named(text: str, services: Services, said: Words) -> PageId:
    """The page that is meant; what names none is wrong usage."""
    url = services.settings.confluence_url
    try:
        return find_page(text, wiki=services.ports.wiki, wiki_url=url)
    except NoPageMeant as error:
        raise click.BadParameter(said.say(f"preview.address.{error.reason}")) from error
