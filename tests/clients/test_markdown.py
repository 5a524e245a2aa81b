"""OKR pages kept as Markdown, published by two tools from PyPI, read by the connector."""

import shutil
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from connector.core.findings import is_about_reading
from tests.clients.programs import JsonObject, run
from tests.clients.reader import Reader, Told

pytestmark = pytest.mark.timeout(300)  # the first run fetches the clients

PAGES = Path(__file__).parent / "pages"
SPACE = "HARBOUR"
PARENT = "131073"
ZH, EN = "仓储组 2026年第四季度 OKR", "Platform OKRs 2026 Q4"
EXPECTED = {
    ZH: [
        (
            "让补货不再靠电话",
            [
                Told(
                    "自动补货占比从 12% 提升到 60%",
                    ("何静", "吴涛"),
                    Fraction(12),
                    Fraction(31),
                    Fraction(60),
                    "%",
                    Fraction(3, 5),
                    ("YUN-1",),
                ),
                Told(
                    "补货电话每店每周不超过 3 次",
                    ("吴涛",),
                    current=Fraction(6),
                    target=Fraction(3),
                    unit="次",
                    weight=Fraction(2, 5),
                ),
            ],
        ),
        (
            "新同事第一周就能上手",
            [Told("自助培训完成率", current=Fraction(45), target=Fraction(90), unit="%")],
        ),
    ],
    EN: [
        (
            "Callers trust the platform",
            [
                Told(
                    "Availability rises from 99.5% to 99.95%",
                    baseline=Fraction("99.5"),
                    target=Fraction("99.95"),
                    unit="%",
                    epics=("HBR-1",),
                ),
                Told(
                    "Recovery time falls from 40 to 15 minutes",
                    baseline=Fraction(40),
                    target=Fraction(15),
                    unit="minutes",
                ),
            ],
        ),
        (
            "Joining is like stacking bricks",
            [
                Told(
                    "Teams that join on their own, from 12 to 43",
                    baseline=Fraction(12),
                    target=Fraction(43),
                ),
                Told(
                    "Calls per month from 86 million to 120 million",
                    baseline=Fraction(86_000_000),
                    target=Fraction(120_000_000),
                ),
            ],
        ),
    ],
}

Publish = Callable[[Path], str]


def with_markdown_to_confluence(site: JsonObject, folder: Path) -> str:
    """`md2conf` finds the site by host and path; it writes the page's id into the file."""
    host = site["confluence"].removeprefix("http://").removesuffix("/wiki")
    return run(
        "markdown-to-confluence",
        *("-m", "md2conf", "--api-url", f"{site['confluence']}/", "-d", host, "-p", "/wiki/"),
        *("-s", SPACE, "--root-page", PARENT, "--no-generated-by", str(folder)),
        CONFLUENCE_USER_NAME=site["user"],
        CONFLUENCE_API_KEY=site["token"],
    )


def with_md2cf(site: JsonObject, folder: Path) -> str:
    """`--replace-all-labels`, or it fails on any site: github.com/iamjackg/md2cf/issues/132."""
    pages = sorted(map(str, folder.iterdir()))
    return run(
        "md2cf",
        *("-m", "md2cf", "-o", f"{site['confluence']}/rest/api/", "-s", SPACE, "-A", PARENT),
        *(
            "--message",
            "From the repository",
            "--replace-all-labels",
            "--output",
            "minimal",
            *pages,
        ),
        CONFLUENCE_USERNAME=site["user"],
        CONFLUENCE_PASSWORD=site["token"],
    )


@pytest.fixture(scope="module", params=[with_markdown_to_confluence, with_md2cf])
def publish(request: pytest.FixtureRequest, site: JsonObject) -> Publish:
    return lambda folder: request.param(site, folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, publish: Publish) -> Path:
    """The pages, published for the first time."""
    pages = tmp_path_factory.mktemp("pages")
    for page in PAGES.iterdir():
        shutil.copy(page, pages)
    publish(pages)
    return pages


@pytest.fixture
def reader(site: JsonObject, folder: Path, tmp_path: Path) -> Iterator[Reader]:
    with Reader(site, tmp_path) as reader:
        yield reader


def test_pages_read_as_they_were_written(reader: Reader) -> None:
    assert {title: reader.told(title) for title in EXPECTED} == EXPECTED
    not_understood = [
        finding
        for title in EXPECTED
        for finding in filter(is_about_reading, reader.page(title).findings)
    ]
    assert not_understood == []


def test_every_publication_is_the_next_version(
    reader: Reader, publish: Publish, folder: Path
) -> None:
    """Twice; the changed page's key results keep their keys, and what it links is measured."""
    page, keys = folder / "warehouse.md", reader.keys(ZH)
    first = reader.page(ZH).version

    for number, value in enumerate(("44%", "52%"), start=1):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("31%" if number == 1 else "44%", value), encoding="utf-8")
        publish(folder)
        reader.sweep()

        assert reader.page(ZH).version == first + number
        assert reader.told(ZH)[0][1][0].current == Fraction(value.rstrip("%"))
        assert reader.keys(ZH) == keys
    assert reader.delivery(keys[0])[1] > 0
