"""The page for administrators: what is connected, what was heard last, and what to do about it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from connector.core.installation import Product
from connector.core.words import Words
from connector.usecases.describe_site import SiteState, Trouble, describe_site
from connector.web.assets import assets_prefix
from connector.web.auth import current_site, principal
from connector.web.auth_admin import CONNECT_ADMINISTRATOR
from connector.web.auth_connect import connect_door
from connector.web.descriptors import JIRA_FILE_NAME
from connector.web.language import words_for
from connector.web.services import services
from macros.framing import THEMES
from macros.moment import Moment, Moments
from macros.svg import icon

bp = Blueprint("configure", __name__)
bp.before_request(CONNECT_ADMINISTRATOR)

_GRAVE = frozenset({Trouble.CONFLUENCE_AWAY, Trouble.JIRA_AWAY, Trouble.SWEEP_LATE})


@bp.get("/admin/configure")
def configure() -> ResponseReturnValue:
    here, site = services(), principal().site
    door, words = connect_door(here), words_for(request, here)
    installed = door.installations.of_site(site)
    state = describe_site(site, installed=installed, store=here.store, clock=here.clock)
    theme = request.args.get("theme", "")
    return render_template(
        "configure.html",
        facts=_facts(state, words),
        troubles=[_trouble(one, state, words) for one in state.troubles],
        say=lambda key: words.say(f"configure.{key}"),
        lang=words.locale,
        theme=theme if theme in THEMES else "auto",
        assets=assets_prefix(request.path),
        host_script=door.script,
        icon=icon,
    ), {"Content-Language": words.locale}


def _facts(state: SiteState, words: Words) -> list[tuple[str, str, Moment | None]]:
    """Each with its name, what it says, and when that was."""
    facts: list[tuple[str, str, Moment | None]] = []
    for one in state.installed:
        for product in Product:
            if one.address(product):
                name = words.say(f"configure.product.{product}")
                by = words.say(f"configure.door.{one.door}")
                facts.append((name, by, _moment(one.installed_at, words)))
    facts += [
        _heard("last_event", state.last_event, words),
        _heard("last_sweep", state.last_sweep, words),
    ]
    counts = {"pages": str(state.pages), "errors": str(state.with_errors)}
    said = "pages_with_errors" if state.with_errors else "pages_count"
    name = words.say("configure.pages")
    return [*facts, (name, words.say(f"configure.{said}", **counts), None)]


def _heard(what: str, at: datetime | None, words: Words) -> tuple[str, str, Moment | None]:
    said = "" if at else words.say("configure.never")
    return words.say(f"configure.{what}"), said, _moment(at, words) if at else None


def _trouble(one: Trouble, state: SiteState, words: Words) -> tuple[str, str, str, Moment | None]:
    """How grave, what, what to do, and since when."""
    address = f"{services().base_url.rstrip('/')}/{JIRA_FILE_NAME}"
    label = current_site().ports.policy.labels[0]
    since = state.since.get(one)
    return (
        "warning" if one in _GRAVE else "info",
        words.say(f"configure.trouble.{one}.what"),
        words.say(f"configure.trouble.{one}.do", address=address, label=label),
        _moment(since, words) if since else None,
    )


def _moment(at: datetime, words: Words) -> Moment:
    policy = current_site().ports.policy
    return Moments(words, services().clock.now(), ZoneInfo(policy.time_zone)).of(at)
