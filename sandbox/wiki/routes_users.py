"""`/wiki/api/v2/users-bulk`: who is behind these accounts."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.directory import user_by_id
from sandbox.guard import wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire
from sandbox.wiki.requests import body_object

bp = Blueprint("wiki_users", __name__, url_prefix="/wiki/api/v2")
bp.before_request(wiki_gate)

MOST_ACCOUNTS = 250


@bp.post("/users-bulk")
def get_users() -> ResponseReturnValue:
    """Unknown accounts are simply missing from the answer."""
    asked = body_object().get("accountIds")
    if not isinstance(asked, list) or not all(isinstance(one, str) for one in asked):
        raise errors.wiki_invalid("'accountIds' must be a list of strings")
    if not 1 <= len(asked) <= MOST_ACCOUNTS:
        raise errors.wiki_invalid(f"'accountIds' takes 1 to {MOST_ACCOUNTS} values")
    found = [user for account in dict.fromkeys(asked) if (user := user_by_id(account))]
    base = f"{current_site().base}/wiki"
    answer = {"results": [wire.user(one) for one in found], "_links": {"base": base}}
    return answer, {"Link": f'<{base}>; rel="base"'}
