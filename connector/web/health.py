"""Whether the process lives, whether it can work, and what it has counted."""

import structlog
from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST

from connector.web.auth import TOKEN_OR_LOOPBACK
from connector.web.services import services

log = structlog.get_logger(__name__)
bp = Blueprint("health", __name__)
metrics_bp = Blueprint("metrics", __name__)
metrics_bp.before_request(TOKEN_OR_LOOPBACK)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers; nothing else is looked at, or a restart would mend nothing."""
    return jsonify(status="alive")


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Which part is not ready; why stands in the log, for this answer is open to all."""
    try:
        parts = dict(services().ready())
    except Exception as error:  # whatever it is, we are not ready
        log.warning("ready.failed", exc_info=error)
        parts = {"checks": False}
    ready = all(parts.values())
    body = jsonify(status="ready" if ready else "not ready", parts=parts)
    return (body, 200) if ready else (body, 503, {"Retry-After": "5"})


@metrics_bp.get("/metrics")
def metrics() -> ResponseReturnValue:
    text = services().metrics.exposition(services().job_counts())
    return Response(text, content_type=CONTENT_TYPE_LATEST)
