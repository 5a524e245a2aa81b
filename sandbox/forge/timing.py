"""How long Forge takes: seconds, short here so that somebody can watch, and the real ones."""

from dataclasses import dataclass, fields, replace

from sandbox.wire import JsonObject

BODIES = ("payload", "flat")


@dataclass(frozen=True, slots=True)
class Timing:
    """
    Until an event is delivered (really up to 180), until it is tried again (really 60), until a
    schedule is kept for the first time (really about 300), and from then on (0: as the manifest
    says). `body` is how events are wrapped: the documentation shows `payload`, some apps read them
    flat.
    """

    delay: float = 0.2
    retry: float = 2.0
    first: float = 1.0
    interval: float = 0.0
    body: str = BODIES[0]


class WrongTiming(ValueError):
    """The message says what is wrong with a wish."""


def changed(before: Timing, wish: JsonObject) -> Timing:
    """Raises `WrongTiming`."""
    names = {one.name for one in fields(Timing)}
    if unknown := sorted(set(wish) - names):
        raise WrongTiming(f"{unknown[0]} is not known; there are {', '.join(sorted(names))}")
    for name, value in wish.items():
        if name == "body":
            if value not in BODIES:
                raise WrongTiming(f"body is one of {', '.join(BODIES)}")
        elif isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise WrongTiming(f"{name} is a number of seconds")
    return replace(before, **wish)
