"""Whether, when and for how long to try again."""

from connector.core.errors import OkrError, Throttled
from connector.core.events import Event, PropertyDue, SweepDue

FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0
PATIENCE = 15 * 60.0
# A sweep that cannot get through makes room for the next one.
SWEEP_PATIENCE = 2 * 60.0
# So does a property, and two jobs about the same page must not run at once.
PROPERTY_PATIENCE = 5.0


def worth_retrying(error: BaseException) -> bool:
    """The one place that decides; an error we have no name for is a mistake of ours."""
    return isinstance(error, OkrError) and error.retryable


def wait_after(error: BaseException, attempt: int) -> float:
    """Seconds before the next attempt; `attempt` counts the failed ones from 1.

    >>> [wait_after(OkrError(), attempt) for attempt in (1, 2, 3, 6, 50)]
    [1.0, 2.0, 4.0, 30.0, 30.0]
    """
    backoff = min(FIRST_WAIT * (1 << min(attempt - 1, 10)), LONGEST_WAIT)
    if isinstance(error, Throttled):
        return max(backoff, error.retry_after.total_seconds())
    return backoff


def patience_with(event: Event) -> float:
    """Seconds after which a failing event is given up; the next sweep repairs what it missed."""
    match event:
        case SweepDue():
            return SWEEP_PATIENCE
        case PropertyDue():
            return PROPERTY_PATIENCE
        case _:
            return PATIENCE
