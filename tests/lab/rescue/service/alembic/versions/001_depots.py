"""depots, customers, couriers"""
from alembic import op
import sqlalchemy as sa

revision = "001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("depots", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(80), nullable=False),
                    sa.Column("city", sa.String(80), nullable=False), sa.UniqueConstraint("name", name="uq_depots_name"))
    op.create_table("customers", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(120), nullable=False),
                    sa.Column("tier", sa.Enum("basic", "business", name="customer_tier"), server_default="basic", nullable=False))
    op.create_table("couriers", sa.Column("id", sa.Integer, primary_key=True), sa.Column("depot_id", sa.Integer, nullable=False),
                    sa.Column("name", sa.String(120), nullable=False), sa.ForeignKeyConstraint(["depot_id"], ["depots.id"], name="fk_couriers_depot"))


def downgrade() -> None:
    op.drop_table("couriers")
    op.drop_table("customers")
    op.drop_table("depots")
    op.execute("DROP TYPE customer_tier")
