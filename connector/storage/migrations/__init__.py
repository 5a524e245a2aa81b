"""The shape of the database over the releases; each step is a module in `versions`."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from connector.storage.engines import Database

SCOPE = "migrations"


def upgrade(database: Database) -> None:
    """Bring the tables to this release; safe to call at every start, by several processes.

    Raises Unavailable when the database is locked or away.
    """
    with database.write(SCOPE) as connection:
        command.upgrade(configuration(connection), "head")


def configuration(connection: sa.Connection) -> Config:
    """Alembic without its file: the place of the steps, and the transaction to use."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
