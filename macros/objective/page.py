"""The objective macro as a whole HTML document."""

import json
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from connector.core.words import Words
from macros.moment import age_patterns
from macros.objective.view import Bar, ObjectivesView
from macros.svg import icon, progress_bar

THEMES = ("light", "dark", "auto")


def render_page(
    view: ObjectivesView,
    *,
    words: Words,
    theme: str,
    assets: str,
    resize_origin: str,
    tag: str = "",
    frame: str = "",
    host_script: str = "",
) -> str:
    """
    The document of the macro's frame. It needs no inline script and no inline style.

    `assets` is the URL prefix under which the files of `macros.registry.STATIC` are served;
    `resize_origin` the only origin that may hear how high the content is (empty: nobody);
    `tag` the entity tag of this very answer, unquoted, so that the first poll is already
    conditional; `frame` proves who asks again, and `host_script` is the host's own script, which
    fits the frame to its content. An unknown theme follows the reader's system.
    """

    def say(key: str, **facts: str) -> str:
        return words.say(f"macro.objective.{key}", **facts)

    return (
        environment()
        .get_template("template.html")
        .render(
            view=view,
            say=say,
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
def environment() -> Environment:
    """Autoescape everywhere; a name the template lacks fails in the tests, not as a blank."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.globals.update(icon=icon, bar=_bar)
    return environment


def _bar(one: Bar, tone: str) -> Markup:
    return progress_bar(one.ratio, one.expected, tone=tone, label=one.label)
