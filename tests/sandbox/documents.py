"""Atlassian documents, held against the published schema."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from sandbox.wiki.adf.inline import Links

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = Path(os.environ.get("OKR_CONTRACTS_DIR", str(ROOT / "../shared/contracts")))
WITH_CONTRACTS = pytest.mark.skipif(not CONTRACTS.is_dir(), reason="contracts folder is absent")


def _titled(title: str, space: str) -> str | None:
    return "http://site/home" if (title, space) == ("Home", "HARBOUR") else None


LINKS = Links("http://site", "HARBOUR", 7, _titled)


@cache
def schema() -> Any:
    loaded = json.loads((CONTRACTS / "adf.schema.json").read_text(encoding="utf-8"))
    return jsonschema_rs.Draft4Validator(loaded)


def faults(found: Any) -> list[str]:
    return [
        f"{error.instance_path}: {error.message[:200]}" for error in schema().iter_errors(found)
    ]
