"""Icons as files of their own: hosts load them by address, so they bring their colours along."""

from collections.abc import Mapping

from macros.svg import outline

# Dark enough on white and light enough on the hosts' dark grey: 3:1 against either.
_COLOURS = {
    "on_track": "#1f845a",
    "done": "#1f845a",
    "at_risk": "#b65c02",
    "off_track": "#c9372c",
    "stale": "#8270db",
    "paused": "#738496",
    "no_data": "#738496",
    "too_early": "#1d7afc",
}
_OKR = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16"'
    ' fill="none" stroke="#1d7afc" stroke-width="1.5"><circle cx="8" cy="8" r="6.25"/>'
    '<circle cx="8" cy="8" r="3"/><circle cx="8" cy="8" r=".9" fill="#1d7afc"/></svg>'
)


def icon_files() -> Mapping[str, bytes]:
    """Each icon by its name: `okr`, and one for every health."""
    drawn = {name: outline(name, colour) for name, colour in _COLOURS.items()}
    return {name: one.encode() for name, one in {"okr": _OKR, **drawn}.items()}


NAMES = frozenset({"okr", *_COLOURS})
