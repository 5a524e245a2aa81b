"""Cutting a long list into requests of a size the site accepts."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def batches(items: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """
    In order, at most so many at a time.

    >>> list(batches([1, 2, 3], 2))
    [[1, 2], [3]]
    """
    return (items[start : start + most] for start in range(0, len(items), most))
