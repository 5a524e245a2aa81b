"""Webhooks that the descriptors of installed apps ask for."""

from collections.abc import Callable, Iterator

from sandbox.connect.host import ConnectHost
from sandbox.connect.tenancy import Tenancy
from sandbox.hooks.delivery import Target
from sandbox.wire import as_text


def listening(host: ConnectHost, product: str, event: str) -> Iterator[tuple[Target, str]]:
    """Who wants this event, each with the JQL that the issue must meet."""
    for tenancy, module in host.modules(product, "webhooks"):
        if module.get("event") == event:
            url = tenancy.descriptor.address(as_text(module.get("url")))
            yield Target(url, None, product, _token(tenancy)), as_text(module.get("filter"))


def _token(tenancy: Tenancy) -> Callable[[str], str]:
    """Nobody in particular sends these: the token names the site alone."""
    return lambda url: tenancy.request_token("POST", url, None)
