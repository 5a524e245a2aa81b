"""What stands in a frame: one document around whatever is drawn, and one way to make it."""

import json
from functools import cache
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from connector.core.words import Words
from macros.moment import age_patterns
from macros.objective.view import Bar
from macros.svg import icon, progress_bar

THEMES = ("light", "dark", "auto")
_HERE = Path(__file__).parent
# Beside this folder itself, the one whose parts the others share.
_FOLDERS = (_HERE, _HERE / "objective")


class Framed(Protocol):
    """What the document says of every drawing."""

    @property
    def heading(self) -> str: ...

    @property
    def showing(self) -> str: ...

    @property
    def now(self) -> str: ...


def framed(
    template: str,
    view: Framed,
    *,
    words: Words,
    theme: str,
    assets: str,
    resize_origin: str,
    tag: str = "",
    frame: str = "",
    host_script: str = "",
    group: str = "objective",
    **facts: object,
) -> str:
    """
    The document of a frame. It needs no inline script and no inline style.

    `assets` is the URL prefix under which the files of `macros.registry.STATIC` are served;
    `resize_origin` the only origin that may hear how high the content is (empty: nobody);
    `tag` the entity tag of this very answer, unquoted, so that the first poll is already
    conditional; `frame` proves who asks again, and `host_script` is the host's own script, which
    fits the frame to its content. An unknown theme follows the reader's system.

    `template` extends `frame.html`; in it `say` speaks the words of `group`, `shared` those of the
    objective macro.
    """

    def say(key: str, **told: str) -> str:
        return words.say(f"macro.{group}.{key}", **told)

    def shared(key: str, **told: str) -> str:
        return words.say(f"macro.objective.{key}", **told)

    return (
        _environment()
        .get_template(template)
        .render(
            view=view,
            say=say,
            shared=shared,
            lang=words.locale,
            theme=theme if theme in THEMES else "auto",
            assets=assets.rstrip("/"),
            resize_origin=resize_origin,
            tag=tag,
            frame=frame,
            host_script=host_script,
            ages=json.dumps(age_patterns(words), ensure_ascii=False, sort_keys=True),
            **facts,
        )
    )


@cache
def _environment() -> Environment:
    """Autoescape everywhere; a name the template lacks fails in the tests, not as a blank."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDERS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.globals.update(icon=icon, bar=_bar)
    return environment


def _bar(one: Bar, tone: str) -> Markup:
    return progress_bar(one.ratio, one.expected, tone=tone, label=one.label)
