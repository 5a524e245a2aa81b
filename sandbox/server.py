"""Serves the sandbox over HTTP. It listens on loopback unless it is told otherwise."""

import argparse
import json
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Unpack

from werkzeug.serving import BaseWSGIServer, make_server

from sandbox import apps
from sandbox.app import create_app
from sandbox.connections import KeepAlive
from sandbox.datacenter.oauth import links
from sandbox.datacenter.state import LOCALES
from sandbox.datacenter.tokens import ready_of_data_center
from sandbox.directory import ADMIN, USERS
from sandbox.planting import OWN_USER_MACRO, SiteOptions
from sandbox.site import FLAVORS, Site, new_site
from sandbox.traffic.settings import WrongWish, disturb, limit
from sandbox.wiki.user_macros import UserMacros, WrongMacro
from sandbox.wire import JsonObject

MOST_COMPANIES = 999
SEEDS = ("company", "empty")
LIMITS_HELP = 'as POST /_sandbox/limits: {"points": 65000}, or for dc {"tokens": {…}}'
LINK_HELP = 'dc: an application, {"redirect": "http://127.0.0.1:8000/signin/callback"}'
TIMING_HELP = 'seconds, as POST /_sandbox/forge/timing: {"delay": 0.2, "retry": 2}'
FAULTS_HELP = 'as POST /_sandbox/faults: {"jira": "down"}'
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def run(port: int, seed: str, *, host: str = "127.0.0.1", **options: Unpack[SiteOptions]) -> None:
    """
    Serve until SIGINT or SIGTERM. Port 0 takes a free one.

    The first line on stdout is one JSON object with the addresses and the users' tokens; it is
    written once the port accepts connections.
    """
    server = make_server(host, port, _not_ready, threaded=True, request_handler=KeepAlive)
    shown_host = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    base = f"http://{shown_host}:{server.server_port}"
    app = create_app(seed, base=base, **options)
    server.app = app
    site: Site = app.extensions["sandbox"]
    _stop_on_signals(server)
    _announce(_told(base, options) | (apps.told(site) if site.flavor == "cloud" else {}), host)
    apps.start_apps(site, options)
    try:
        server.serve_forever(poll_interval=0.1)
    finally:
        server.server_close()


def _not_ready(_environ: object, start: object) -> list[bytes]:
    """Never answers: connections wait in the backlog until the site is planted."""
    raise NotImplementedError


def _stop_on_signals(server: BaseWSGIServer) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)


def _told(base: str, options: SiteOptions) -> JsonObject:
    """The first line: where everything is, and with which secrets it opens."""
    if options.get("flavor") != "dc":
        return _ready(base)
    link = options.get("incoming_link")
    return ready_of_data_center(base) | ({"incoming_link": link} if link else {})


def _ready(base: str) -> JsonObject:
    return {
        "flavor": "cloud",
        "confluence": f"{base}/wiki",
        "jira": base,
        "boards": f"{base}/jira/boards",
        "user": ADMIN.email,
        "token": ADMIN.token,
        "users": [
            {
                "name": user.name,
                "email": user.email,
                "token": user.token,
                "account_id": user.account_id,
            }
            for user in USERS
        ],
    }


def _announce(ready: JsonObject, host: str) -> None:
    sys.stdout.write(json.dumps(ready, ensure_ascii=True) + "\n")
    sys.stdout.flush()
    if host not in LOOPBACK:
        sys.stderr.write(
            f"The sandbox listens on {host}. Its tokens are public: keep it in a closed network.\n"
        )


def _wish(text: str) -> JsonObject:
    """Reads an option's JSON."""
    try:
        wish = json.loads(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if not isinstance(wish, dict):
        raise argparse.ArgumentTypeError("a JSON object is expected")
    return wish


def _text_of(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _refuse_wrong_wishes(parser: argparse.ArgumentParser, told: argparse.Namespace) -> None:
    """Tries limits and faults on a site of this flavor that nobody uses."""
    site = new_site("", flavor=told.flavor)
    for name, understood in (("limits", limit), ("faults", disturb)):
        try:
            understood(site, getattr(told, name) or {})
        except WrongWish as error:
            parser.error(f"argument --{name}: {error}")
    _refuse_wrong_administration(parser, told)
    try:
        apps.check(vars(told))
    except apps.WrongApp as error:
        parser.error(str(error))


def _refuse_wrong_administration(parser: argparse.ArgumentParser, told: argparse.Namespace) -> None:
    if told.flavor != "dc" and (told.incoming_link is not None or told.user_macro is not None):
        parser.error("--incoming-link and --user-macro are for --flavor dc")
    try:
        if told.incoming_link is not None:
            told.incoming_link = asdict(links.understood(told.incoming_link))
        if told.user_macro is not None:
            UserMacros().put(OWN_USER_MACRO, told.user_macro)
    except (links.WrongLink, WrongMacro) as error:
        parser.error(str(error))


def _companies(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_COMPANIES:
        raise argparse.ArgumentTypeError(f"a number from 1 to {MOST_COMPANIES} is expected")
    return int(text)


def main(
    arguments: Sequence[str] | None = None, *, program: str = "python -m sandbox.server"
) -> None:
    parser = argparse.ArgumentParser(prog=program, description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free port")
    parser.add_argument(
        "--seed", choices=SEEDS, default="company", help="empty: a space and two projects"
    )
    parser.add_argument(
        "--scale", type=_companies, default=1, help="companies side by side, 1,285 issues each"
    )
    parser.add_argument("--flavor", choices=FLAVORS, default="cloud", help="dc: Data Center")
    parser.add_argument("--locale", choices=LOCALES, default="en", help="of Data Center's names")
    parser.add_argument("--host", default="127.0.0.1", help="loopback unless told otherwise")
    parser.add_argument("--webhook-url", help="base URL; /webhooks/jira and …/confluence are added")
    parser.add_argument("--webhook-secret", help="signs the deliveries")
    parser.add_argument("--macro-base", help="base URL of the macro okr-objective")
    parser.add_argument(
        "--user-macro", type=_text_of, metavar="FILE", help="dc: the template of the macro okr"
    )
    parser.add_argument("--incoming-link", type=_wish, metavar="JSON", help=LINK_HELP)
    parser.add_argument(
        "--connect-descriptor", metavar="URL", help="installs this app in Confluence once it is up"
    )
    parser.add_argument(
        "--connect-jira-descriptor", metavar="URL", help="installs this app in Jira once it is up"
    )
    parser.add_argument("--forge-manifest", type=Path, metavar="FILE", help="installs this app")
    parser.add_argument("--forge-remote", metavar="URL", help="where the Forge app's server is")
    parser.add_argument("--forge-timing", type=_wish, metavar="JSON", help=TIMING_HELP)
    parser.add_argument(
        "--search-lag", type=float, default=0.0, help="seconds until search sees a change"
    )
    parser.add_argument("--limits", type=_wish, metavar="JSON", help=LIMITS_HELP)
    parser.add_argument("--faults", type=_wish, metavar="JSON", help=FAULTS_HELP)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    told = parser.parse_args(arguments)
    _refuse_wrong_wishes(parser, told)
    run(**vars(told))


if __name__ == "__main__":
    main()
