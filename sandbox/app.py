"""The sandbox as a Flask application."""

import logging
from http import HTTPStatus
from typing import Unpack

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from sandbox import control, errors
from sandbox.answers import AnswerProvider
from sandbox.connect import control as connect_control
from sandbox.connect import routes as connect_routes
from sandbox.datacenter import doors
from sandbox.datacenter.jira.blueprint import bp as data_center_jira
from sandbox.datacenter.oauth.routes import bp as data_center_oauth
from sandbox.datacenter.wiki.blueprint import bp as data_center_wiki
from sandbox.forge import control as forge_control
from sandbox.forge import routes as forge_routes
from sandbox.forge.gateway import through_gateway
from sandbox.jira import routes_agile, routes_issues, routes_search, routes_site, routes_webhooks
from sandbox.planting import DEFAULT_BASE, SiteOptions, planted_site
from sandbox.policy import policy
from sandbox.routes import is_api
from sandbox.rules import LazyRule
from sandbox.site import Site
from sandbox.traffic.cut import cutting
from sandbox.traffic.gate import charge_call, count_call, mark_cut, meet_faults, meet_limits
from sandbox.ui.chrome import refused as refused_page
from sandbox.ui.doors import open_doors
from sandbox.wiki.blueprints import BLUEPRINTS as WIKI

log = logging.getLogger(__name__)

LARGEST_REQUEST = 16 * 1024 * 1024
CLOUD = (
    routes_issues.bp,
    routes_search.bp,
    routes_site.bp,
    routes_webhooks.bp,
    routes_agile.bp,
    *WIKI,
    connect_routes.bp,
    connect_control.bp,
    forge_routes.bp,
    forge_control.bp,
)
DATA_CENTER = (data_center_jira, data_center_wiki, data_center_oauth, doors.bp)


def create_app(
    seed: str = "company", *, base: str = DEFAULT_BASE, **options: Unpack[SiteOptions]
) -> Flask:
    """A planted site as an application; see `planted_site` for what may be asked of it."""
    return app_of(planted_site(seed, base=base, **options))


def app_of(site: Site) -> Flask:
    app = Flask(__name__, static_folder="ui/static", template_folder="ui/templates")
    # as on a real site: md2conf creates pages at `/wiki/api/v2/pages/`
    app.url_map.strict_slashes = False
    app.extensions["sandbox"] = site
    app.url_rule_class = LazyRule
    app.json = AnswerProvider(app)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.before_request(count_call)
    app.before_request(meet_limits)
    app.before_request(meet_faults)
    app.after_request(charge_call)
    app.after_request(mark_cut)
    app.wsgi_app = cutting(through_gateway(app.wsgi_app))  # type: ignore[assignment,method-assign]  # as Flask advises
    app.after_request(_harden)
    app.register_error_handler(errors.Refused, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)
    products = CLOUD if site.flavor == "cloud" else DATA_CENTER
    for blueprint in (*products, control.bp):
        app.register_blueprint(blueprint)
    open_doors(app, site.flavor)
    return app


def _harden(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", policy())
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _refused(error: errors.Refused) -> ResponseReturnValue:
    return error.body, error.status, error.headers


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    phrase = HTTPStatus(status).phrase
    if is_api(request.path) or request.path.startswith("/_sandbox"):
        return errors.shaped_for(request.path, status, phrase), status
    return refused_page(status)


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.error("sandbox.unexpected path=%s", request.path, exc_info=error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return errors.shaped_for(request.path, status, "Internal server error"), status
