"""The application: a factory that opens nothing and keeps nothing beside what it is given."""

import logging
import time
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, g, request
from jinja2 import StrictUndefined

from connector.web import (
    api,
    assets,
    auth,
    blueprints,
    configure,
    connect,
    forge,
    health,
    macros,
    pages,
    preview,
    signin,
    webhooks,
)
from connector.web.bodies import refuse_long_query
from connector.web.loopback import names_this_machine
from connector.web.plain import PlainFlask
from connector.web.problems import answer_errors
from connector.web.security import secure
from connector.web.services import EXTENSION, WebServices, services

log = structlog.get_logger(__name__)

LARGEST_REQUEST = 1024 * 1024
BLUEPRINTS = (
    api.bp,
    assets.bp,
    blueprints.bp,
    blueprints.templates_bp,
    configure.bp,
    connect.bp,
    connect.events_bp,
    connect.frames_bp,
    connect.lifecycle_bp,
    forge.bp,
    health.bp,
    health.metrics_bp,
    macros.bp,
    pages.bp,
    preview.bp,
    signin.bp,
    webhooks.bp,
    webhooks.unsigned_bp,
)
OPEN_ON_PURPOSE = frozenset(
    {
        "health.healthz",
        "health.readyz",
        "descriptor.descriptor",
        "descriptor.descriptor_of_jira",
        "descriptor.words_of_descriptors",
        "connect_templates.template",
        "assets.asset",
        *signin.OPEN_ON_PURPOSE,
    }
)


def create_app(web_services: WebServices) -> Flask:
    app = PlainFlask("connector.web", static_folder=None, template_folder="templates")
    app.jinja_env.undefined = StrictUndefined  # a name a template lacks fails in the tests
    app.extensions[EXTENSION] = web_services
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.before_request(_begin)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    answer_errors(app)
    app.after_request(_finish)
    _tell_what_is_closed(web_services)
    return app


def _tell_what_is_closed(here: WebServices) -> None:
    """Once at the start: a door that stays shut is looked for in the log."""
    if not here.webhook_secrets:
        log.warning("webhooks.closed", reason="OKR_WEBHOOK_SECRET is not set")
    if here.api_token is None and not names_this_machine(urlsplit(here.base_url).hostname or ""):
        log.warning("macros.closed", reason="OKR_BASE_URL is public, OKR_API_TOKEN is not set")


def _talks() -> bool:
    """structlog makes a logger for each call before it finds out that nobody listens."""
    return logging.getLogger(__name__).isEnabledFor(logging.DEBUG)


def guards_of(app: Flask, endpoint: str) -> list[auth.Guard]:
    """The guards that a request to this endpoint meets before its view."""
    blueprint, _, _ = endpoint.rpartition(".")
    before = app.before_request_funcs
    return [
        one
        for one in (*before.get(None, ()), *before.get(blueprint, ()))
        if isinstance(one, auth.Guard)
    ]


def _begin() -> None:
    g.began = time.perf_counter()
    refuse_long_query(request)


def _finish(response: Response) -> Response:
    """Headers for all; the log names the route, never the address, which may carry a signature."""
    route = request.url_rule.rule if request.url_rule else "unknown"
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    services().metrics.request_took(route, request.method, response.status_code, seconds)
    if response.status_code >= 400 or _talks():  # macros ask each second
        tell = log.info if response.status_code >= 400 else log.debug
        tell(
            "request.served",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
    return secure(response, request, services())
