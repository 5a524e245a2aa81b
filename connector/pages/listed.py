"""Lists: objectives with their key results under them, or the key results of what stands above."""

from connector.core.findings import Place
from connector.core.text import find_quantities, readable
from connector.pages.anchors import anchors_of
from connector.pages.content import content_of, only_words
from connector.pages.marks import may_be_key_result, split_key_result, split_objective
from connector.pages.met import PARAGRAPH, Met, beneath
from connector.pages.outline import TASKS, items_of, nested_lists
from connector.pages.positions import Element
from connector.pages.raw import RawKeyResult
from connector.pages.several import Piece, piece_of_item

_SENTENCE = 400


def items(reader: Met, ordered: Element) -> None:
    found = list(items_of(ordered))
    for item in found:
        deeper = nested_lists(item)
        if deeper:
            _objective(reader, item, deeper)
    open_ended = reader.collecting and ordered.tag != TASKS
    if reader.current is not None and (open_ended or _any_marked(found)):
        _key_results(reader, found, sure=reader.sure)


def _objective(reader: Met, item: Element, deeper: list[Element]) -> None:
    """An item that is one, and the items under it."""
    own = content_of(item, without=frozenset(deeper))
    title, marked, numbered = split_objective(own.text)
    if marked and title and (numbered or _holds_results(deeper)):
        reader.begin(title, own, item, PARAGRAPH)
        for inner in deeper:
            _key_results(reader, list(items_of(inner)), sure=True)
        reader.current = None


def _holds_results(lists: list[Element]) -> bool:
    return any(_any_marked(list(items_of(one))) for one in lists)


def _any_marked(items: list[Element]) -> bool:
    return any(map(_is_marked, items))


def _is_marked(item: Element) -> bool:
    words = only_words(item)
    if words is not None and not may_be_key_result(words):
        return False
    return split_key_result(content_of(item).text[:_SENTENCE])[1]


def _key_results(reader: Met, items: list[Element], *, sure: bool) -> None:
    """The items that are key results: the marked ones, or all where none is marked.

    Under a heading without a number a list is taken only when it measures something.
    """
    pieces = [(item, piece) for item in items for piece in piece_of_item(item, reader.source)]
    marked = [pair for pair in pieces if split_key_result(pair[1].content.text)[1]]
    measured = any(find_quantities(readable(piece.content.text[:_SENTENCE])) for _, piece in pieces)
    if reader.current is None or not (marked or ((sure or measured) and not reader.marked_only)):
        return
    for _, piece in pieces if marked and not reader.current.key_results else ():
        if not split_key_result(piece.content.text)[1]:
            beneath(reader.current, piece.content)
    for item, piece in marked or pieces:
        reader.current.key_results.append(_result(piece, reader.place(item)))


def _result(piece: Piece, place: Place) -> RawKeyResult:
    own = piece.element
    anchors = anchors_of(own, own) if own is not None else ()
    return RawKeyResult(piece.content, place, piece.cells, piece.notes, anchors)
