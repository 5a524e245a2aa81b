"""The panel of an issue as a whole HTML document."""

import json
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from connector.core.words import Words
from macros.moment import age_patterns
from macros.objective.page import THEMES
from macros.objective.view import Bar
from macros.panel.view import PanelView
from macros.svg import icon, progress_bar

_HERE = Path(__file__).parent


def render_panel(
    view: PanelView,
    *,
    words: Words,
    theme: str,
    assets: str,
    resize_origin: str,
    tag: str = "",
    frame: str = "",
    host_script: str = "",
) -> str:
    """The document of the panel's frame; what its parameters mean is said of `RenderPage`."""

    def say(key: str, **facts: str) -> str:
        return words.say(f"macro.panel.{key}", **facts)

    return (
        _environment()
        .get_template("panel.html")
        .render(
            view=view,
            say=say,
            shared=lambda key, **facts: words.say(f"macro.objective.{key}", **facts),
            lang=words.locale,
            theme=theme if theme in THEMES else "auto",
            assets=assets.rstrip("/"),
            resize_origin=resize_origin,
            tag=tag,
            frame=frame,
            host_script=host_script,
            ages=json.dumps(age_patterns(words), ensure_ascii=False, sort_keys=True),
        )
    )


@cache
def _environment() -> Environment:
    """Autoescape everywhere; a name the template lacks fails in the tests, not as a blank."""
    environment = Environment(
        loader=FileSystemLoader([_HERE, _HERE.parent / "objective"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.globals.update(icon=icon, bar=_bar)
    return environment


def _bar(one: Bar, tone: str) -> Markup:
    return progress_bar(one.ratio, one.expected, tone=tone, label=one.label)
