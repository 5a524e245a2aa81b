"""Installing a Forge app and ending that, its triggers and its schedules."""

import secrets
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from threading import Thread

from sandbox.directory import ADMIN, User, app_user, introduce
from sandbox.forge.deliveries import Deliveries, Delivery
from sandbox.forge.events import INSTALLED, installed_event, scopes_of
from sandbox.forge.installation import Installation, Invocation, new_number
from sandbox.forge.manifest import Endpoint, Manifest, WrongManifest, read
from sandbox.forge.remote import post
from sandbox.forge.tokens import OauthTokens
from sandbox.hooks.disturbance import Disturbance
from sandbox.outbound import NoAnswer, wait_for
from sandbox.wire import JsonObject, as_list, as_object, as_text

_MINUTE = 60.0
_SECONDS = {"fiveMinute": 300.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0}


class ForgeHost:
    """The one Forge app of a site. `now` is the site's clock, by which tokens of the site age."""

    def __init__(self, base: str, now: Callable[[], datetime]) -> None:
        self.base = base
        self.cloud_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"cloud/{base}"))
        self.tokens = OauthTokens(now)
        self.installation: Installation | None = None
        self.manifest: Manifest | None = None
        self.weather: Disturbance[Delivery] = Disturbance()
        self.deliveries = Deliveries(self.tokens, lambda: self.weather, self._is_there)
        self.secret = secrets.token_bytes(32)
        self._environment = new_number()

    def _is_there(self, installation: Installation) -> bool:
        return self.installation is not None and self.installation.id == installation.id

    def deploy(self, path: Path, remote: str) -> Manifest:
        """Read the manifest that `install` goes by. Raises `WrongManifest`."""
        self.manifest = read(path, remote)
        return self.manifest

    def install(self, installer: User = ADMIN) -> Installation:
        """Another installation each time, of the same app in the same site."""
        if self.manifest is None:
            raise WrongManifest("no app is deployed")
        user = app_user(self.manifest.app_id, self.manifest.name)
        introduce(user)
        made = Installation(
            manifest=self.manifest,
            cloud_id=self.cloud_id,
            site_url=self.base,
            api=self.base,
            user=user,
            number=new_number(),
            environment=self._environment,
        )
        self.installation = made
        product = made.manifest.products[0]
        self.tell(product, installed_event(made, installer), selfmade=False)
        for module in made.manifest.listed("scheduledTrigger"):
            self._plan(made, module, self.deliveries.timing.first)
        return made

    def install_when_there(self, remote: str) -> None:
        """Install once the app's server is up, unless somebody did; after a minute in any case."""

        def work() -> None:
            wait_for(remote, _MINUTE)
            if self.installation is None:
                self.install()

        Thread(target=work, name="forge-install", daemon=True).start()

    def uninstall(self) -> str | None:
        """Tells the app first, as `preUninstall` does. Gives what went wrong with that."""
        gone, problem = self.installation, None
        if gone is None:
            raise WrongManifest("no app is installed")
        for module in gone.manifest.listed("preUninstall"):
            if key := as_text(module.get("endpoint")):
                problem = self._last_word(gone, gone.manifest.endpoint(key), module)
        self.installation = None
        return problem

    def _last_word(self, gone: Installation, endpoint: Endpoint, module: JsonObject) -> str | None:
        context = gone.context(as_text(module.get("key")))
        invocation = Invocation("core:endpoint", endpoint.key, gone.manifest.products[0], context)
        told = {"payload": {"id": gone.number, "app": {"id": gone.app_uuid}}}
        try:
            answer = post(gone, endpoint, invocation, self.tokens, told)
        except NoAnswer as error:
            return str(error)
        return None if answer.ok else f"the app answered {answer.status}"

    def tell(self, product: str, event: JsonObject, *, selfmade: bool | None = None) -> None:
        """An event, to every trigger that listens to it and may be told."""
        found = self.installation
        if found is None:
            return
        author = event.get("atlassianId")
        own = author == found.user.account_id if selfmade is None else selfmade
        if event["eventType"] != INSTALLED:
            event = {**event, "selfGenerated": own}
        for module, endpoint in self._listening(found, str(event["eventType"])):
            if own and product == "jira" and _ignores_own(module):
                continue
            key = as_text(module.get("key"))
            self.deliveries.send(Delivery(found, endpoint, product, key, event))

    def _listening(self, found: Installation, event: str) -> Iterator[tuple[JsonObject, Endpoint]]:
        if not scopes_of(event) <= found.manifest.scopes:
            return
        for module in found.manifest.listed("trigger"):
            if event in as_list(module.get("events")) and module.get("endpoint"):
                yield module, found.manifest.endpoint(as_text(module["endpoint"]))

    def _plan(self, made: Installation, module: JsonObject, seconds: float) -> None:
        def due() -> None:
            if not self._is_there(made):
                return
            self.keep_schedule(module)
            interval = self.deliveries.timing.interval
            usual = _SECONDS.get(as_text(module.get("interval")), _SECONDS["hour"])
            self._plan(made, module, interval or usual)

        self.deliveries.agenda.later(seconds, due, recurring=True)

    def keep_schedule(self, module: JsonObject) -> None:
        """Nobody is in session, and the body's shape is not documented for a remote."""
        found, key = self.installation, as_text(module.get("key"))
        if found is None or not module.get("endpoint"):
            return
        endpoint = found.manifest.endpoint(as_text(module["endpoint"]))
        event = {
            "context": {"cloudId": found.cloud_id, "moduleKey": key},
            "contextToken": secrets.token_urlsafe(64),
        }
        delivery = Delivery(found, endpoint, found.manifest.products[0], key, event)
        self.deliveries.send_now(delivery)

    def keep_schedules(self) -> int:
        """All of them at once; gives how many there are."""
        found = self.installation
        modules = list(found.manifest.listed("scheduledTrigger")) if found else []
        for module in modules:
            self.keep_schedule(module)
        return len(modules)


def _ignores_own(module: JsonObject) -> bool:
    """Which Forge heeds for events of Jira alone."""
    return as_object(module.get("filter")).get("ignoreSelf") is True
