"""Internal authorities, certificates of our own, and proxies, on real connections."""

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import certifi
import pytest
from werkzeug import Request, Response
from werkzeug.serving import make_server

from connector.atlassian.auth import Credentials
from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door, Limits
from connector.atlassian.key_fetch import fetched
from connector.atlassian.oauth import Application, ConfluenceOAuth
from connector.atlassian.remedies import Remedy
from connector.atlassian.transport import PUBLIC_TRUST, Trust, TrustingSession
from connector.core.errors import Unavailable
from tests.atlassian.serving import served


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a company's own authority, and certificates it signed: site and client."""
    folder = tmp_path_factory.mktemp("pki")
    _openssl(
        folder,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
        " -subj /CN=Company -keyout ca.key -out ca.pem",
    )
    (folder / "san").write_text("subjectAltName=IP:127.0.0.1\n", encoding="ascii")
    for name in ("site", "client"):
        _openssl(
            folder,
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
            f" -subj /CN={name} -keyout {name}.key -out {name}.csr",
        )
        _openssl(
            folder,
            f"x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2"
            f" -extfile san -out {name}.crt",
        )
        both = "".join((folder / f"{name}.{end}").read_text("ascii") for end in ("key", "crt"))
        (folder / f"{name}.pem").write_text(both, encoding="ascii")
    return folder


def _openssl(folder: Path, words: str) -> None:
    """The tool that comes with every system's certificates; Python can verify, but not sign."""
    tool = shutil.which("openssl")
    assert tool is not None, "install openssl"
    subprocess.run([tool, *words.split()], cwd=folder, check=True, capture_output=True)


@contextmanager
def secure_site(authority: Path, *, wants_certificate: bool = False) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "site.pem")
    if wants_certificate:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(authority / "ca.pem")
    server = make_server("127.0.0.1", 0, _empty, threaded=True, ssl_context=context)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@Request.application
def _empty(_request: Request) -> Response:
    return Response("{}", mimetype="application/json")


def door(address: str, trust: Trust = PUBLIC_TRUST) -> Door:
    limits = Limits(timeout=3, concurrent=1)
    return Door("jira", address, Credentials("t"), limits=limits, trust=trust)


def test_a_certificate_of_an_unknown_authority_is_refused_and_says_what_to_set(
    authority: Path,
) -> None:
    with secure_site(authority) as address, pytest.raises(Unavailable) as failed:
        door(address).read(Read.DC_JIRA_MYSELF)

    assert failed.value.remedy is Remedy.CERTIFICATE


def test_the_companys_authority_is_trusted_once_it_is_named(authority: Path) -> None:
    with secure_site(authority) as address:
        trust = Trust(ca_bundle=str(authority / "ca.pem"))

        assert door(address, trust).read(Read.DC_JIRA_MYSELF) == {}


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_authority_of_the_settings_goes_before_that_of_the_environment(
    authority: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """For the site, for signing in and for Atlassian's keys alike, and in both directions."""
    others = tmp_path / "others.pem"
    others.write_bytes(Path(certifi.where()).read_bytes())
    ours, theirs = Trust(str(authority / "ca.pem")), Trust(str(others))
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    with secure_site(authority) as address:
        monkeypatch.setenv(variable, str(others))
        assert door(address, ours).read(Read.DC_JIRA_MYSELF) == {}
        assert fetched(TrustingSession(ours), address, 3, 100) == b"{}"
        monkeypatch.setenv(variable, str(authority / "ca.pem"))
        assert fetched(TrustingSession(), address, 3, 100) == b"{}"
        with pytest.raises(Unavailable):
            door(address, theirs).read(Read.DC_JIRA_MYSELF)
        with pytest.raises(Unavailable):
            fetched(TrustingSession(theirs), address, 3, 100)
        with pytest.raises(Unavailable):
            _oauth(address, theirs).refresh("refresh-token")


def _oauth(address: str, trust: Trust) -> ConfluenceOAuth:
    return ConfluenceOAuth(address, Application("id", "secret", f"{address}/back"), trust=trust)


@pytest.mark.parametrize("shown", [True, False])
def test_a_site_may_want_a_certificate_of_ours(authority: Path, shown: bool) -> None:
    ours = str(authority / "client.pem") if shown else ""
    trust = Trust(str(authority / "ca.pem"), ours)
    with secure_site(authority, wants_certificate=True) as address:
        if shown:
            assert door(address, trust).read(Read.DC_JIRA_MYSELF) == {}
        else:
            with pytest.raises(Unavailable) as failed:
                door(address, trust).read(Read.DC_JIRA_MYSELF)
            assert failed.value.remedy in {Remedy.CERTIFICATE, Remedy.NETWORK}


def test_requests_go_through_the_proxy_of_the_environment_and_past_it_where_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    @Request.application
    def proxy(request: Request) -> Response:
        asked.append(request.environ["REQUEST_URI"])
        return Response("{}", mimetype="application/json")

    for name in ("NO_PROXY", "no_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    with served(proxy) as address:
        monkeypatch.setenv("http_proxy", address)
        door("http://jira.corp.example/jira").read(Read.DC_JIRA_MYSELF)
        monkeypatch.setenv("no_proxy", ".corp.example")
        with pytest.raises(Unavailable) as failed:
            door("http://jira.corp.example/jira").read(Read.DC_JIRA_MYSELF)

    assert asked == ["http://jira.corp.example/jira/rest/api/2/myself"]
    assert failed.value.remedy is Remedy.HOST


def test_a_proxy_that_is_not_there_is_named_as_the_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")

    with pytest.raises(Unavailable) as failed:
        door("https://jira.corp.example").read(Read.DC_JIRA_MYSELF)

    assert failed.value.remedy is Remedy.PROXY
