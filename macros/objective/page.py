"""The objective macro as a whole HTML document."""

from functools import partial

from macros.framing import framed

# What its parameters mean is said of `framed`.
render_page = partial(framed, "objective/template.html")
