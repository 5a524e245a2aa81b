"""Style sheets and scripts: they hold no data, and their address names their content."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

import connector
from connector.core.errors import NotFound
from connector.web.security import YEAR
from macros.icons import icon_files
from macros.registry import STATIC

bp = Blueprint("assets", __name__, url_prefix="/assets")

OWN_STATIC = Path(__file__).parent / "static"
# Spelled out, because what the machine's own table says of scripts differs from one to the next.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
# Where a descriptor and a page's property find icons: an address that no release changes.
ICONS = "icon"
_DAY = 24 * 60 * 60
_DRAWS = frozenset({".py", ".html", ".po", *TYPES})


@bp.get("/<release>/<name>")
def asset(release: str, name: str) -> ResponseReturnValue:
    kept = icons() if release == ICONS else assets() if release == assets_release() else {}
    found = kept.get(name)
    if found is None:
        raise NotFound(f"no asset {name}")
    response = Response(found, content_type=TYPES[Path(name).suffix])
    age = f"max-age={_DAY}" if release == ICONS else f"max-age={YEAR}, immutable"
    response.headers["Cache-Control"] = f"public, {age}"
    if release == ICONS:  # shown by the wiki itself, outside any frame of ours
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def assets_prefix(path: str) -> str:
    """Where the page at this path finds the files; relative, so that it holds wherever we are.

    >>> assets_prefix("/macros/objective").rpartition("/")[0], root_from("/preview")
    ('../assets', '')
    """
    return f"{root_from(path)}assets/{assets_release()}"


def root_from(path: str) -> str:
    """The way from a path of ours up to our root."""
    return "../" * (path.count("/") - 1)


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
    """Everything that a browser may load, of macros and of pages of ours, by file name."""
    files = (*STATIC.iterdir(), *OWN_STATIC.iterdir())
    return {file.name: file.read_bytes() for file in sorted(files) if file.suffix in TYPES}


@cache
def icons() -> dict[str, bytes]:
    return {f"{name}.svg": drawn for name, drawn in icon_files().items()}


def _digest(files: Mapping[str, bytes]) -> str:
    digest = sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]
