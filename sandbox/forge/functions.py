"""
Functions that an app hosts on Forge, run here by Node.js.

Without Node.js there is none, and what only a function could show is not shown.
"""

import json
import logging
import shutil
import subprocess
from importlib.resources import as_file, files
from pathlib import Path

from sandbox.directory import User
from sandbox.forge.installation import Installation, Invocation
from sandbox.forge.remote import Auth, headers, remote_base
from sandbox.forge.tokens import OauthTokens
from sandbox.wire import JsonObject, as_object

log = logging.getLogger(__name__)

PATIENCE = 25.0
_ENDINGS = (".js", ".jsx", ".mjs", ".ts")


def run(
    installation: Installation,
    function: str,
    payload: JsonObject,
    *,
    tokens: OauthTokens,
    user: User | None,
) -> str | None:
    """What the function gives, as JSON; None when there is no function or it failed."""
    node = shutil.which("node")
    file, _, name = installation.manifest.handler(function).rpartition(".")
    source = _source(installation.manifest.folder, file)
    if node is None or source is None:
        return None
    question = {
        "file": str(source),
        "name": name,
        "payload": payload,
        "context": {"installContext": f"ari:cloud:confluence::site/{installation.cloud_id}"},
        "remotes": {
            key: {
                "base": remote_base(installation, key),
                "headers": _headers(installation, key, function, tokens, user),
            }
            for key in installation.manifest.remotes
        },
    }
    return _ran(node, question)


def _headers(
    installation: Installation, key: str, function: str, tokens: OauthTokens, user: User | None
) -> dict[str, str]:
    """A call from a function has no context, and its tokens are those of `remotes.auth`."""
    auth = as_object(installation.manifest.remotes[key].get("auth"))
    wanted = {name: as_object(held).get("enabled") is True for name, held in auth.items()}
    invocation = Invocation("core:function", function, "confluence")
    brought = Auth(
        system=wanted.get("appSystemToken", False),
        user=user if wanted.get("appUserToken") else None,
    )
    return headers(installation, invocation, brought, tokens)


def _source(folder: Path, file: str) -> Path | None:
    """Handlers are named relative to `src`."""
    if not file:
        return None
    found = (folder / "src" / f"{file}{ending}" for ending in _ENDINGS)
    return next((one for one in found if one.is_file()), None)


def _ran(node: str, question: JsonObject) -> str | None:
    with as_file(files("sandbox.forge") / "runtime") as runtime:
        try:
            done = subprocess.run(  # noqa: S603 - the app's own function, which its author deployed
                [node, "--no-warnings", str(runtime / "run.mjs")],
                input=json.dumps(question),
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            log.warning("forge.function_failed reason=%s", error)
            return None
    if done.returncode:
        log.warning("forge.function_failed reason=%s", done.stderr.strip()[-500:])
        return None
    return done.stdout.strip().rpartition("\n")[2]
