"""Whoever signed in sees in a macro what the wiki shows them, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from connector.core.grant import Grant
from connector.storage.keyring import Keyring, new_key
from connector.usecases.sites import OneSite
from connector.web.app import create_app
from connector.web.services import WebServices
from connector.web.sessions import KeptInMemory, Session, Sessions
from connector.web.signin import SignIn, open_sign_in
from tests.fakes.rights import FakeRights
from tests.web.conftest import CANARY, NOW, PAGE, SITE, StoppedClock
from tests.web.test_signin import FakeHost

MACRO = f"/macros/objective?page={PAGE}"


@pytest.fixture
def rights() -> FakeRights:
    return FakeRights()


@pytest.fixture
def app(services: WebServices, rights: FakeRights) -> Flask:
    site = replace(services.sites.of(SITE), rights=rights)
    app = create_app(replace(services, sites=OneSite(site)))
    ring, clock = Keyring([new_key()]), StoppedClock()
    open_sign_in(
        app,
        SignIn(
            site=SITE,
            host=FakeHost(),
            sessions=Sessions(KeptInMemory(), ring, clock),
            seal=ring,
            clock=clock,
            base_url=services.base_url,
        ),
    )
    return app


@pytest.fixture
def signed_in(app: Flask) -> FlaskClient:
    here: SignIn = app.extensions["okr_connector_signin"]
    grant = Grant("access-canary", "refresh-canary", timedelta(hours=1))
    cookie = here.sessions.begin(Session.of(SITE, "user-key-1", grant, NOW))
    client = app.test_client()
    client.set_cookie("okr", cookie)
    return client


def test_what_the_wiki_shows_them_the_macro_shows(
    signed_in: FlaskClient, rights: FakeRights
) -> None:
    rights.show(PAGE, "user-key-1")

    answer = signed_in.get(MACRO)

    assert answer.status_code == 200
    assert CANARY in answer.text
    ((viewer, _),) = rights.asked
    assert viewer.token == "access-canary", "the wiki is asked with the person's own token"


def test_what_the_wiki_hides_the_macro_hides(signed_in: FlaskClient) -> None:
    answer = signed_in.get(MACRO)

    assert answer.status_code == 404
    assert CANARY not in answer.text


def test_a_stranger_gets_the_button_and_nothing_of_the_page(app: Flask) -> None:
    answer = app.test_client().get(MACRO)

    assert answer.status_code == 401
    assert CANARY not in answer.text
    assert 'class="okr-signin"' in answer.text
