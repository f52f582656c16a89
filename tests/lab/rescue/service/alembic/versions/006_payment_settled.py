"""when a payment was settled"""
from alembic import op
import sqlalchemy as sa

revision = "006"
down_revision = "005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payments", sa.Column("settled_at", sa.DateTime(timezone=True)))
    with op.get_context().autocommit_block():
        op.execute("COMMIT")  # pg8000 is in a transaction even here
        op.create_index("ix_payments_bank_reference", "payments", ["bank_reference"], postgresql_concurrently=True)


def downgrade() -> None:
    op.drop_index("ix_payments_bank_reference", "payments")
    op.drop_column("payments", "settled_at")
