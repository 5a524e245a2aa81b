"""The application as a server's worker makes it, after the fork, with the jobs beside it."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from connector.catalogue import words
from connector.config import load_settings
from connector.core.errors import OkrError
from connector.core.events import Event
from connector.jobs import Jobs
from connector.log import configure_logging
from connector.usecases.handle import handle
from connector.web.app import create_app
from connector.web.connect import load_descriptor
from connector.web.metrics import Metrics
from connector.web.services import WebServices
from connector.wiring import connect


def worker() -> Flask:
    """The application in a worker of our own server, which it must not outlive."""
    server = multiprocessing.parent_process()
    if server is not None:
        threading.Thread(target=_end_after, args=(server.join,), daemon=True).start()
    return create()


def create() -> Flask:
    """Web and jobs in one process, from the settings found here. Raises ConfigError."""
    settings = load_settings(os.environ, Path.cwd()).require_site()
    configure_logging(secrets=settings.secrets)
    metrics = Metrics()
    services = connect(settings, metrics.atlassian_called)

    def handle_event(event: Event) -> None:
        handle(event, services.ports)

    jobs = Jobs(
        settings.database_url,
        handle_event,
        site=settings.site,
        poll_seconds=settings.poll_seconds,
    )
    jobs.launch_in_background()

    def ready() -> dict[str, bool]:
        return {"database": _answers(services.store.ping), "jobs": jobs.running}

    return create_app(
        WebServices(
            site=services.site,
            store=services.store,
            queue=jobs.queue,
            wiki=services.ports.wiki,
            tracker=services.ports.tracker,
            turns=services.ports.turns,
            clock=services.ports.clock,
            policy=services.ports.policy,
            words=words,
            locale=settings.locale,
            base_url=settings.base_url,
            confluence_origin=_origin(settings.confluence_url),
            confluence_url=settings.confluence_url,
            jira_url=settings.jira_url,
            descriptor=load_descriptor(),
            ready=ready,
            job_counts=lambda: asdict(jobs.counts),
            webhook_secret=settings.webhook_secret.encode() or None,
            api_token=settings.api_token or None,
            metrics=metrics,
        )
    )


def _end_after(join: Callable[[], None]) -> None:
    """A killed server cannot end its workers; jobs that were running go on at the next start."""
    join()
    os._exit(1)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _answers(ping: Callable[[], None]) -> bool:
    try:
        ping()
    except OkrError:
        return False
    return True
