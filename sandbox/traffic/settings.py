"""Wishes for limits and faults, as JSON says them."""

from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any

from sandbox.hooks.disturbance import Weather
from sandbox.traffic.buckets import TokenRule
from sandbox.traffic.faults import KINDS, Fault
from sandbox.traffic.limits import DEFAULT_RATES, Limits, Rules
from sandbox.wire import JsonObject

if TYPE_CHECKING:
    from sandbox.site import Site

PRODUCTS = ("jira", "confluence")
LONGEST_WAIT = 60


class WrongWish(ValueError):
    """What is wrong with the wish, in one sentence."""


def limit(site: "Site", wish: JsonObject) -> JsonObject:
    """Switch limits on and off; whoever changes them starts with full buckets."""
    if wish:
        rules = rules_of(wish, site.limits.rules)
        if site.flavor == "dc" and (rules.points or rules.burst or rules.per_issue):
            raise WrongWish("points, burst and per_issue are Cloud's; Data Center has tokens")
        if site.flavor == "cloud" and rules.tokens:
            raise WrongWish("tokens are Data Center's; Cloud has points, burst and per_issue")
        site.limits = Limits(rules)
    return asdict(site.limits.rules)


def disturb(site: "Site", wish: JsonObject) -> JsonObject:
    """
    `{"jira": "down"}`, `{"faults": […], "webhooks": {…}, "seed": 7}`, or any of them.

    Nothing changes unless all of it is understood.
    """
    _known(wish, {*PRODUCTS, "faults", "webhooks", "seed"})
    states = {name: _one_of(wish, name, ("up", "down")) for name in PRODUCTS if name in wish}
    listed, seed = wish.get("faults", []), wish.get("seed", 0)
    if not isinstance(listed, list) or not _whole(seed):
        raise WrongWish("faults is a list and seed a whole number")
    faults = [fault_of(one) for one in listed]
    weather = weather_of(wish.get("webhooks", {}))
    for name, state in states.items():
        (site.down.add if state == "down" else site.down.discard)(name)
    if "faults" in wish:
        site.faults.arm(faults, seed=seed)
    if "webhooks" in wish:
        site.hooks.disturbance.change(weather, seed=seed)
        site.forge.weather.change(weather, seed=seed)
    return {
        **{name: "down" if name in site.down else "up" for name in PRODUCTS},
        "faults": [asdict(fault) for fault in site.faults.armed()],
        "webhooks": asdict(site.hooks.disturbance.weather),
    }


def rules_of(wish: JsonObject, before: Rules) -> Rules:
    """`{"points": 65000 or null, "scope": "tenant", "burst": true or {"GET": 5}, …}`."""
    _known(wish, {"points", "scope", "burst", "per_issue", "tokens"})
    after = before
    if "points" in wish:
        points = wish["points"]
        if points is not None and not (_whole(points) and points > 0):
            raise WrongWish("points is the hourly quota, or null")
        after = replace(after, points=points)
    if "scope" in wish:
        after = replace(after, scope=_one_of(wish, "scope", ("global", "tenant")))
    if "burst" in wish:
        after = replace(after, **_burst(wish["burst"]))
    if "per_issue" in wish:
        after = replace(after, per_issue=_boolean(wish, "per_issue"))
    if "tokens" in wish:
        after = replace(after, tokens=_tokens(wish["tokens"]))
    return after


def _tokens(wish: object) -> TokenRule | None:
    """`{"limit": 50, "fill": 10, "interval": 60}`, or null."""
    if wish is None:
        return None
    names = {"limit", "fill", "interval"}
    if not isinstance(wish, dict) or set(wish) != names:
        raise WrongWish("tokens is null or has limit, fill and interval")
    if not all(_whole(value) and value > 0 for value in wish.values()):
        raise WrongWish("limit, fill and interval are whole numbers above zero")
    return TokenRule(**wish)


def _burst(wish: object) -> JsonObject:
    if isinstance(wish, bool):
        return {"burst": wish, "rates": {}}
    if isinstance(wish, dict) and all(
        method in DEFAULT_RATES and _number(rate) and rate >= 1 for method, rate in wish.items()
    ):
        return {"burst": True, "rates": wish}
    raise WrongWish('burst is true, false or calls per second such as {"GET": 5}')


def fault_of(wish: object) -> Fault:
    """`{"kind": "latency", "seconds": 0.5, "product": "jira", "rate": 0.2, "times": 3}`."""
    if not isinstance(wish, dict):
        raise WrongWish("a fault is a JSON object")
    _known(wish, {one.name for one in fields(Fault)})
    _one_of(wish, "kind", KINDS)
    if wish.get("product") is not None:
        _one_of(wish, "product", PRODUCTS)
    for name, (right, what) in _FAULT_CHECKS.items():
        if wish.get(name) is not None and not right(wish[name]):
            raise WrongWish(f"{name} is {what}")
    return Fault(**wish)


def weather_of(wish: object) -> Weather:
    """`{"lost": 0.1, "doubled": 0.1, "delayed": 0.1, "reordered": 0.1, "seconds": 0.5}`."""
    if not isinstance(wish, dict):
        raise WrongWish("webhooks is a JSON object")
    _known(wish, {one.name for one in fields(Weather)})
    for name, value in wish.items():
        if not (_duration(value) if name == "seconds" else _rate(value)):
            raise WrongWish(
                f"{name} is a number from 0 to {LONGEST_WAIT if name == 'seconds' else 1}"
            )
    return Weather(**wish)


def _known(wish: JsonObject, names: set[str]) -> None:
    if unknown := sorted(set(wish) - names):
        raise WrongWish(f"{unknown[0]} is not known; there are {', '.join(sorted(names))}")


def _one_of(wish: JsonObject, name: str, values: tuple[str, ...]) -> str:
    value = wish.get(name)
    if value not in values:
        raise WrongWish(f"{name} is one of {', '.join(values)}")
    return str(value)


def _boolean(wish: JsonObject, name: str) -> bool:
    if not isinstance(wish[name], bool):
        raise WrongWish(f"{name} is true or false")
    return bool(wish[name])


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _rate(value: Any) -> bool:
    return _number(value) and 0 <= value <= 1


def _duration(value: Any) -> bool:
    return _number(value) and 0 <= value <= LONGEST_WAIT


def _count(value: Any) -> bool:
    return _whole(value) and value >= 0


def _text(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable()


_FAULT_CHECKS = {
    "method": (_text, "text"),
    "path": (_text, "text"),
    "reason": (_text, "text"),
    "rate": (_rate, "a number from 0 to 1"),
    "times": (_count, "a whole number"),
    "seconds": (_duration, f"a number from 0 to {LONGEST_WAIT}"),
    "status": (lambda value: _whole(value) and 400 <= value <= 599, "from 400 to 599"),
    "retry_after": (_count, "a whole number"),
    "headers": (lambda value: isinstance(value, bool), "true or false"),
    "after": (lambda value: isinstance(value, bool), "true or false"),
}
