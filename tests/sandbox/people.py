"""A browser without a window: the sandbox's pages, as one user after another."""

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sandbox.directory import User
from sandbox.jira.model import Issue
from sandbox.site import Site

STRANGER = "anonymous"
SECRET = "Agree on budgets for the six internal services"


@dataclass(frozen=True)
class Browser:
    client: FlaskClient

    def read(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return answer.get_data(as_text=True)

    def send(self, path: str, status: int = 303, /, **form: str) -> str:
        """Fill a form and press its button; the text of the answer, or of the page it leads to."""
        answer = self.client.post(path, data=form)
        assert answer.status_code == status, (path, answer.status_code)
        onwards = answer.headers.get("Location")
        if onwards is not None:
            return self.read(onwards.partition("#")[0])
        return answer.get_data(as_text=True)

    def posted(self, path: str, /, **form: str) -> TestResponse:
        return self.client.post(path, data=form)


def browser(app: Flask, user: User | None) -> Browser:
    """The pages as this user chose to act; None is a stranger."""
    opened = Browser(app.test_client())
    chosen = user.account_id if user else STRANGER
    assert opened.posted("/account", user=chosen, back="/").status_code == 303
    return opened


def issue(site: Site, key: str = "HBR-24") -> Issue:
    found = site.issues.find(key)
    assert found is not None
    return found


def hidden(site: Site) -> Issue:
    return next(one for one in site.issues.all() if one.summary == SECRET)
