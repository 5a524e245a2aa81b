"""A site and an app's server that reach each other over real HTTP."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Unpack

from flask import Flask
from werkzeug.serving import make_server

from sandbox.app import app_of
from sandbox.connections import KeepAlive
from sandbox.planting import SiteOptions, planted_site
from sandbox.site import Site


@contextmanager
def serving(made: Callable[[str], Flask]) -> Iterator[str]:
    """The address under which the application, made for it, answers until the end."""
    server = make_server("127.0.0.1", 0, Flask("none"), threaded=True, request_handler=KeepAlive)
    base = f"http://127.0.0.1:{server.server_port}"
    server.app = made(base)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield base
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()


@contextmanager
def serving_site(seed: str = "company", **options: Unpack[SiteOptions]) -> Iterator[Site]:
    sites: list[Site] = []

    def made(base: str) -> Flask:
        sites.append(planted_site(seed, base=base, **options))
        return app_of(sites[0])

    with serving(made):
        yield sites[0]
