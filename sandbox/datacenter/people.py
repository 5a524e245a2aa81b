"""
What Data Center calls people.

Both products know a person by one username. Behind it each has a key of its own: 32 hexadecimal
digits in Confluence, `JIRAUSER…` in Jira. The stores know people by account id; what the API
says and hears is translated here.
"""

import hashlib
from dataclasses import dataclass

from sandbox.directory import USERS, User, user_by_id

_FIRST_JIRA_USER = 10100


@dataclass(frozen=True, slots=True)
class Account:
    """A person's names; `user` is who it is in the directory."""

    user: User
    username: str
    userkey: str
    jira_key: str
    password: str


def _account(user: User, number: int) -> Account:
    username = user.email.partition("@")[0]
    digest = hashlib.sha256(f"userkey/{username}".encode()).hexdigest()
    return Account(
        user,
        username,
        userkey=f"2c9d829d{digest[:24]}",
        jira_key=f"JIRAUSER{_FIRST_JIRA_USER + number}",
        password=f"sandbox-password-{username}",
    )


ACCOUNTS = tuple(_account(user, number) for number, user in enumerate(USERS))
_BY_ID = {account.user.account_id: account for account in ACCOUNTS}
_BY_NAME = {account.username: account for account in ACCOUNTS}
_BY_KEY = {
    key: account for account in ACCOUNTS for key in (account.userkey, account.jira_key.casefold())
}


def account_of(user: User) -> Account:
    return _BY_ID[user.account_id]


def account_by_id(account_id: str | None) -> Account | None:
    return _BY_ID.get(account_id) if user_by_id(account_id) and account_id else None


def by_username(name: str) -> Account | None:
    return _BY_NAME.get(name.casefold())


def by_key(key: str) -> Account | None:
    """By the key of either product; the two never look alike."""
    return _BY_KEY.get(key.casefold())


def by_any_name(text: str) -> Account | None:
    """As queries name people: username or key, else the full name or the address."""
    wanted = text.casefold()
    found = by_username(wanted) or by_key(wanted)
    if found is not None:
        return found
    named = (a for a in ACCOUNTS if wanted in {a.user.name.casefold(), a.user.email.casefold()})
    return next(named, None)
