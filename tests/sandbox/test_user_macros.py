"""A user macro shows what its template says with quiet references, and nothing else is played."""

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup

from sandbox.directory import BOT, TOM
from sandbox.server import main
from sandbox.wiki.user_macros import UserMacro, drawn
from tests.sandbox.conftest import app_of_a_fresh_site
from tests.sandbox.data_center import WIKI, Caller, json_of

PAGE = "/confluence/spaces/HARBOUR/pages/131073"
ADMIN_PAGE = "/confluence/admin/usermacros.action"
TEMPLATE = """## @param objective:title=Objective|type=string
## @param height:title=Height|type=enum|enumValues=240,480|default=240
<iframe title="OKR" height="$!paramheight"
  src="http://okr.example/m?page=$!content.id&amp;o=$!{paramobjective}"></iframe>
"""
BODY = (
    '<p>Before</p><ac:structured-macro ac:name="okr"><ac:parameter ac:name="objective">O-1'
    '</ac:parameter><ac:parameter ac:name="colour">red</ac:parameter></ac:structured-macro>'
)


def html(template: str, body: str = "", **given: str) -> str:
    return str(drawn(UserMacro("okr", template), given, page_id=7, body=Markup(body)))  # noqa: S704 - a body comes drawn


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("## @param a:title=A\n[$!parama]", "[x]"),
        ("## @param a:title=A\n[$!{parama}]", "[x]"),
        ("## @param a:title=A\n[$parama]", "[x]"),
        ("## @param a:title=A\n[${parama}b]", "[xb]"),
        ("[$!content.id]", "[7]"),
        ("[$content.id]", "[7]"),
        ("[$!body]", "[<b>in</b>]"),
        ("## @param b:title=B|default=z\n[$!paramb] [$paramb]", "[] [$paramb]"),
        ("[$!parama] [$parama]", "[] [$parama]"),
        ("[$!content.title] [$content.title]", "[] [$content.title]"),
        ("[$!content.getId()] [$content.getId()]", "[] [$content.getId()]"),
        ('[$!generalUtil.htmlEncode("x").trim()]', "[]"),
        ("#set($x = 1)[$!x]", "#set($x = 1)[]"),
        ("before ## a remark\nafter", "before \nafter"),
        ("100 $ and $5", "100 $ and $5"),
    ],
)
def test_references_are_drawn_as_velocity_would(template: str, expected: str) -> None:
    assert html(template, "<b>in</b>", a="x") == expected


def test_what_an_author_wrote_cannot_become_markup() -> None:
    template = '## @param a:title=A\n<iframe src="/m?a=$!parama"></iframe>'

    assert html(template, a='"><script>x</script>') == (
        '<iframe src="/m?a=&#34;&gt;&lt;script&gt;x&lt;/script&gt;"></iframe>'
    )


@pytest.mark.parametrize(
    "template", ["$!content.title", "$content.getId()", "$!action.remoteUser", "#if(1)x#end"]
)
def test_what_is_blocked_leaves_a_line_in_the_log(
    template: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        html(template)

    assert "user macro okr" in caplog.text


@pytest.fixture
def app() -> Flask:
    return app_of_a_fresh_site("company", flavor="dc", user_macro=TEMPLATE)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def written(client: FlaskClient, body: str = BODY) -> str:
    """The address of a new page with the macro on it."""
    storage = {"storage": {"value": body, "representation": "storage"}}
    made = Caller(client).post(
        f"{WIKI}/content",
        {"type": "page", "title": "Framed", "space": {"key": "HARBOUR"}, "body": storage},
    )
    assert made.status_code == 200, made.get_data(as_text=True)
    return f"/confluence/spaces/HARBOUR/pages/{json_of(made)['id']}"


def test_a_page_shows_the_frame_of_the_macro(client: FlaskClient) -> None:
    address = written(client)
    page_id = address.rpartition("/")[2]

    shown = client.get(address).get_data(as_text=True)
    view = json_of(Caller(client).get(f"{WIKI}/content/{page_id}", expand="body.view"))

    frame = f'src="http://okr.example/m?page={page_id}&amp;o=O-1"'
    assert frame in shown
    assert frame in view["body"]["view"]["value"]
    assert "red" not in view["body"]["view"]["value"]


def test_an_administrator_pastes_changes_and_removes_a_macro(client: FlaskClient) -> None:
    address = written(client, '<ac:structured-macro ac:name="hello" />')

    client.set_cookie("sandbox-user", TOM.account_id)
    assert client.get(ADMIN_PAGE).status_code == 403
    assert client.post(ADMIN_PAGE, data={"name": "hello", "template": "x"}).status_code == 403
    client.set_cookie("sandbox-user", BOT.account_id)
    client.post(ADMIN_PAGE, data={"name": "hello", "template": "<em>from page $!content.id</em>"})
    assert "<em>from page" in client.get(address).get_data(as_text=True)
    assert "&lt;em&gt;from page" in client.get(f"{ADMIN_PAGE}?macro=hello").get_data(as_text=True)
    client.post(ADMIN_PAGE, data={"remove": "hello"})
    assert "macro: hello" in client.get(address).get_data(as_text=True)


@pytest.mark.parametrize(
    ("name", "template"), [("", "x"), ("O K", "x"), ("ok", " "), ("x" * 65, "x")]
)
def test_a_macro_that_is_none_is_refused(client: FlaskClient, name: str, template: str) -> None:
    form = client.post(ADMIN_PAGE, data={"name": name, "template": template})
    switch = client.post("/_sandbox/user-macros", json={"name": name, "template": template})

    assert (form.status_code, switch.status_code) == (400, 400)


def test_a_user_macro_goes_before_a_registered_one_of_its_name(client: FlaskClient) -> None:
    client.post("/_sandbox/macros", json={"key": "okr", "url": "http://registered.example/"})

    shown = client.get(written(client)).get_data(as_text=True)

    assert "okr.example" in shown
    assert 'src="http://registered.example' not in shown


def test_cloud_has_no_user_macros() -> None:
    cloud = app_of_a_fresh_site("empty").test_client()

    answer = cloud.post("/_sandbox/user-macros", json={"name": "okr", "template": "x"})

    assert answer.status_code == 400
    assert cloud.get("/wiki/admin/usermacros.action").status_code == 404


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--user-macro", "/nowhere/macro.vm", "--flavor", "dc"], "No such file"),
        (["--user-macro", __file__], "for --flavor dc"),
        (["--incoming-link", '{"redirect": "https://x.example/"}'], "for --flavor dc"),
        (["--incoming-link", '{"redirect": "http://x"}', "--flavor", "dc"], "begins with https"),
    ],
)
def test_wrong_options_are_told_at_the_start(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(options)

    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_an_empty_template_is_told_at_the_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "macro.vm").write_text(" ", encoding="utf-8")

    with pytest.raises(SystemExit):
        main(["--user-macro", str(tmp_path / "macro.vm"), "--flavor", "dc"])

    assert "A template has" in capsys.readouterr().err
