"""The application as a server's worker makes it, after the fork, with the jobs beside it."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import structlog
from flask import Flask

from connector.catalogue import words
from connector.config import load_settings
from connector.core.errors import OkrError
from connector.core.events import Event
from connector.jobs import Jobs
from connector.log import configure_logging
from connector.usecases.handle import handle
from connector.usecases.manage_installation import forget_gone
from connector.usecases.sites import NotConnected
from connector.web.app import create_app
from connector.web.connect import load_descriptor
from connector.web.metrics import Metrics
from connector.web.pace import Pace
from connector.web.services import WebServices
from connector.web.signin import open_sign_in
from connector.wiring import Service, open_service
from connector.wiring.app_doors import app_doors
from connector.wiring.publishing import due_pages
from connector.wiring.sign_in import sign_in_of

log = structlog.get_logger(__name__)

_HOUR = 3600.0


def worker() -> Flask:
    """The application in a worker of our own server, which it must not outlive."""
    server = multiprocessing.parent_process()
    if server is not None:
        threading.Thread(target=_end_after, args=(server.join,), daemon=True).start()
    return create()


def create() -> Flask:
    """Web and jobs in one process, from the settings found here. Raises ConfigError."""
    settings = load_settings(os.environ, Path.cwd()).require_door()
    configure_logging(secrets=settings.secrets)
    metrics = Metrics()
    open_here = open_service(settings, metrics.atlassian_called)

    def handle_event(event: Event) -> None:
        try:
            site = open_here.sites.of(event.site)
        except NotConnected:
            log.info("event.dropped", event_id=event.identity, reason="the site is gone")
            return
        handle(event, site.ports)

    jobs = Jobs(
        settings.database_url,
        handle_event,
        sites=open_here.sites.names,
        poll_seconds=settings.poll_seconds,
        chore=lambda: _forget_gone(open_here),
        due=lambda: due_pages(open_here.sites),
        publish_seconds=open_here.policy.publish_every_seconds,
    )
    jobs.launch_in_background()

    def ready() -> dict[str, bool]:
        return {"database": _answers(open_here.store.ping), "jobs": jobs.running}

    app = create_app(
        WebServices(
            sites=open_here.sites,
            site=open_here.own,
            store=open_here.store,
            queue=jobs.queue,
            clock=open_here.clock,
            policy=open_here.policy,
            words=words,
            locale=settings.locale,
            base_url=settings.base_url,
            descriptor=load_descriptor(),
            ready=ready,
            job_counts=lambda: asdict(jobs.counts),
            webhook_secret=settings.webhook_secret.encode() or None,
            webhook_path_token=settings.webhook_path_token or None,
            **app_doors(settings, open_here.installations),
            api_token=settings.api_token or None,
            metrics=metrics,
            pace=Pace(open_here.policy.requests_per_minute),
        )
    )
    signing_in = sign_in_of(settings, open_here.clock, open_here.store.database)
    if signing_in is not None:
        open_sign_in(app, signing_in)
    return app


def _forget_gone(here: Service) -> float:
    """Sites that let us go some time ago; seconds until the next look."""
    if here.installations is not None:
        gone = forget_gone(
            installations=here.installations,
            store=here.store,
            now=here.clock.now(),
            after=timedelta(days=here.policy.keep_after_uninstall_days),
            own=here.own,
        )
        for site in gone:
            log.info("site.forgotten", site=site)
    return _HOUR


def _end_after(join: Callable[[], None]) -> None:
    """A killed server cannot end its workers; jobs that were running go on at the next start."""
    join()
    os._exit(1)


def _answers(ping: Callable[[], None]) -> bool:
    try:
        ping()
    except OkrError:
        return False
    return True
