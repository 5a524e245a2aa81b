"""
Pages made from an app's blueprint: its template, with the variables of its context filled in.

https://developer.atlassian.com/cloud/confluence/modules/blueprint/
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from sandbox.connect.frames import name_of
from sandbox.connect.tenancy import Tenancy
from sandbox.outbound import NoAnswer, call
from sandbox.wire import JsonObject, as_object, as_text

PATIENCE = 20.0
TITLE = "ContentPageTitle"
_VARIABLE = re.compile(r"<at:var\b([^>]*?)(?:/>|>\s*</at:var>)")
_NAME = re.compile(r"""\bat:name=(?:"([^"]*)"|'([^']*)')""")
_RAW = re.compile(r"""\bat:rawxhtml=["']true["']""")


class NoBlueprint(Exception):
    """The message says what is wrong with what the app answered."""


@dataclass(frozen=True, slots=True)
class NewPage:
    """`opens` is how the author meets it: edit or view."""

    title: str
    body: str
    opens: str


def made(tenancy: Tenancy, module: JsonObject, *, space: str, account: str | None) -> NewPage:
    """
    The template is fetched as anybody would fetch it, without a token: only its context is asked
    for in the author's name. Raises `NoBlueprint`.

    https://github.com/atlassian-labs/connect-security-req-tester/issues/36
    """
    template = as_object(module.get("template"))
    url = tenancy.descriptor.address(as_text(template.get("url")))
    context = as_text(as_object(template.get("blueprintContext")).get("url"))
    try:
        answer = call("GET", url, headers={}, seconds=PATIENCE)
        values = _context(tenancy, module, context, space, account) if context else {}
    except NoAnswer as error:
        raise NoBlueprint(str(error)) from error
    if not answer.ok:
        raise NoBlueprint(f"the template answered {answer.status}")
    title = as_text(values.get(TITLE, {}).get("value")) or name_of(module)
    opens = "view" if module.get("createResult") == "view" else "edit"
    return NewPage(title, filled(answer.text, values), opens)


def _context(
    tenancy: Tenancy, module: JsonObject, template: str, space: str, account: str | None
) -> dict[str, JsonObject]:
    url = tenancy.descriptor.address(template)
    told = {
        "addonKey": tenancy.descriptor.key,
        "blueprintKey": as_text(module.get("key")),
        "spaceKey": space,
    }
    token = tenancy.request_token("POST", url, account)
    answer = call(
        "POST",
        url,
        headers={"Authorization": f"JWT {token}", "Content-Type": "application/json"},
        body=json.dumps(told).encode(),
        seconds=PATIENCE,
    )
    try:
        listed = json.loads(answer.body) if answer.ok else None
    except ValueError:
        listed = None
    if not isinstance(listed, list):
        raise NoBlueprint(f"the context answered {answer.status} and no list of variables")
    return {as_text(one.get("identifier")): one for one in map(as_object, listed)}


def filled(template: str, values: Mapping[str, JsonObject]) -> str:
    """
    Text is escaped; storage format stands as it is where the template takes it raw.

    >>> filled('<p><at:var at:name="a"/></p>', {"a": {"value": "1 < 2"}})
    '<p>1 &lt; 2</p>'
    """

    def value(found: re.Match[str]) -> str:
        named = _NAME.search(found[1])
        told = values.get((named[1] or named[2]) if named else "", {})
        text = as_text(told.get("value"))
        raw = told.get("representation") == "storage" and _RAW.search(found[1])
        return text if raw else escape(text, quote=False)

    return _VARIABLE.sub(value, template)
