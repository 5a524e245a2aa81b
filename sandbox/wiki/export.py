"""
A page as exports, e-mails and other programs show it: no scripts, no frames, absolute links.

What runs in a frame has nothing to show there, as on a Cloud site for an app's macro that declares
no `renderModes`; those that do are in the view as storage format already.
"""

from urllib.parse import urljoin

from lxml import etree, html
from markupsafe import Markup

_STYLE = "body{font:14px/1.43 sans-serif}table{border-collapse:collapse}td,th{border:1px solid}"


def exported(view: Markup, base: str) -> str:
    """The view of a page for export. `base` is the site's address."""
    root = html.fragment_fromstring(str(view), create_parent="div")
    for frame in list(root.iter("iframe")):
        frame.drop_tree()
    for link in root.iter("a"):
        address = link.get("href", "")
        if not address.startswith("#"):
            link.set("href", urljoin(f"{base}/", address))
    for box in list(root.iter("input")):
        _as_character(box)
    for folded in root.iter("details"):
        folded.tag = "div"
        folded.set("class", "expand-container")
    for title in root.iter("summary"):
        title.tag = "strong"
    for node in root.iter():
        node.attrib.pop("data-origin", "")
    inner = "".join(html.tostring(child, encoding="unicode") for child in root)
    return str(Markup.escape(root.text or "")) + inner


def _as_character(box: etree._Element) -> None:
    """A task's box as a sign that can be printed."""
    box.tag = "span"
    sign = "☑" if "checked" in box.attrib else "☐"
    box.attrib.clear()
    box.text = sign


def styled(export: str, title: str) -> str:
    """A whole HTML document with its style sheet."""
    return str(
        Markup(
            "<!DOCTYPE html>\n<html><head><title>{}</title><style>{}</style></head>"
            "<body>{}</body></html>"
        ).format(title, Markup(_STYLE), Markup(export))  # noqa: S704 - the sheet is ours, the rest escaped
    )
