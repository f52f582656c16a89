"""invoices, payments, claims"""
from alembic import op
import sqlalchemy as sa

revision = "004"
down_revision = "003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("invoices", sa.Column("id", sa.Integer, primary_key=True), sa.Column("customer_id", sa.Integer, nullable=False),
                    sa.Column("total_cents", sa.Integer, nullable=False), sa.Column("issued_on", sa.Date, nullable=False),
                    sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_invoices_customer"))
    op.create_table("payments", sa.Column("id", sa.Integer, primary_key=True), sa.Column("invoice_id", sa.Integer, nullable=False),
                    sa.Column("method", sa.Enum("card", "transfer", name="payment_method"), nullable=False),
                    sa.Column("bank_reference", sa.String(40), nullable=False),
                    sa.ForeignKeyConstraint(["invoice_id"], ["invoices.id"], name="fk_payments_invoice"))
    op.create_table("claims", sa.Column("id", sa.Integer, primary_key=True), sa.Column("parcel_id", sa.Integer, nullable=False),
                    sa.Column("said", sa.Text, nullable=False), sa.ForeignKeyConstraint(["parcel_id"], ["parcels.id"], name="fk_claims_parcel"))


def downgrade() -> None:
    op.drop_table("claims")
    op.drop_table("payments")
    op.drop_table("invoices")
    op.execute("DROP TYPE payment_method")
