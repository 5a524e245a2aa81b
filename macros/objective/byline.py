"""What opens below a page's title, as a whole HTML document: how far it is and what to fix."""

import json

from connector.core.words import Words
from macros.moment import age_patterns
from macros.objective.page import THEMES, environment
from macros.objective.view import ObjectivesView


def render_byline(
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
    """The document of the dialog's frame; what its parameters mean is said of `RenderPage`."""

    def say(key: str, **facts: str) -> str:
        return words.say(f"macro.objective.{key}", **facts)

    return (
        environment()
        .get_template("byline.html")
        .render(
            view=view,
            say=say,
            unfolded=True,
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
