"""Routing rules that learn to build addresses when they are first asked to."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


class LazyRule(Rule):
    """
    A rule that compiles the function behind `url_for` at its first use.

    Werkzeug compiles two for every rule when it is added, which is nine tenths of making the
    application; a sandbox has hundreds of rules, hardly ever builds an address, and is made anew
    for every test.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made: list[Callable[..., Any]] = []

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            if not made:
                made.append(super(LazyRule, self)._compile_builder(append_unknown))
            built: tuple[str, str] = made[0].__get__(rule, None)(**values)
            return built

        return build
