"""
A page's storage format as HTML for reading.

Only known elements and attributes pass; author text is escaped by `Markup.format`. What is not
known is shown as a labelled box, never dropped.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree
from markupsafe import Markup

from sandbox import links
from sandbox.datacenter.people import by_key
from sandbox.directory import User, user_by_id
from sandbox.forge import macros as forge_macros
from sandbox.wiki.macros import rendered_macro
from sandbox.wiki.model import Page
from sandbox.wiki.storage_format import AC, RI, parse

if TYPE_CHECKING:
    from sandbox.jira.model import Issue
    from sandbox.site import Site

_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "li", "div"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td", "colgroup", "col", "br", "hr"}
_WORDS = {"strong", "b", "em", "i", "u", "s", "del", "ins", "sub", "sup", "code", "span", "small"}
_PLAIN = _BLOCKS | _TABLES | _WORDS
_VOID = {"br", "hr", "col"}
_ATTRIBUTES = {"colspan", "rowspan", "start"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")
_WIDTH = re.compile(r"width:\s*([\d.]+(?:px|%));?")
_BROWSE = re.compile(r"/browse/([A-Z][A-Z0-9_]+-\d+)/?$")
_LAYOUTS = {
    "two_equal": "1fr 1fr",
    "two_left_sidebar": "1fr 2fr",
    "two_right_sidebar": "2fr 1fr",
    "three_equal": "1fr 1fr 1fr",
    "three_with_sidebars": "1fr 2fr 1fr",
    "four_equal": "1fr 1fr 1fr 1fr",
}


@dataclass(frozen=True, slots=True)
class CellLook:
    """What a cell of a table gets beside what it holds, or instead of that."""

    attributes: Markup
    inside: Markup | None = None


@dataclass(frozen=True, slots=True)
class Renderer:
    page: Page
    site: "Site"
    reader: User | None
    locale: str = "en"
    theme: str = "light"
    cells: Mapping[etree._Element, CellLook] = field(default_factory=dict)
    output: str = "display"
    inside_app: bool = False

    @property
    def account(self) -> str | None:
        return self.reader.account_id if self.reader else None

    def of_an_app(self) -> "Renderer":
        """For what an app wrote, in which apps' macros are not drawn again."""
        return replace(self, inside_app=True, cells={})

    def children(self, parent: etree._Element) -> Markup:
        parts = [Markup.escape(parent.text or "")]
        for child in parent:
            parts += [self.element(child), Markup.escape(child.tail or "")]
        return Markup("").join(parts)

    def element(self, node: etree._Element) -> Markup:
        if isinstance(node, etree._Comment | etree._ProcessingInstruction):
            return Markup("")
        name = etree.QName(node)
        if name.namespace == AC:
            return self._atlassian(node, name.localname)
        tag = name.localname
        if tag == "a":
            return self._anchor(node)
        if tag == "time":
            return Markup('<time class="date">{}</time>').format(node.get("datetime", ""))
        if tag in _PLAIN:
            end = Markup("") if tag in _VOID else Markup("</{}>").format(tag)
            inside = Markup("") if tag in _VOID else self.children(node)
            start, look = self._attributes(node), self.cells.get(node)
            if look is not None:
                start += look.attributes
                inside = inside if look.inside is None else look.inside
            return Markup("<{}{}>{}{}").format(tag, start, inside, end)
        return box(tag, self.children(node))

    def chip(self, key: str) -> Markup:
        """An issue as a smart link shows it to those who may read it: key, summary, status."""
        store = self.site.issues
        issue: Issue | None = store.find(key)
        if issue is None or not store.may_read(issue, self.reader):
            return Markup('<span class="chip missing">{}</span>').format(key)
        return Markup(
            '<a class="chip" href="{address}"><b>{key}</b> {summary} '
            '<span class="lozenge {category}">{status}</span></a>'
        ).format(
            address=links.issue(issue.key),
            key=issue.key,
            summary=issue.summary,
            category=issue.status.category.key,
            status=issue.status.name,
        )

    def _attributes(self, node: etree._Element) -> Markup:
        kept = {name: node.get(name, "") for name in _ATTRIBUTES & set(node.attrib)}
        colour = node.get("data-highlight-colour", "")
        if _COLOUR.fullmatch(colour):
            kept["style"] = f"--cell:{colour}"
            kept["class"] = "coloured"
        elif width := _WIDTH.search(node.get("style", "")):
            kept["style"] = f"width:{width[1]}"
        parts = [Markup(' {}="{}"').format(name, value) for name, value in sorted(kept.items())]
        return Markup("").join(parts)

    def _anchor(self, node: etree._Element) -> Markup:
        href = node.get("href", "")
        found = _BROWSE.search(href)
        if found and node.get("data-card-appearance"):
            return self.chip(found[1])
        if not _only_leads(href):
            return self.children(node)
        return Markup('<a href="{}" rel="noopener">{}</a>').format(href, self.children(node))

    def _atlassian(self, node: etree._Element, name: str) -> Markup:
        draw = _ELEMENTS.get(name)
        return draw(self, node) if draw else box(f"ac:{name}", self.children(node))

    def _layout(self, node: etree._Element) -> Markup:
        return Markup('<div class="layout">{}</div>').format(self.children(node))

    def _section(self, node: etree._Element) -> Markup:
        columns = _LAYOUTS.get(node.get(f"{{{AC}}}type", ""), "1fr")
        return Markup('<div class="section" style="grid-template-columns:{}">{}</div>').format(
            columns, self.children(node)
        )

    def _cell(self, node: etree._Element) -> Markup:
        return Markup('<div class="cell">{}</div>').format(self.children(node))

    def _task_list(self, node: etree._Element) -> Markup:
        return Markup('<ul class="tasks">{}</ul>').format(self._tasks(node))

    def _emoticon(self, node: etree._Element) -> Markup:
        fallback = node.get(f"{{{AC}}}emoji-fallback") or node.get(f"{{{AC}}}name", "")
        return Markup.escape(fallback)

    def _placeholder(self, node: etree._Element) -> Markup:
        return Markup('<span class="placeholder">{}</span>').format(self.children(node))

    def _tasks(self, node: etree._Element) -> Markup:
        tasks = Markup("")
        for task in node:
            if etree.QName(task).localname == "task-list":
                tasks += Markup("<li><ul>{}</ul></li>").format(self._tasks(task))
                continue
            done = task.findtext(f"{{{AC}}}task-status") == "complete"
            body = task.find(f"{{{AC}}}task-body")
            nested = task.find(f"{{{AC}}}task-list")
            tasks += Markup('<li><input type="checkbox" disabled{}> {}{}</li>').format(
                Markup(" checked") if done else "",
                self.children(body) if body is not None else "",
                Markup("<ul>{}</ul>").format(self._tasks(nested)) if nested is not None else "",
            )
        return tasks

    def _link(self, node: etree._Element) -> Markup:
        user = node.find(f"{{{RI}}}user")
        if user is not None:
            known = user_by_id(user.get(f"{{{RI}}}account-id")) or _by_key(
                user.get(f"{{{RI}}}userkey", "")
            )
            return Markup('<span class="mention">@{}</span>').format(
                known.name if known else "unknown user"
            )
        page = node.find(f"{{{RI}}}page")
        title = page.get(f"{{{RI}}}content-title", "") if page is not None else ""
        body = "".join(
            "".join(map(str, part.itertext()))
            for part in node
            if isinstance(part.tag, str) and etree.QName(part).namespace == AC
        )
        target = self._titled(title) if title else None
        if target is not None:
            return Markup('<a href="{}">{}</a>').format(links.page(target), body or title)
        anchor = node.get(f"{{{AC}}}anchor")
        if anchor:
            return Markup('<a href="#{}">{}</a>').format(anchor, body or anchor)
        return Markup('<span class="placeholder">{}</span>').format(body or title)

    def _titled(self, title: str) -> Page | None:
        """The page of that name in this space, else anywhere, if the reader may see it."""
        pages = self.site.pages
        found = [p for p in pages.all() if p.title == title and p.status == "current"]
        found.sort(key=lambda page: page.space.id != self.page.space.id)
        return next((page for page in found if pages.may_read(page, self.reader)), None)

    def _document_node(self, node: etree._Element) -> Markup:
        """Blocks that storage format has no element for: panels, decisions, app extensions."""
        inner = node.find(f"{{{AC}}}adf-node")
        app = forge_macros.drawn(self, inner) if inner is not None else None
        if app is not None:
            return app
        kind = inner.get("type", "") if inner is not None else ""
        content = node.findall(f".//{{{AC}}}adf-content")
        body = Markup("").join(self.children(part) for part in content)
        if kind == "panel":
            return Markup('<div class="panel note">{}</div>').format(body)
        return box(kind or "adf-extension", body)


