"""What a Cloud site kept unchanged, this one keeps unchanged too."""

import os
from pathlib import Path

import pytest

from tests.sandbox.conftest import Caller, json_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = Path(os.environ.get("OKR_SAMPLES_DIR", str(ROOT / "../shared/samples"))) / "pages"
MALFORMED = ("malformed", "unknown-entity")


def fragments(*, well_formed: bool) -> list[Path]:
    return [
        path
        for path in sorted(SAMPLES.glob("*.xml"))
        if not path.name.startswith("rejected__")
        and any(word in path.name for word in MALFORMED) != well_formed
    ]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="samples folder is absent")
def test_fragments_are_kept_byte_for_byte(bot: Caller) -> None:
    names = fragments(well_formed=True)
    assert len(names) > 30
    for number, path in enumerate(names):
        text = path.read_bytes().decode()
        body = {"spaceId": "65538", "title": f"Sample {number}", "body": {"value": text}}
        page = json_of(bot.post("/wiki/api/v2/pages", body))
        address = f"/wiki/api/v2/pages/{page['id']}"
        kept = json_of(bot.get(address, **{"body-format": "storage"}))["body"]["storage"]
        assert kept["value"].encode() == path.read_bytes(), path.name
        shown = bot.get(f"/wiki/spaces/HARBOUR/pages/{page['id']}")
        assert shown.status_code == 200, path.name


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="samples folder is absent")
def test_malformed_fragments_are_refused(bot: Caller) -> None:
    names = fragments(well_formed=False)
    assert names
    for path in names:
        body = {"spaceId": "65538", "title": "Broken", "body": {"value": path.read_text()}}
        assert bot.post("/wiki/api/v2/pages", body).status_code == 400, path.name
