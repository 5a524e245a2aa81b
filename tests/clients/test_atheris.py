"""PyPI's atheris looks for a page the reader cannot bear: half a minute, guided by coverage."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.clients.environments import HERE, environment
from tests.pages.notation import page

ROOT = HERE.parents[1]
SECONDS = 25
WORDS = (
    "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "</th>", "<p>",
    "</p>", "<ul><li>", "</li></ul>", "<h2>", "</h2>", "<s>", "</s>", "rowspan=\\\"3\\\"",
    "colspan=\\\"2\\\"", "local-id=\\\"a\\\"", "<time datetime=\\\"2026-12-01\\\"/>",
    "<ac:placeholder>", "&nbsp;", "O1 ", "KR1 ", "Objective", "Key result", "Owner",
    "Target", "目标", "关键结果", "负责人", "→", "30%", "从", "到", "万", "[77-1]", "AB-1",
    "M1 ", "Status", "对齐", "是", "1/2/2026", "⁄", "（", "；",
)  # fmt: skip


@pytest.mark.skipif(
    sys.platform != "linux" or sys.version_info >= (3, 14), reason="atheris has no wheel here"
)
def test_no_page_at_all_breaks_the_reader(tmp_path: Path) -> None:
    corpus, found = tmp_path / "corpus", tmp_path / "found"
    corpus.mkdir()
    found.mkdir()
    for number, body in enumerate(_seeds()):
        (corpus / f"{number}.xml").write_bytes(body)
    words = tmp_path / "words.dict"
    words.write_text("".join(f'"{word}"\n' for word in map(_escaped, WORDS)), encoding="ascii")

    done = subprocess.run(
        [
            environment("atheris"),
            HERE / "atheris" / "fuzz.py",
            f"-max_total_time={SECONDS}",
            "-max_len=6000",
            "-timeout=30",
            "-seed=1",
            f"-dict={words}",
            f"-artifact_prefix={found}/",
            str(corpus),
        ],
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "PYTHONPATH": _packages()},
        capture_output=True,
        text=True,
        timeout=SECONDS * 8,
        check=False,
    )

    assert not [one.read_bytes() for one in found.iterdir()], done.stderr[-3_000:]
    assert done.returncode == 0, done.stderr[-3_000:]
    assert "Done " in done.stderr, done.stderr[-3_000:]


def _seeds() -> list[bytes]:
    """The pages of the field and the golden ones, none of them longer than what is made of them."""
    field = (ROOT / "tests" / "pages" / "field").glob("*.toml")
    pages = [
        one for path in sorted(field) for one in tomllib.loads(path.read_text("utf-8"))["page"]
    ]
    written = [page(one["text"], one["editor"]).encode() for one in pages]
    golden = [path.read_bytes() for path in sorted((ROOT / "tests" / "golden").glob("*.xhtml"))]
    return [body for body in (*written, *golden) if len(body) <= 6_000]


def _escaped(word: str) -> str:
    return "".join(chr(byte) if byte < 128 else f"\\x{byte:02x}" for byte in word.encode())


def _packages() -> str:
    """The project, and what it needs, as this Python has it."""
    return os.pathsep.join([str(ROOT), *(path for path in sys.path if "site-packages" in path)])
