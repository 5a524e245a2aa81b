"""The engine's chatter: its banner and hints stay out, its troubles reach our log."""

import logging

ENGINE = "dbos"


class JobFailed(Exception):
    """How a job that has been logged already tells the engine that it is over."""


def quieten() -> None:
    """Must come before the engine starts: it installs a console handler where there is none."""
    logger = logging.getLogger(ENGINE)
    if not any(isinstance(handler, logging.NullHandler) for handler in logger.handlers):
        logger.addHandler(logging.NullHandler())
        logger.addFilter(_is_news)
    logger.setLevel(logging.WARNING)
    logger.propagate = True


def _is_news(record: logging.LogRecord) -> bool:
    """A failed job is logged where it failed, with its facts; the engine would repeat it."""
    return not (record.exc_info and isinstance(record.exc_info[1], JobFailed))
