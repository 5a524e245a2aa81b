"""What we left at the pages of a site."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "published",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=False),
        sa.Column("digests", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "page"],
            ["pages.site", "pages.page"],
            name="published_page",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "page"),
    )


def downgrade() -> None:
    op.drop_table("published")
