"""The tables. Those of pages and numbers are a cache of the site and can be filled again from it;
the installations and their secrets are not."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware moment as microseconds since 1970 (UTC): exact and comparable everywhere."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        del dialect
        if value is None:
            return None
        return (value - EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:
        del dialect
        return None if value is None else EPOCH + timedelta(microseconds=value)


metadata = sa.MetaData()

pages = sa.Table(
    "pages",
    metadata,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("page", sa.Text, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("space", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("good_version", sa.BigInteger),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("okrs", sa.JSON(none_as_null=True)),
    sa.Column("findings", sa.JSON, nullable=False),
    sa.Column("read_at", Moment, nullable=False),
    sa.Column("linked", sa.Boolean, nullable=False),
    sa.Column("saved_at", Moment),
    sa.Column("last_number", sa.BigInteger, nullable=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("alignment", sa.JSON(none_as_null=True)),
)

# `value` is the epic's key or the author's JQL; it is in no key, because PostgreSQL does not
# index a text as long as a JQL may be. `live` is false for pages gone and objectives frozen.
links = sa.Table(
    "links",
    metadata,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("page", sa.Text, primary_key=True),
    sa.Column("key_result", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("live", sa.Boolean, nullable=False),
    sa.ForeignKeyConstraint(
        ["site", "page"], ["pages.site", "pages.page"], name="links_page", ondelete="CASCADE"
    ),
    sa.Index("links_by_key_result", "site", "key_result"),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("key_result", sa.Text, primary_key=True),
    sa.Column("page", sa.Text, nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("read_at", Moment, nullable=False),
    sa.ForeignKeyConstraint(
        ["site", "page"], ["pages.site", "pages.page"], name="deliveries_page", ondelete="CASCADE"
    ),
    sa.Index("deliveries_by_page", "site", "page"),
)

counted = sa.Table(
    "counted",
    metadata,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("issue", sa.Text, primary_key=True),
    sa.Column("key_result", sa.Text, primary_key=True),
    sa.ForeignKeyConstraint(
        ["site", "key_result"],
        ["deliveries.site", "deliveries.key_result"],
        name="counted_delivery",
        ondelete="CASCADE",
    ),
    sa.Index("counted_by_key_result", "site", "key_result"),
)

# What we left at a page itself: `digests` by the key of a property, `revision` that of the page
# when it was looked at.
published = sa.Table(
    "published",
    metadata,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("page", sa.Text, primary_key=True),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("checked_at", Moment, nullable=False),
    sa.Column("digests", sa.JSON, nullable=False),
    sa.ForeignKeyConstraint(
        ["site", "page"], ["pages.site", "pages.page"], name="published_page", ondelete="CASCADE"
    ),
)

# `link` is a digest of the link, for the same reason that `links.value` is in no key.
touched = sa.Table(
    "touched",
    metadata,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("link", sa.Text, primary_key=True),
    sa.Column("issue", sa.Text, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Index("touched_by_age", "site", "at"),
)

outages = sa.Table(
    "outages",
    metadata,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("product", sa.Text, primary_key=True),
    sa.Column("since", Moment, nullable=False),
)

sweeps = sa.Table(
    "sweeps",
    metadata,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("began", Moment, nullable=False),
)

# Living worker processes, where several share one database.
workers = sa.Table(
    "workers",
    metadata,
    sa.Column("worker", sa.Text, primary_key=True),
    sa.Column("beat", Moment, nullable=False),
)

# `door` and `key` are how the host names an installation. Secrets are encrypted (`keyring`):
# the one in force, and the one before it until `previous_until`.
installations = sa.Table(
    "installations",
    metadata,
    sa.Column("door", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("cloud_id", sa.Text, nullable=False),
    sa.Column("addresses", sa.JSON, nullable=False),
    sa.Column("installed_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("secret", sa.Text),
    sa.Column("previous_secret", sa.Text),
    sa.Column("previous_until", Moment),
    sa.Index("installations_by_site", "site"),
    sa.Index("installations_by_cloud", "door", "cloud_id"),
)

# What a host lets us ask a site with, for a few hours; encrypted as well.
tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("expires", Moment, nullable=False),
)

# People who signed in, and codes on their way to a frame: found by a digest of what their browser
# holds, and encrypted.
sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("until", Moment, nullable=False),
    sa.Column("locked", sa.Text, nullable=False),
    sa.Index("sessions_by_end", "until"),
)
