"""Things to do again and again while the process lives."""

import threading
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

AFTER_TROUBLE = 5.0


def in_rounds(name: str, do: Callable[[], float], stop: threading.Event) -> threading.Thread:
    """A thread that calls `do` now and then again after the seconds it answers.

    A round that fails is logged and tried again soon: it must not end the rounds.
    """

    def go_round() -> None:
        wait = 0.0
        while not stop.wait(wait):
            try:
                wait = do()
            except Exception as error:  # noqa: BLE001 - see above
                if not stop.is_set():
                    log.warning("round.failed", round=name, error=str(error))
                wait = AFTER_TROUBLE

    thread = threading.Thread(target=go_round, name=name, daemon=True)
    thread.start()
    return thread
