"""A macro is found by its id, in the version asked for."""

from tests.sandbox.conftest import Caller, json_of
from tests.sandbox.test_pages import update

INNER = '<p>Read <ac:link><ri:page ri:content-title="This"/></ac:link></p>'
STORAGE = (
    '<ac:structured-macro ac:name="okr-objective" ac:macro-id="m-1">'
    '<ac:parameter ac:name="objective">O1</ac:parameter>'
    f"<ac:rich-text-body>{INNER}"
    '<ac:structured-macro ac:name="code" ac:macro-id="m-2">'
    "<ac:plain-text-body><![CDATA[a < b]]></ac:plain-text-body></ac:structured-macro>"
    "</ac:rich-text-body></ac:structured-macro>"
)
HISTORY = "/wiki/rest/api/content/131073/history"


def test_a_macro_is_found_by_its_id(bot: Caller, tom: Caller) -> None:
    update(bot, 2, body={"representation": "storage", "value": STORAGE})

    found = json_of(bot.get(f"{HISTORY}/2/macro/id/m-1"))
    assert found["name"] == "okr-objective"
    assert found["parameters"] == {"objective": {"value": "O1"}}
    assert found["body"].startswith(INNER)
    assert json_of(bot.get(f"{HISTORY}/0/macro/id/m-2"))["body"] == "a < b"
    assert bot.get(f"{HISTORY}/1/macro/id/m-1").status_code == 404
    assert bot.get(f"{HISTORY}/9/macro/id/m-1").status_code == 404
    assert bot.get(f"{HISTORY}/x/macro/id/m-1").status_code == 400
    hidden = "/wiki/rest/api/content/131438/history/1/macro/id/m-1"
    assert tom.get(hidden).status_code == 404
