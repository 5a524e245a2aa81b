"""What the database driver complains about, in our own words: the one place that translates."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from connector.core.errors import Unavailable

# A locked or full SQLite file, a refused or broken connection, an exhausted pool: all of them
# pass, so the caller may try again. Anything else is a mistake of ours and stays what it is.
PASSING = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)


@contextmanager
def answering() -> Iterator[None]:
    """Raises Unavailable when the database does not answer for the moment."""
    try:
        yield
    except PASSING as error:
        raise Unavailable(f"database: {reason(error)}") from error
    except sa.exc.DBAPIError as error:
        # exactly this kind is what SQLite says of a file that is damaged, or no database at all
        damaged = type(error) is sa.exc.DatabaseError
        if not damaged and not error.connection_invalidated:
            raise
        raise Unavailable(f"database: {reason(error)}") from error


def reason(error: sa.exc.SQLAlchemyError) -> str:
    """The driver's own first line: neither the statement nor its values belong in a message."""
    said = getattr(error, "orig", None) or error
    return str(said).partition("\n")[0] or type(said).__name__
