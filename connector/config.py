"""Settings: environment over one TOML file, read once; everything wrong is said at once."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from connector.core.errors import ConfigError
from connector.core.json import JsonObject
from connector.core.okr import SiteId

FILE_NAME = "okr-connector.toml"
DEFAULT_DATABASE = "sqlite:///okr-connector.sqlite"
DEFAULT_PORT = 8090
_FIELD = re.compile(r"(?:customfield_)?([0-9]{1,18})|cf\[([0-9]{1,18})\]")
CLOUD, DATA_CENTER = "cloud", "datacenter"
_CLOUD_HOSTS = (".atlassian.net", ".jira.com", "api.atlassian.com")
_SECRETS = frozenset(
    {
        "token",
        "jira_token",
        "webhook_secret",
        "webhook_path_token",
        "api_token",
        "encryption_key",
        "oauth_client_secret",
    }
)
CONNECT_HOSTS = (".atlassian.net", ".jira.com", ".jira-dev.com")
ATLASSIAN_API = "https://api.atlassian.com"
# 128 bits, as hexadecimal or longer in any other alphabet
_LEAST_PATH_TOKEN = 32
_PATH_TOKEN = re.compile(r"[A-Za-z0-9_-]+")
_APP_ID = re.compile(
    r"(?:ari:cloud:ecosystem::app/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Settings:
    """
    What one process runs with. Secrets come from the environment alone and are not shown.

    Three doors may be open beside each other: the site that `token` reads, sites that install
    the Forge app `forge_app_id`, and sites that install the Connect app. Whose key servers and
    hosts are believed is written here, never taken from what a caller sends; where nothing is
    written, Atlassian's.
    """

    # its address may carry a password
    database_url: str = field(default=DEFAULT_DATABASE, repr=False)
    base_url: str = ""
    confluence_url: str = ""
    jira_url: str = ""
    user: str = ""
    locale: str = "en"
    poll_seconds: int = 180
    allow_http: bool = False
    deployment: str = CLOUD
    epic_field: str = ""
    ca_bundle: str = ""
    client_certificate: str = ""
    token: str = field(default="", repr=False)
    jira_token: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    api_token: str = field(default="", repr=False)
    encryption_key: str = field(default="", repr=False)
    webhook_path_token: str = field(default="", repr=False)
    connect: bool = False
    connect_script: str = ""
    connect_key_hosts: tuple[str, ...] = ()
    connect_hosts: tuple[str, ...] = CONNECT_HOSTS
    forge_app_id: str = ""
    forge_keys: str = ""
    atlassian_api: str = ATLASSIAN_API
    oauth_client_id: str = ""
    oauth_client_secret: str = field(default="", repr=False)
    policy: JsonObject = field(default_factory=dict)

    @property
    def site(self) -> SiteId:
        """The token's site by its name in our cache: where its wiki lives."""
        return SiteId(urlsplit(self.confluence_url).netloc)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show."""
        named = (getattr(self, name) for name in sorted(_SECRETS))
        keys = self.encryption_keys
        return tuple(filter(None, (*named, *keys, *_passwords(self.database_url))))

    @property
    def encryption_keys(self) -> tuple[str, ...]:
        return tuple(filter(None, re.split(r"[,\s]+", self.encryption_key)))

    @property
    def has_token_site(self) -> bool:
        return bool(self.confluence_url and self.jira_url and self.token)

    @property
    def takes_installations(self) -> bool:
        return self.connect or bool(self.forge_app_id)

    def require_door(self) -> "Settings":
        """
        These settings, or ConfigError: a service needs a site of its own or a way to be
        installed, and whoever keeps other people's secrets needs a key to keep them with.
        """
        if not self.takes_installations or self.confluence_url or self.jira_url or self.token:
            self.require_site()
        if self.oauth_client_id and not self.base_url:
            raise ConfigError(
                "not set: OKR_BASE_URL. People who sign in come back to it, and it must be the "
                "redirect URL of the application link, to the letter."
            )
        if (self.takes_installations or self.oauth_client_id) and not self.encryption_keys:
            raise ConfigError(
                "not set: OKR_ENCRYPTION_KEY. Sites and people give us secrets, which are only "
                "kept encrypted; `okr-connector new-key` prints a key."
            )
        return self

    def require_site(self) -> "Settings":
        """These settings, or ConfigError naming what a connection to a site still lacks."""
        missing = [
            f"OKR_{name.upper()}"
            for name in ("confluence_url", "jira_url", "token")
            if not getattr(self, name)
        ]
        if missing:
            raise ConfigError(
                f"not set: {', '.join(missing)}. `okr-connector init` writes the settings file; "
                "tokens are read from the environment only."
            )
        return self


def load_settings(env: Mapping[str, str], folder: Path) -> Settings:
    """Settings from the environment and, in `folder`, the settings file if there is one.

    Raises ConfigError with every problem found.
    """
    written = _from_file(folder / FILE_NAME)
    problems: list[str] = []
    found: dict[str, object] = {}
    for name, read in _READERS.items():
        value = _value(name, env, written)
        if value is None:
            continue
        try:
            found[name] = read(value)
        except ValueError as error:
            problems.append(f"OKR_{name.upper()}: {error}")
    problems += [f"{FILE_NAME}: secrets do not belong there: {k}" for k in written if k in _SECRETS]
    problems += [
        f"{FILE_NAME}: unknown setting: {key}"
        for key in written
        if key not in _READERS and key not in {"policy", "token_variable"}
    ]
    problems += _open_road(found)
    found.setdefault("deployment", _deployment_of(found))
    if problems:
        raise ConfigError("; ".join(problems))
    policy = written.get("policy", {})
    settings = Settings(policy=policy, **found)  # type: ignore[arg-type] # read one by one above
    return _with_jira_token(settings)


def _with_jira_token(settings: Settings) -> Settings:
    if settings.jira_token or not settings.token:
        return settings
    values = {name: getattr(settings, name) for name in settings.__slots__}
    return Settings(**{**values, "jira_token": settings.token})


def _from_file(path: Path) -> JsonObject:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name} cannot be read: {error}") from error


def _value(name: str, env: Mapping[str, str], written: JsonObject) -> str | None:
    variable = f"OKR_{name.upper()}"
    if name == "token":
        variable = str(written.get("token_variable", variable))
        variable = variable if env.get(variable) else "OKR_TOKEN"
    if env.get(variable):
        return env[variable]
    if name in _SECRETS or name not in written:
        return None
    return str(written[name])


def _passwords(url: str) -> tuple[str, ...]:
    """The password in an address, as it is written there and as it is sent."""
    try:
        written = urlsplit(url).password or ""
    except ValueError:
        return ()
    return written, unquote(written)


def _token(text: str) -> str:
    """Tokens travel in headers. What was given is not repeated: it is a secret all the same."""
    token = text.strip()
    if not (token.isascii() and token.isprintable()):
        raise ValueError("expected a token of printable ASCII characters")
    return token


def _url(text: str) -> str:
    parts = urlsplit(text.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"expected an address such as https://example.atlassian.net, got {text!r}")
    if parts.username or parts.password:
        raise ValueError("an address must not carry a user or a password")
    if parts.query or parts.fragment:
        raise ValueError("an address must not carry a query or a fragment")
    return text.strip().rstrip("/")


def _wiki_url(text: str) -> str:
    """On Cloud the wiki lives below /wiki, which people forget to write."""
    url = _url(text)
    parts = urlsplit(url)
    cloud = (parts.hostname or "").endswith((".atlassian.net", ".jira.com"))
    return f"{url}/wiki" if cloud and parts.path in ("", "/") else url


def _locale(text: str) -> str:
    tag = text.strip().replace("_", "-")
    if tag.lower().split("-")[0] not in ("en", "zh"):
        raise ValueError(f"expected en or zh-CN, got {text!r}")
    return "zh-CN" if tag.lower().startswith("zh") else "en"


def _seconds(text: str) -> int:
    if not text.strip().isdigit() or not 1 <= int(text) <= 86_400:
        raise ValueError(f"expected whole seconds from 1 to 86400, got {text!r}")
    return int(text)


def _yes(text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.strip().lower() not in known:
        raise ValueError(f"expected true or false, got {text!r}")
    return known[text.strip().lower()]


def _database(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("expected sqlite:///FILE or postgresql://…")
    return text


def _deployment(text: str) -> str:
    name = text.strip().lower().replace("-", "").replace("_", "").replace(" ", "")
    if name not in (CLOUD, DATA_CENTER):
        raise ValueError(f"expected {CLOUD} or {DATA_CENTER}, got {text!r}")
    return name


def _custom_field(text: str) -> str:
    """`10008` and `cf[10008]` mean customfield_10008, as Jira writes it in different places."""
    found = _FIELD.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"expected the id of a field such as customfield_10008, got {text!r}")
    return f"customfield_{found[1] or found[2]}"


def _app_id(text: str) -> str:
    """The bare id, however it was copied from `forge register`."""
    found = _APP_ID.fullmatch(text.strip())
    if found is None:
        raise ValueError(
            "expected the app's id: ari:cloud:ecosystem::app/<uuid>, or the uuid alone"
        )
    return found[1].lower()


def _urls(text: str) -> tuple[str, ...]:
    return tuple(_url(one) for one in filter(None, re.split(r"[,\s]+", text)))


def _hosts(text: str) -> tuple[str, ...]:
    """`host`, `host:port`, or `.domain` for all hosts below it."""
    found = tuple(filter(None, re.split(r"[,\s]+", text.lower())))
    if wrong := [one for one in found if not re.fullmatch(r"\.?[a-z0-9.-]+(?::[0-9]+)?", one)]:
        raise ValueError(f"expected hosts such as .atlassian.net, got {wrong[0]!r}")
    return found


def _path_token(text: str) -> str:
    """It is part of an address, and has nothing else to protect it than its length."""
    token = text.strip()
    if len(token) < _LEAST_PATH_TOKEN or not _PATH_TOKEN.fullmatch(token):
        raise ValueError(f"expected at least {_LEAST_PATH_TOKEN} letters, digits, - or _")
    return token


def _pem_file(text: str) -> str:
    """Where the file is, whatever the working directory is later."""
    path = Path(text.strip()).expanduser().absolute()
    try:
        readable = "-----BEGIN " in path.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from error
    if not readable:
        raise ValueError(f"{path} is no PEM file (it has no line -----BEGIN …)")
    return str(path)


def _open_road(found: Mapping[str, object]) -> list[str]:
    """A token must not travel in the clear, except within this machine or on purpose."""
    if found.get("allow_http"):
        return []
    return [
        f"OKR_{name.upper()}: plain http would send the token in the clear; use https, "
        "or set OKR_ALLOW_HTTP=true for a network that you trust"
        for name in ("confluence_url", "jira_url")
        if (url := found.get(name)) and _is_clear(urlsplit(str(url)))
    ]


def _deployment_of(found: Mapping[str, object]) -> str:
    """
    Cloud for its hosts, and wherever a user goes with the token (Basic); else Data Center, where
    a personal access token stands alone (Bearer).
    """
    host = urlsplit(str(found.get("confluence_url") or found.get("jira_url") or "")).hostname
    if found.get("user") or not host or host.endswith(_CLOUD_HOSTS):
        return CLOUD
    return DATA_CENTER


def _is_clear(parts: SplitResult) -> bool:
    return parts.scheme == "http" and not is_loopback(parts.hostname or "")


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("10.0.0.1")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


_READERS: Mapping[str, Callable[[str], object]] = {
    "database_url": _database,
    "base_url": _url,
    "confluence_url": _wiki_url,
    "jira_url": _url,
    "user": str.strip,
    "locale": _locale,
    "poll_seconds": _seconds,
    "allow_http": _yes,
    "deployment": _deployment,
    "epic_field": _custom_field,
    "ca_bundle": _pem_file,
    "client_certificate": _pem_file,
    "token": _token,
    "jira_token": _token,
    "webhook_secret": str.strip,
    "api_token": _token,
    "encryption_key": str.strip,
    "webhook_path_token": _path_token,
    "connect": _yes,
    "connect_key_hosts": _urls,
    "connect_script": _url,
    "connect_hosts": _hosts,
    "forge_app_id": _app_id,
    "forge_keys": _url,
    "atlassian_api": _url,
    "oauth_client_id": str.strip,
    "oauth_client_secret": str.strip,
}
