"""What opens below a page's title, as a whole HTML document: how far it is and what to fix."""

from functools import partial

from macros.framing import framed

# What its parameters mean is said of `framed`.
render_byline = partial(framed, "objective/byline.html", unfolded=True)
