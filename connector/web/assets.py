"""Style sheets and scripts of macros: they hold no data, and their address names their content."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

import connector
from connector.core.errors import NotFound
from connector.web.security import YEAR
from macros.registry import STATIC

bp = Blueprint("assets", __name__, url_prefix="/assets")

# Spelled out, because what the machine's own table says of scripts differs from one to the next.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_DRAWS = frozenset({".py", ".html", ".po", *TYPES})


@bp.get("/<release>/<name>")
def asset(release: str, name: str) -> ResponseReturnValue:
    found = assets().get(name)
    if found is None or release != assets_release():
        raise NotFound(f"no asset {name}")
    response = Response(found, content_type=TYPES[Path(name).suffix])
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def assets_prefix() -> str:
    """Where macros find the files; relative, so that it holds below any path we are served at."""
    return f"../assets/{assets_release()}"


@cache
def assets_release() -> str:
    """Changes with the content of any file that is served."""
    return _digest(assets())


@cache
def drawing_release() -> str:
    """Changes with anything that draws a macro: its code, its templates, its words, its files."""
    locales = Path(connector.__file__).parent / "locale"
    drawing = (*STATIC.parent.rglob("*.*"), *locales.rglob("*.po"))
    kept = {
        f"{one.parent.name}/{one.name}": one.read_bytes() for one in drawing if one.suffix in _DRAWS
    }
    return _digest(kept)


@cache
def assets() -> dict[str, bytes]:
    """Everything that macros bring along and a browser may load, by file name."""
    return {
        file.name: file.read_bytes() for file in sorted(STATIC.iterdir()) if file.suffix in TYPES
    }


def _digest(files: Mapping[str, bytes]) -> str:
    digest = sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]
