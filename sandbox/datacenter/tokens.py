"""
Personal access tokens: each product has its own, and knows only those.

https://confluence.atlassian.com/enterprise/using-personal-access-tokens-1026032365.html
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from sandbox.datacenter.people import ACCOUNTS, Account, account_of
from sandbox.directory import ADMIN
from sandbox.wire import JsonObject

MOST_TOKENS = 10
LIFE = timedelta(days=90)
_FIRST_ID = 1


@dataclass(frozen=True, slots=True)
class Token:
    """`expires` None: never. The text is told once, when the token is made."""

    id: int
    name: str
    text: str
    account: Account
    created: datetime
    expires: datetime | None
    used: datetime | None = None


def planted_text(product: str, account: Account) -> str:
    """The token that everybody has from the start: the same in every run."""
    digest = hashlib.sha256(f"{product}/{account.username}".encode()).digest()
    return base64.b64encode(digest[:30]).decode().replace("+", "A").replace("/", "B")


class Tokens:
    """Those of one product. Everybody has one from the start, good for 90 days."""

    def __init__(self, product: str, *, at: datetime) -> None:
        self._lock = Lock()
        self._tokens: dict[int, Token] = {}
        for account in ACCOUNTS:
            text = planted_text(product, account)
            self._add(Token(0, "sandbox", text, account, at, at + LIFE))

    def _add(self, token: Token) -> Token:
        kept = replace(token, id=max(self._tokens, default=_FIRST_ID - 1) + 1)
        self._tokens[kept.id] = kept
        return kept

    def holder(self, text: str, *, at: datetime) -> Account | None:
        """Whose token it is; None when it is nobody's, or expired."""
        with self._lock:
            for token in self._tokens.values():
                if secrets.compare_digest(token.text.encode(), text.encode()):
                    if token.expires is not None and token.expires <= at:
                        return None
                    self._tokens[token.id] = replace(token, used=at)
                    return token.account
        return None

    def of(self, account: Account) -> list[Token]:
        with self._lock:
            return [token for token in self._tokens.values() if token.account is account]

    def issue(self, account: Account, name: str, *, at: datetime, days: int | None) -> Token:
        text = base64.b64encode(secrets.token_bytes(33)).decode()
        expires = None if days is None else at + timedelta(days=days)
        with self._lock:
            return self._add(Token(0, name, text, account, at, expires))

    def revoke(self, account: Account, token_id: int) -> bool:
        """False when the account has no such token."""
        with self._lock:
            held = self._tokens.get(token_id)
            if held is None or held.account is not account:
                return False
            del self._tokens[token_id]
            return True


def ready_of_data_center(base: str) -> JsonObject:
    """The first line of the server: where the products are, and everybody's first tokens."""
    people = [
        {
            "name": account.user.name,
            "username": account.username,
            "userkey": account.userkey,
            "jira_key": account.jira_key,
            "password": account.password,
            "token": planted_text("confluence", account),
            "jira_token": planted_text("jira", account),
        }
        for account in ACCOUNTS
    ]
    bot = account_of(ADMIN)
    return {
        "flavor": "dc",
        "confluence": f"{base}/confluence",
        "jira": f"{base}/jira",
        "boards": f"{base}/jira/boards",
        "user": bot.username,
        "password": bot.password,
        "token": planted_text("confluence", bot),
        "jira_token": planted_text("jira", bot),
        "users": people,
    }
