"""A site that has installed us, whose reader may read one of its two pages."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from connector.core.okr import SiteId
from connector.web.services import WebServices
from tests.fakes.installations import FakeInstallations
from tests.fakes.rights import FakeAdministrators, FakeRights
from tests.fakes.store import FakeStore
from tests.web.conftest import NOW, OTHER, PAGE, Caller, stored_page
from tests.web.hosts import ConnectHost, connect_door
from tests.web.test_connect import FakeSites

ACME = SiteId("acme.atlassian.net")
READER = "account-1"
HIDDEN = "Canary-Hidden-5c1e"


@pytest.fixture
def installations() -> FakeInstallations:
    return FakeInstallations()


@pytest.fixture
def rights() -> FakeRights:
    rights = FakeRights()
    rights.show(PAGE, READER)
    return rights


@pytest.fixture
def keepers() -> FakeAdministrators:
    """Nobody administers the site until a test says so."""
    return FakeAdministrators()


@pytest.fixture
def client(
    caller: Caller,
    services: WebServices,
    store: FakeStore,
    installations: FakeInstallations,
    rights: FakeRights,
    keepers: FakeAdministrators,
) -> FlaskClient:
    store.save_page(replace(stored_page(), site=ACME))
    store.save_page(replace(stored_page(OTHER, HIDDEN), site=ACME))
    store.note_sweep(ACME, NOW)
    own = services.sites.of(services.site or ACME)
    site = replace(own, rights=rights, administrators=keepers)
    sites = FakeSites(site, installations)
    return caller(sites=sites, connect=connect_door(installations))


@pytest.fixture
def host(client: FlaskClient) -> ConnectHost:
    """Confluence, which has the app."""
    host = ConnectHost(client)
    assert host.tell("installed").status_code == 204
    return host
