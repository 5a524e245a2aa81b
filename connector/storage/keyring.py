"""Secrets at rest: encrypted with a ring of keys, of which the first one writes."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from connector.core.errors import ConfigError


class SecretUnreadable(ConfigError):
    """No key of the ring opens what is kept: the key it was written with was taken away."""

    code = "secret_unreadable"


class Keyring:
    """
    Encrypts text for the database, authenticated (AES-CBC with HMAC, as Fernet has it).

    To change keys put the new one before the old one, let `rewrite` go over what is kept, then
    take the old one away. https://cryptography.io/en/latest/fernet/#cryptography.fernet.MultiFernet
    """

    def __init__(self, keys: Sequence[str]) -> None:
        """Raises ConfigError for a key that is none, which is not repeated."""
        try:
            self._ring = MultiFernet([Fernet(key) for key in keys])
        except (ValueError, TypeError):
            raise ConfigError(
                "OKR_ENCRYPTION_KEY: expected one or more keys made by `okr-connector new-key`, "
                "separated by commas"
            ) from None

    def __repr__(self) -> str:
        return "Keyring()"

    def lock(self, text: str) -> str:
        return self._ring.encrypt(text.encode()).decode()

    def open(self, locked: str) -> str:
        """Raises SecretUnreadable."""
        try:
            return self._ring.decrypt(locked).decode()
        except (InvalidToken, ValueError):  # the latter for a text beyond ASCII
            raise SecretUnreadable(
                "a secret in the database was written with a key that OKR_ENCRYPTION_KEY lacks"
            ) from None

    def rewrite(self, locked: str) -> str:
        """The same secret under the first key. Raises SecretUnreadable."""
        return self.lock(self.open(locked))


def new_key() -> str:
    return Fernet.generate_key().decode()
