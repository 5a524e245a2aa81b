"""Where calls meet their meters, limits and faults: before and after every request."""

import time
from datetime import datetime, timedelta
from http import HTTPStatus

from flask import Response, g, request

from sandbox import errors
from sandbox.answers import answered
from sandbox.clock import reset_time
from sandbox.routes import is_api, published
from sandbox.site import Site, current_site
from sandbox.traffic.buckets import USUAL_RULE, Taken
from sandbox.traffic.cut import CUT
from sandbox.traffic.faults import CONFLICT, LATENCY, RESET, TOO_MANY, TRUNCATED, Fault
from sandbox.traffic.limits import Asked, Excess, next_hour, seconds_until
from sandbox.traffic.points import points
from sandbox.wire import as_object

TOO_MANY_REQUESTS = "Rate limit exceeded."
GATEWAY_PAUSE = 60
_UNNAMED = "no reason given"


def product() -> str:
    return "confluence" if request.path.startswith(("/wiki/", "/confluence/")) else "jira"


def route() -> str:
    rule = request.url_rule
    return published(rule.rule) if rule else request.path


def count_call() -> None:
    if is_api(request.path):
        current_site().meters.count(f"{request.method} {route()}")


def meet_limits() -> None:
    if not is_api(request.path):
        return
    site = current_site()
    now = site.now()
    excess = site.limits.excess(Asked(product(), request.method, route(), _written_issue()), now)
    if excess is not None:
        raise _too_many(site, excess)


def _written_issue() -> str | None:
    """The issue a call writes to, whichever name it goes by."""
    name = (request.view_args or {}).get("issue_id_or_key")
    if name is None or request.method in {"GET", "HEAD"}:
        return None
    issue = current_site().issues.find(str(name))
    return str(issue.id) if issue else str(name)


def _too_many(site: Site, excess: Excess) -> errors.Refused:
    site.meters.refuse(excess.reason or _UNNAMED)
    return errors.Refused(
        HTTPStatus.TOO_MANY_REQUESTS,
        errors.shaped_for(request.path, HTTPStatus.TOO_MANY_REQUESTS, TOO_MANY_REQUESTS),
        _refusal_headers(excess),
    )


def _refusal_headers(excess: Excess) -> dict[str, str]:
    told = {
        "Retry-After": str(excess.wait),
        "X-RateLimit-Limit": str(excess.limit),
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-NearLimit": "true",
    }
    if product() == "jira":
        told["X-RateLimit-Reset"] = reset_time(excess.resets)
    if excess.policy:
        # Observed on a spent quota: without `RateLimit-Policy`.
        # https://community.developer.atlassian.com/t/2026-point-based-rate-limits/97828?page=9
        told["RateLimit"] = f"{excess.policy};r=0;t={excess.wait}"
    if excess.reason:
        told["RateLimit-Reason"] = excess.reason
    return told


def meet_faults() -> None:
    if not is_api(request.path):
        return
    site = current_site()
    g.cuts = []
    for fault in site.faults.met(product(), request.method, request.path):
        match fault.kind:
            case str(kind) if kind == LATENCY:
                time.sleep(fault.seconds)
            case str(kind) if kind == TRUNCATED or (kind == RESET and fault.after):
                g.cuts.append(kind)
            case str(kind) if kind == RESET:
                g.cuts.append(kind)
                raise errors.Refused(HTTPStatus.SERVICE_UNAVAILABLE, {})
            case _:
                raise _failed(site, fault)


def _failed(site: Site, fault: Fault) -> errors.Refused:
    if fault.kind == CONFLICT:
        return _conflict()
    if fault.kind == TOO_MANY and site.flavor == "dc":
        refused = _of_an_empty_bucket(site, fault)
    elif fault.kind == TOO_MANY:
        refused = _too_many(site, _as_if_exceeded(fault, site.now()))
    else:
        status = fault.status
        phrase = _phrase(status)
        refused = errors.Refused(status, errors.shaped_for(request.path, status, phrase))
    if fault.retry_after is not None:
        refused.headers["Retry-After"] = str(fault.retry_after)
    elif fault.reason is None and site.flavor == "cloud":
        refused.headers.pop("Retry-After", None)
    if not fault.headers:
        refused.headers.clear()
    return refused


def _of_an_empty_bucket(site: Site, fault: Fault) -> errors.Refused:
    """As Data Center refuses, which names no reason."""
    rule = site.limits.rules.tokens or USUAL_RULE
    site.meters.refuse("tokens")
    told = Taken(rule, 0, fault.retry_after or rule.interval).headers()
    return errors.Refused(HTTPStatus.TOO_MANY_REQUESTS, {"message": TOO_MANY_REQUESTS}, told)


def _as_if_exceeded(fault: Fault, now: datetime) -> Excess:
    """
    A quota lasts until the clock hour ends, other limits a second.

    A gateway gives neither a reason nor a wait, as was seen in April 2026, only when it is over.
    """
    wait = fault.retry_after
    if wait is None and fault.reason is None:
        wait = GATEWAY_PAUSE
    elif wait is None:
        wait = seconds_until(next_hour(now), now) if "quota" in str(fault.reason) else 1
    return Excess(fault.reason, 100, now + timedelta(seconds=wait), wait)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def _conflict() -> errors.Refused:
    """Somebody else was quicker: the version that the call brings is taken already."""
    if request.path.startswith("/confluence/"):
        current = as_object(as_object(request.get_json(silent=True)).get("version")).get("number")
        message = f"Version must be incremented on update. Current version is: {current}"
        return errors.data_center_wiki(HTTPStatus.CONFLICT, message)
    if product() == "jira":
        return errors.jira(HTTPStatus.CONFLICT, ["The issue was updated by somebody else."])
    if not request.path.startswith("/wiki/api/v2"):
        return errors.wiki_v1(HTTPStatus.CONFLICT, "Version must be incremented on update.")
    given = as_object(as_object(request.get_json(silent=True)).get("version")).get("number")
    what = "content property" if "/properties" in request.path else "page"
    return errors.wiki_conflict(
        what, current=given if isinstance(given, int) else 1, provided=given
    )


def charge_call(response: Response) -> Response:
    """Cloud's points are counted whether or not there is a quota; Data Center has none."""
    site, name = current_site(), route()
    if not is_api(request.path) or site.flavor == "dc":
        return response
    if response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
        cost = points(request.method, name, response.status_code, answered(response))
        site.meters.charge(f"{request.method} {name}", cost)
        site.limits.charge(product(), cost, site.now())
        response.headers.extend(site.limits.headers(product(), site.now()))
    return response


def mark_cut(response: Response) -> Response:
    for kind in g.get("cuts", ()):
        request.environ[CUT] = kind
    return response
