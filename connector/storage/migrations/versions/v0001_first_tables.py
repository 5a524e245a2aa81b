"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_pages()
    _create_measurements()
    _create_site()


def downgrade() -> None:
    for table in (
        "counted",
        "deliveries",
        "links",
        "pages",
        "touched",
        "outages",
        "sweeps",
        "workers",
    ):
        op.drop_table(table)


def _create_pages() -> None:
    op.create_table(
        "pages",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("space", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("good_version", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("okrs", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=True),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("site", "page"),
    )
    op.create_table(
        "links",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("key_result", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "page"], ["pages.site", "pages.page"], name="links_page", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("site", "page", "key_result", "position"),
    )
    op.create_index("links_by_key_result", "links", ["site", "key_result"], unique=False)


def _create_measurements() -> None:
    op.create_table(
        "deliveries",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("key_result", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "page"],
            ["pages.site", "pages.page"],
            name="deliveries_page",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "key_result"),
    )
    op.create_index("deliveries_by_page", "deliveries", ["site", "page"], unique=False)
    op.create_table(
        "counted",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.Column("key_result", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "key_result"],
            ["deliveries.site", "deliveries.key_result"],
            name="counted_delivery",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "issue", "key_result"),
    )
    op.create_index("counted_by_key_result", "counted", ["site", "key_result"], unique=False)


def _create_site() -> None:
    op.create_table(
        "outages",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("site", "product"),
    )
    op.create_table(
        "sweeps",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("began", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("site"),
    )
    op.create_table(
        "touched",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("site", "link", "issue"),
    )
    op.create_index("touched_by_age", "touched", ["site", "at"], unique=False)
    op.create_table(
        "workers",
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("beat", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("worker"),
    )
