"""The badge under a page's title: how far, and whether there is something to fix.

It says nothing that changes with the clock alone, or it would have to be written each day anew.
"""

from dataclasses import dataclass

from connector.core.json import JsonObject
from connector.core.okr import PageState, StoredPage
from connector.core.summary import PageSummary
from connector.core.words import Words

_SIZE = 16


@dataclass(frozen=True, slots=True)
class Byline:
    """`icon` is one of `macros.icons.NAMES`."""

    label: str
    tooltip: str
    icon: str


def byline(page: StoredPage, summary: PageSummary, words: Words) -> Byline:
    """In the language of the site: the badge is one and the same for all who see the page."""
    return Byline(_label(page, summary, words), _tooltip(page, summary, words), _icon(summary))


def byline_property(found: Byline) -> JsonObject:
    """What Confluence reads from the content property that a byline item names.

    https://developer.atlassian.com/cloud/confluence/modules/content-byline-item/
    """
    icon = {"url": f"/assets/icon/{found.icon}.svg", "width": _SIZE, "height": _SIZE}
    return {"name": {"value": found.label}, "tooltip": {"value": found.tooltip}, "icon": icon}


def _label(page: StoredPage, summary: PageSummary, words: Words) -> str:
    if not summary.objectives and page.state is not PageState.ERRORS:
        return words.say("macro.byline.empty")
    if not summary.objectives:
        said = words.say("macro.byline.unreadable")
    elif summary.progress is None:
        said = words.say("macro.byline.no_data")
    else:
        said = words.say("macro.byline.progress", percent=words.percent(summary.progress.ratio))
    return _joined(said, _to_fix(summary, words))


def _to_fix(summary: PageSummary, words: Words) -> str:
    return words.say("macro.byline.to_fix", count=str(summary.to_fix)) if summary.to_fix else ""


def _tooltip(page: StoredPage, summary: PageSummary, words: Words) -> str:
    if not summary.objectives:
        return page.title
    tone = summary.health.value if summary.health else "too_early"
    quality = "" if summary.quality is None else str(summary.quality)
    return _joined(
        words.say(f"health.{tone}"),
        words.say(
            "macro.byline.counts",
            objectives=str(summary.objectives),
            key_results=str(summary.key_results),
        ),
        words.say("macro.byline.quality", score=quality) if quality else "",
    )


def _icon(summary: PageSummary) -> str:
    return summary.health.value if summary.objectives and summary.health else "okr"


def _joined(*parts: str) -> str:
    return " · ".join(one for one in parts if one)
