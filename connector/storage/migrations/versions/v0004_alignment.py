"""What is remarked about the alignment of a page's objectives."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pages", sa.Column("alignment", sa.JSON()))


def downgrade() -> None:
    with op.batch_alter_table("pages") as pages:
        pages.drop_column("alignment")
