"""Pictures as SVG attributes: no style attribute, so the strictest policy lets them through.

Every picture that says something has it in words too; an icon beside its word is silent.
"""

from fractions import Fraction

from markupsafe import Markup

from connector.core.words import rounded

_ICONS: dict[str, Markup] = {
    "on_track": Markup('<circle cx="8" cy="8" r="6.25"/><path d="m5.2 8.2 2 2 3.7-4.2"/>'),
    "done": Markup(
        '<circle class="solid" cx="8" cy="8" r="7"/>'
        '<path class="inverse" d="m4.9 8.2 2.2 2.2 4-4.6"/>'
    ),
    "at_risk": Markup('<path d="M8 2.2 14.4 13.4H1.6Z"/><path d="M8 6.4v3.2M8 11.5v.1"/>'),
    "off_track": Markup('<path d="M8 1.4 14.6 8 8 14.6 1.4 8Z"/><path d="M8 5v3.6M8 10.8v.1"/>'),
    "paused": Markup('<circle cx="8" cy="8" r="6.25"/><path d="M6.3 5.7v4.6M9.7 5.7v4.6"/>'),
    "stale": Markup('<circle cx="8" cy="8" r="6.25"/><path d="M8 4.6V8l2.3 1.5"/>'),
    "no_data": Markup('<circle class="dashed" cx="8" cy="8" r="6.25"/><path d="M5.8 8h4.4"/>'),
    "too_early": Markup(
        '<path d="M4.4 2h7.2M4.4 14h7.2M5.4 2c0 4 5.2 4.2 5.2 8v4M10.6 2c0 4-5.2 4.2-5.2 8v4"/>'
    ),
    "hand": Markup(
        '<path d="M4.6 9.2V4.4a.95.95 0 0 1 1.9 0v3.2V2.9a.95.95 0 0 1 1.9 0v4.6V3.5a.95.95 0 0 1'
        " 1.9 0v4.4V5.3a.95.95 0 0 1 1.9 0v4.9c0 2.6-1.7 4.3-4.1 4.3-2.1 0-3.1-1-4-2.6L2.3 9.4"
        'c-.5-1 .7-1.8 1.4-1z"/>'
    ),
    "info": Markup('<circle cx="8" cy="8" r="6.25"/><path d="M8 7.4v3.4M8 5.1v.1"/>'),
    "open": Markup('<circle cx="8" cy="8" r="6.25"/>'),
    "in_progress": Markup(
        '<circle cx="8" cy="8" r="6.25"/><path class="solid" d="M8 4.4a3.6 3.6 0 0 1 0 7.2Z"/>'
    ),
    "cancelled": Markup('<circle cx="8" cy="8" r="6.25"/><path d="m4.4 11.6 7.2-7.2"/>'),
    "chevron": Markup('<path d="m6 3.8 4.2 4.2L6 12.2"/>'),
}


def icon(name: str) -> Markup:
    """A 16 px line drawing in the colour of the text beside it; hidden from screen readers."""
    return Markup(
        '<svg class="okr-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"'
        ' focusable="false">{}</svg>'
    ).format(_ICONS[name])


def outline(name: str, colour: str) -> str:
    """The same drawing as a file of its own, where no style sheet reaches it."""
    drawn = str(_ICONS[name])
    for mark, said in (
        ('class="solid"', f'fill="{colour}"'),
        ('class="inverse"', 'stroke="#fff"'),
        ('class="dashed"', 'stroke-dasharray="2.5 2"'),
    ):
        drawn = drawn.replace(mark, said)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16"'
        f' fill="none" stroke="{colour}" stroke-width="1.5" stroke-linecap="round"'
        f' stroke-linejoin="round">{drawn}</svg>'
    )


def progress_bar(
    progress: Fraction | None, expected: Fraction | None, *, tone: str, label: str
) -> Markup:
    """A bar as wide as its place, with a tick where the pace expects it to be.

    The tick is drawn on top and reaches over the bar; `label` says both numbers.
    """
    return Markup(
        '<svg class="okr-bar okr-tone-{tone}" role="img" aria-label="{label}" width="100%"'
        ' height="14"><rect class="okr-bar-track" y="3" width="100%" height="8" rx="4"/>'
        "{fill}{tick}</svg>"
    ).format(tone=tone, label=label, fill=_fill(progress), tick=_tick(expected))


def _fill(progress: Fraction | None) -> Markup:
    if not progress:
        return Markup("")
    return Markup('<rect class="okr-bar-fill" y="3" width="{}%" height="8" rx="4"/>').format(
        rounded(progress * 100, 1)
    )


def _tick(expected: Fraction | None) -> Markup:
    """Held a little inside, so that it is whole at both ends."""
    if expected is None:
        return Markup("")
    at = min(max(expected * 100, Fraction(1, 2)), Fraction(995, 10))
    return Markup(
        '<line class="okr-bar-halo" x1="{x}%" x2="{x}%" y1="0" y2="14"/>'
        '<line class="okr-bar-tick" x1="{x}%" x2="{x}%" y1="0" y2="14"/>'
    ).format(x=rounded(at, 1))
