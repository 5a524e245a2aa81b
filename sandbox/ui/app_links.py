"""Pages of apps' own, as the head of every page leads to them."""

from dataclasses import dataclass

from sandbox.connect.frames import name_of
from sandbox.jira.groups import ADMINISTRATORS, GROUPS
from sandbox.site import current_site
from sandbox.ui.identity import acting
from sandbox.wire import as_text

GENERAL, ADMINISTRATIVE = ("generalPages",), ("configurePage", "adminPages")
ROOTS = {"confluence": "/wiki", "jira": ""}


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    address: str


def app_links() -> list[Link]:
    """Those for administrators lead only administrators."""
    kinds = GENERAL + (ADMINISTRATIVE if acting() in GROUPS[ADMINISTRATORS] else ())
    return [
        Link(
            name_of(module),
            f"{root}/plugins/servlet/ac/{tenancy.descriptor.key}/{as_text(module.get('key'))}",
        )
        for product, root in ROOTS.items()
        for kind in kinds
        for tenancy, module in current_site().connect.modules(product, kind)
    ]


def blueprints() -> list[Link]:
    """Each with `app/key`, by which the form names it."""
    return [
        Link(name_of(module), f"{tenancy.descriptor.key}/{as_text(module.get('key'))}")
        for tenancy, module in current_site().connect.modules("confluence", "blueprints")
    ]
