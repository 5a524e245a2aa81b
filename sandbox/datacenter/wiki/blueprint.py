"""Everything under `/confluence/rest`."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.datacenter import routes_common
from sandbox.datacenter.errors import wiki_shaped
from sandbox.datacenter.gate import data_center_gate, tell_limits
from sandbox.datacenter.wiki import (
    routes_content,
    routes_labels,
    routes_macros,
    routes_properties,
    routes_restrictions,
    routes_search,
    routes_site,
    routes_tree,
    routes_watches,
    routes_webhooks,
    routes_writing,
)
from sandbox.errors import Refused

_PARTS = (
    routes_content.api,
    routes_labels.api,
    routes_macros.api,
    routes_properties.api,
    routes_restrictions.api,
    routes_search.api,
    routes_site.api,
    routes_tree.api,
    routes_watches.api,
    routes_webhooks.api,
    routes_writing.api,
)

bp = Blueprint("dc_wiki", __name__, url_prefix="/confluence/rest")
bp.before_request(data_center_gate)
bp.after_request(tell_limits)
bp.register_blueprint(routes_common.api, name="dc_wiki_common")
for part in _PARTS:
    bp.register_blueprint(part, url_prefix="/api")


@bp.errorhandler(Refused)
def refused(error: Refused) -> ResponseReturnValue:
    own = wiki_shaped(error)
    return own.body, own.status, own.headers | error.headers
