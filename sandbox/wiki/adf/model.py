"""
What may stand where in an Atlassian document, and the nodes both directions know.

The content model is that of the published schema of `@atlaskit/adf-schema`.
"""

from sandbox.wire import JsonObject

CORE = "com.atlassian.confluence.macro.core"
LEGACY = "com.atlassian.confluence.migration"
LEGACY_KEY = "legacy-content"

_TEXT_BLOCKS = {"paragraph", "orderedList", "bulletList", "codeBlock", "mediaSingle", "extension"}
_COMMON = _TEXT_BLOCKS | {
    "heading",
    "taskList",
    "decisionList",
    "rule",
    "blockCard",
}
_UNNESTABLE = _COMMON | {"panel", "blockquote", "table", "embedCard"}
ALLOWED: dict[str, frozenset[str]] = {
    "doc": frozenset(_UNNESTABLE | {"expand", "bodiedExtension", "layoutSection"}),
    "layoutColumn": frozenset(_UNNESTABLE | {"expand", "bodiedExtension"}),
    "tableCell": frozenset(
        _COMMON | {"panel", "blockquote", "embedCard", "nestedExpand"},
    ),
    "listItem": frozenset(_TEXT_BLOCKS | {"taskList"}),
    "panel": frozenset(_COMMON),
    "blockquote": frozenset(_TEXT_BLOCKS),
    "expand": frozenset(_UNNESTABLE | {"nestedExpand"}),
    "nestedExpand": frozenset(_COMMON - {"blockCard"} | {"panel", "blockquote"}),
    "bodiedExtension": frozenset(_UNNESTABLE),
}
# Where the schema lets paragraphs and headings be aligned, and where also indented.
ALIGNED = {
    "doc": {"paragraph", "heading"},
    "layoutColumn": {"paragraph", "heading"},
    "tableCell": {"paragraph", "heading"},
}
INDENTED = {
    "doc": {"paragraph", "heading"},
    "layoutColumn": {"paragraph", "heading"},
    "tableCell": {"heading"},
}

MARKS = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "u": "underline",
    "ins": "underline",
    "s": "strike",
    "del": "strike",
    "code": "code",
}
STATUS_COLOURS = {
    "grey": "neutral",
    "blue": "blue",
    "red": "red",
    "yellow": "yellow",
    "green": "green",
    "purple": "purple",
}
# The macros keep the names of the old editor; the new one shows `note` as its warning and so on.
PANELS = {"info": "info", "tip": "success", "note": "warning", "warning": "error"}
LAYOUTS = {
    "two_equal": (50.0, 50.0),
    "two_left_sidebar": (33.33, 66.66),
    "two_right_sidebar": (66.66, 33.33),
    "three_equal": (33.33, 33.33, 33.33),
    "three_with_sidebars": (25.0, 50.0, 25.0),
}
SINGLE = ("single", "fixed-width")


def node(
    kind: str,
    content: list[JsonObject] | None = None,
    attrs: JsonObject | None = None,
    marks: list[JsonObject] | None = None,
) -> JsonObject:
    """A node without the members it does not need."""
    made: JsonObject = {"type": kind}
    if attrs:
        made["attrs"] = attrs
    if content is not None:
        made["content"] = content
    if marks:
        made["marks"] = marks
    return made


def mark(kind: str, **attrs: object) -> JsonObject:
    return {"type": kind, "attrs": attrs} if attrs else {"type": kind}


def legacy(kind: str, storage: str) -> JsonObject:
    """What the document format has no place for, carried as it is."""
    attrs = {
        "extensionType": LEGACY,
        "extensionKey": LEGACY_KEY,
        "parameters": {"cxhtml": storage},
    }
    return node(kind, attrs=attrs)
