"""The addresses of pages and issues open in a browser."""

import pytest

from sandbox.app import create_app

TITLE = "Monday%20meeting,%2016%20November"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/confluence/pages/viewpage.action?pageId=131511", "Monday meeting"),
        ("/confluence/x/201b7", "Monday meeting"),
        (f"/confluence/display/HARBOUR/{TITLE}", "Monday meeting"),
        ("/confluence/display/HARBOUR", "Harbourline"),
        ("/jira/browse/HBR-24", "HBR-24"),
        ("/confluence/", "Harbourline"),
        ("/jira/", "Harbourline"),
    ],
)
def test_an_address_opens(path: str, expected: str) -> None:
    client = create_app("company", flavor="dc").test_client()

    answer = client.get(path, follow_redirects=True)

    assert answer.status_code == 200
    assert expected in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    [
        "/confluence/pages/viewpage.action",
        "/confluence/pages/viewpage.action?pageId=1",
        "/confluence/x/odd",
        "/confluence/display/HARBOUR/Nothing",
        "/jira/browse/NO-1",
    ],
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    client = create_app("company", flavor="dc").test_client()

    assert client.get(path, follow_redirects=True).status_code == 404
