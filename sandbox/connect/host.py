"""
Installing Connect apps and ending that.

`installed` and `uninstalled` are signed with the host's own key, which `/_keys/{kid}` shows.
https://developer.atlassian.com/cloud/confluence/security-for-connect-apps/
"""

import json
import logging
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Lock, Thread

from sandbox.connect.descriptor import Descriptor, WrongDescriptor, fetched
from sandbox.connect.qsh import address_hash
from sandbox.connect.tenancy import LIFE, Tenancy, WrongToken, issuer, new_secret
from sandbox.directory import User, app_user, introduce
from sandbox.outbound import Answer, NoAnswer, call
from sandbox.signing import SigningKey, signing_key
from sandbox.wire import JsonObject

log = logging.getLogger(__name__)

PRODUCTS = ("confluence", "jira")
ACCEPTED = {200, 204}
_PATIENCE = 20.0
_MINUTE = 60.0
_AGAIN = 0.5


class InstallFailed(Exception):
    """The message says why; the app is then as installed as it was before."""


class ConnectHost:
    """
    The apps of one site, by product and key.

    `on_change` is told of every app that came or went, with the one that was there before.
    """

    def __init__(self, bases: dict[str, str]) -> None:
        self._bases = bases
        self._lock = Lock()
        self._held: dict[tuple[str, str], Tenancy] = {}
        self._client_keys = {product: str(uuid.uuid4()) for product in PRODUCTS}
        self.on_change: Callable[[Tenancy, bool], None] = lambda _tenancy, _there: None

    @property
    def key(self) -> SigningKey:
        return signing_key("connect-install")

    def tenancies(self, product: str) -> list[Tenancy]:
        return [one for one in self._held.values() if one.product == product]

    def all(self) -> list[Tenancy]:
        return list(self._held.values())

    def find(self, product: str, key: str) -> Tenancy | None:
        return self._held.get((product, key))

    def modules(self, product: str, kind: str) -> Iterator[tuple[Tenancy, JsonObject]]:
        """The modules of a kind, of every app of a product."""
        for tenancy in self.tenancies(product):
            for module in tenancy.descriptor.listed(kind):
                yield tenancy, module

    def module(self, product: str, kind: str, key: str) -> tuple[Tenancy, JsonObject] | None:
        found = self.modules(product, kind)
        return next(((app, one) for app, one in found if one.get("key") == key), None)

    def install(self, url: str, product: str) -> Tenancy:
        """
        Install from a descriptor, or install again with a new secret.

        Raises `InstallFailed` unless the app says 200 or 204 to `installed`.
        """
        try:
            descriptor = fetched(url)
        except WrongDescriptor as error:
            raise InstallFailed(str(error)) from error
        tenancy = Tenancy(
            product=product,
            descriptor=descriptor,
            descriptor_url=url,
            client_key=self._client_keys[product],
            secret=new_secret(),
            base_url=self._bases[product],
            user=_user_of(descriptor),
        )
        place = (product, descriptor.key)
        with self._lock:
            before = self._held.get(place)
            # The app may call back before it has answered, and then with the new secret.
            self._held[place] = tenancy
            if problem := self._tell(tenancy, "installed"):
                self._put_back(place, before)
                raise InstallFailed(problem)
        if before is not None:
            self.on_change(before, False)
        self.on_change(tenancy, True)
        Thread(target=self._enabled, args=(tenancy,), daemon=True).start()
        return tenancy

    def _enabled(self, tenancy: Tenancy) -> None:
        """A notification that nobody waits for, signed with the secret that the app has by now."""
        if not _told(tenancy, "enabled"):
            return
        url = tenancy.descriptor.address(tenancy.descriptor.lifecycle["enabled"])
        token = tenancy.request_token("POST", url, None)
        with suppress(NoAnswer):
            self._post(tenancy, "enabled", url, token)

    def _put_back(self, place: tuple[str, str], before: Tenancy | None) -> None:
        if before is None:
            del self._held[place]
        else:
            self._held[place] = before

    def install_when_there(self, url: str, product: str) -> None:
        """Install as soon as the app's server is up, for a minute at most; the log tells."""
        Thread(target=self._wait_and_install, args=(url, product), daemon=True).start()

    def _wait_and_install(self, url: str, product: str) -> None:
        deadline = time.monotonic() + _MINUTE
        while True:
            try:
                installed = self.install(url, product)
            except InstallFailed as error:
                if time.monotonic() > deadline:
                    log.error("connect.not_installed product=%s reason=%s", product, error)  # noqa: TRY400 - the reason is the message
                    return
                time.sleep(_AGAIN)
            else:
                log.info("connect.installed product=%s app=%s", product, installed.descriptor.key)
                return

    def uninstall(self, tenancy: Tenancy) -> str | None:
        """Its tokens open nothing from now on. Gives what went wrong with telling the app."""
        with self._lock:
            self._held.pop((tenancy.product, tenancy.descriptor.key), None)
        self.on_change(tenancy, False)
        return self._tell(tenancy, "uninstalled") if _told(tenancy, "uninstalled") else None

    def _tell(self, tenancy: Tenancy, event: str) -> str | None:
        """What went wrong, None when the app took the news."""
        url = tenancy.descriptor.address(tenancy.descriptor.lifecycle[event])
        try:
            answer = self._post(tenancy, event, url, self.lifecycle_token(tenancy, url))
        except NoAnswer as error:
            return f"{event}: {error}"
        if answer.status not in ACCEPTED:
            return f"{event}: the app answered {answer.status}, not 200 or 204"
        return None

    @staticmethod
    def _post(tenancy: Tenancy, event: str, url: str, token: str) -> Answer:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Atlassian HttpClient",
            "Authorization": f"JWT {token}",
        }
        body = json.dumps(lifecycle_body(tenancy, event)).encode()
        return call("POST", url, headers=headers, body=body, seconds=_PATIENCE)

    def lifecycle_token(self, tenancy: Tenancy, url: str) -> str:
        now = int(time.time())
        return self.key.sign(
            {
                "iss": tenancy.client_key,
                "aud": [tenancy.descriptor.base_url],
                "iat": now,
                "exp": now + LIFE,
                "qsh": address_hash("POST", url, tenancy.descriptor.base_url),
            }
        )

    def caller(self, product: str, token: str, method: str, path: str, query: str) -> Tenancy:
        """The app that a token of a request to a product's API belongs to. Raises `WrongToken`."""
        tenancy = self.find(product, issuer(token))
        if tenancy is None:
            raise WrongToken("no such app is installed")
        tenancy.check(token, method, path, query)
        return tenancy


def lifecycle_body(tenancy: Tenancy, event: str) -> JsonObject:
    """The secret is told once, when the app is installed."""
    told = {
        "key": tenancy.descriptor.key,
        "clientKey": tenancy.client_key,
        "oauthClientId": f"sandbox-{tenancy.user.account_id.rpartition(':')[2]}",
        "sharedSecret": tenancy.secret,
        "baseUrl": tenancy.base_url,
        "displayUrl": tenancy.base_url,
        "displayUrlServicedeskHelpCenter": tenancy.base_url,
        "productType": tenancy.product,
        "description": f"Sandbox {tenancy.product.title()} at {tenancy.base_url}",
        "eventType": event,
    }
    if event != "installed":
        del told["sharedSecret"]
    return told


def _told(tenancy: Tenancy, event: str) -> bool:
    return bool(tenancy.descriptor.lifecycle.get(event))


def _user_of(descriptor: Descriptor) -> User:
    user = app_user(descriptor.key, descriptor.name)
    introduce(user)
    return user
