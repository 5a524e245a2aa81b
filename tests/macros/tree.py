"""A page as a tree, with typed answers to what the tests ask of it."""

from lxml import html


def tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def attributes(root: html.HtmlElement) -> list[tuple[str, str]]:
    """Every attribute of every element: name and value."""
    return [(str(name), str(value)) for one in root.iter() for name, value in one.attrib.items()]


def values(root: html.HtmlElement, *names: str) -> list[str]:
    return [value for name, value in attributes(root) if name in names]


def texts(root: html.HtmlElement, tag: str) -> list[str]:
    """The text within each element of that name, white space joined."""
    return [" ".join(one.text_content().split()) for one in root.iter(tag)]
