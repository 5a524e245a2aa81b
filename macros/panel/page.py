"""The panel of an issue as a whole HTML document."""

from functools import partial

from macros.framing import framed

# What its parameters mean is said of `framed`.
render_panel = partial(framed, "panel/panel.html", group="panel")
