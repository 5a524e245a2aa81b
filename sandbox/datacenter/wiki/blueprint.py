"""Everything under `/confluence/rest`."""

from flask import Blueprint

from sandbox.datacenter.gate import data_center_gate
from sandbox.datacenter.wiki import routes_content, routes_search, routes_site

_PARTS = (routes_content.api, routes_search.api, routes_site.api)

bp = Blueprint("dc_wiki", __name__, url_prefix="/confluence/rest")
bp.before_request(data_center_gate)
for part in _PARTS:
    bp.register_blueprint(part, url_prefix="/api")
