"""link: the address under which a page's OKRs can be read in a browser."""

import click

from connector.cli.shared import settings_here
from connector.cli.site import page_id
from connector.config import DEFAULT_PORT
from connector.web.signatures import macro_link


@click.command()
@click.argument("page", metavar="PAGE")
@click.option("--objective", metavar="KEY", help="Only this objective, such as 65601-O1.")
def link(page: str, objective: str | None) -> None:
    """Print the address of a PAGE's macro, to be opened in a browser.

    With OKR_API_TOKEN the address is signed: whoever has it may read the OKRs of this one page,
    until the token changes. Without, only this machine may open it.
    """
    settings = settings_here().require_site()
    click.echo(
        macro_link(
            settings.base_url or f"http://127.0.0.1:{DEFAULT_PORT}",
            site=settings.site,
            page=page_id(page),
            macro="objective",
            api_token=settings.api_token or None,
            **({"objective": objective} if objective else {}),
        )
    )