_ELEMENTS: dict[str, Callable[[Renderer, etree._Element], Markup]] = {
    "structured-macro": rendered_macro,
    "macro": rendered_macro,
    "link": Renderer._link,
    "layout": Renderer._layout,
    "layout-section": Renderer._section,
    "layout-cell": Renderer._cell,
    "task-list": Renderer._task_list,
    "emoticon": Renderer._emoticon,
    "placeholder": Renderer._placeholder,
    "adf-extension": Renderer._document_node,
    "rich-text-body": Renderer.children,
    "inline-comment-marker": Renderer.children,
}


def _by_key(key: str) -> User | None:
    """As Data Center names people."""
    account = by_key(key)
    return account.user if account else None


def _only_leads(href: str) -> bool:
    """An address that a browser opens and never runs."""
    try:
        return urlsplit(href.strip()).scheme in {"http", "https", "mailto", ""}
    except ValueError:
        return False


def box(label: str, body: Markup) -> Markup:
    return Markup('<div class="unknown"><span class="tag">{}</span>{}</div>').format(label, body)


def rendered(
    page: Page,
    site: "Site",
    reader: User | None,
    *,
    locale: str = "en",
    theme: str = "light",
    cells: Mapping[int, CellLook] | None = None,
    output: str = "display",
) -> Markup:
    """
    `cells` of tables are named by number, as `sandbox.wiki.cells` counts them; `output` is
    display, or the kind of export: pdf, word or email.
    """
    root, marked = parse(page.body), cells or {}
    numbered = enumerate(root.iter("td", "th") if marked else ())
    marks = {cell: marked[number] for number, cell in numbered if number in marked}
    return Renderer(page, site, reader, locale, theme, marks, output).children(root)
