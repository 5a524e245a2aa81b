"""A page's storage format as an Atlassian document."""

import json
from functools import cache
from typing import TYPE_CHECKING

from sandbox.wiki.adf.blocks import BlockReader
from sandbox.wiki.adf.inline import Inline, Links
from sandbox.wiki.model import Page
from sandbox.wiki.storage_format import parse
from sandbox.wire import JsonObject

if TYPE_CHECKING:
    from sandbox.site import Site


def document(storage: str, links: Links) -> JsonObject:
    """Raises `NotStorageFormat`."""
    reader = BlockReader(Inline(links))
    return {"type": "doc", "content": reader.content(parse(storage), "doc", least=0), "version": 1}


def links_of(site: "Site", page: Page) -> Links:
    @cache
    def addresses() -> dict[tuple[str, str], str]:
        return {
            (found.title, found.space.key): (
                f"{site.base}/wiki/spaces/{found.space.key}/pages/{found.id}"
            )
            for found in site.pages.all()
            if found.status == "current"
        }

    def titled(title: str, space: str) -> str | None:
        return addresses().get((title, space))

    return Links(site.base, page.space.key, page.id, titled)


def document_text(site: "Site", page: Page, storage: str) -> str:
    """As the API writes it: JSON within a string."""
    return json.dumps(document(storage, links_of(site, page)), ensure_ascii=False)
