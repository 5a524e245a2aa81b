"""Differences of two versions of a page."""

from sandbox.wiki.differences import differences

ROWS = "".join(f"<tr><td><p>{number}</p></td></tr>" for number in range(30))


def test_the_same_text_has_no_differences() -> None:
    assert differences(ROWS, ROWS) == []


def test_a_changed_line_shows_its_changed_words() -> None:
    lines = differences("<p>35 of 100</p>", "<p>42 of 100</p>")

    assert [(line.mark, line.text) for line in lines] == [
        ("gone", "<p>35 of 100</p>"),
        ("new", "<p>42 of 100</p>"),
    ]
    assert [piece.text for piece in lines[0].pieces if piece.changed] == ["35"]
    assert [piece.text for piece in lines[1].pieces if piece.changed] == ["42"]


def test_far_away_lines_are_counted_and_not_shown() -> None:
    lines = differences(ROWS, ROWS.replace("<p>15</p>", "<p>fifteen</p><p>and more</p>"))

    assert [line.text for line in lines if line.mark == "new"] == [
        "<p>fifteen</p>",
        "<p>and more</p>",
    ]
    skipped = [int(line.text) for line in lines if line.mark == "skipped"]
    assert len(skipped) == 2
    shown = sum(line.mark in {"same", "gone"} for line in lines)
    assert sum(skipped) + shown == len(differences("", ROWS))


def test_long_lines_are_taken_whole() -> None:
    long = "<p>" + "word " * 2000 + "</p>"

    gone, new = differences(long, long.replace("<p>", "<p>first "))

    assert (gone.mark, new.mark) == ("gone", "new")
    assert len(gone.pieces) == len(new.pieces) == 1
