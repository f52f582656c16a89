"""a reference for every parcel"""
from alembic import op
import sqlalchemy as sa

revision = "005"
down_revision = "004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("parcels", sa.Column("reference", sa.String(40)))
    parcels = sa.table("parcels", sa.column("id", sa.Integer), sa.column("reference", sa.String))
    op.execute(parcels.update().values(reference=sa.literal("P-") + sa.cast(parcels.c.id, sa.String)))
    op.alter_column("parcels", "reference", nullable=False)
    op.create_unique_constraint("uq_parcels_reference", "parcels", ["reference"])


def downgrade() -> None:
    op.drop_column("parcels", "reference")
