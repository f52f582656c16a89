"""parcels and their scans"""
from alembic import op
import sqlalchemy as sa

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("parcels", sa.Column("id", sa.Integer, primary_key=True), sa.Column("customer_id", sa.Integer, nullable=False),
                    sa.Column("depot_id", sa.Integer, nullable=False),
                    sa.Column("status", sa.Enum("booked", "moving", "delivered", name="parcel_status"), server_default="booked", nullable=False),
                    sa.Column("weight_grams", sa.Integer, nullable=False),
                    sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_parcels_customer"),
                    sa.ForeignKeyConstraint(["depot_id"], ["depots.id"], name="fk_parcels_depot"))
    op.create_index("ix_parcels_status", "parcels", ["status"])
    op.create_table("scans", sa.Column("id", sa.Integer, primary_key=True), sa.Column("parcel_id", sa.Integer, nullable=False),
                    sa.Column("scanned_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
                    sa.Column("place", sa.String(80), nullable=False),
                    sa.ForeignKeyConstraint(["parcel_id"], ["parcels.id"], name="fk_scans_parcel"))


def downgrade() -> None:
    op.drop_table("scans")
    op.drop_table("parcels")
    op.execute("DROP TYPE parcel_status")
