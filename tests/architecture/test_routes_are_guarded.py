"""A new endpoint without authentication must fail here, not in production."""

from connector.web.app import OPEN_ON_PURPOSE, create_app, guards_of
from connector.web.services import WebServices
from tests.web.conftest import queue, services, store, wiki  # noqa: F401 - fixtures are asked for by name


def test_every_route_has_exactly_one_guard_or_is_open_on_purpose(
    services: WebServices,  # noqa: F811 - the fixture itself
) -> None:
    app = create_app(services)

    guards = {
        rule.endpoint: len(guards_of(app, rule.endpoint)) for rule in app.url_map.iter_rules()
    }

    assert {endpoint for endpoint, count in guards.items() if count == 0} == OPEN_ON_PURPOSE
    assert {count for endpoint, count in guards.items() if endpoint not in OPEN_ON_PURPOSE} == {1}
