"""Eight tables of a parcel service."""
import datetime

from sqlalchemy import Date, DateTime, Enum, ForeignKey, Index, Integer, String, Text, UniqueConstraint, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Depot(Base):
    __tablename__ = "depots"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    city: Mapped[str] = mapped_column(String(80))
    __table_args__ = (UniqueConstraint("name", name="uq_depots_name"),)


class Customer(Base):
    __tablename__ = "customers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    tier: Mapped[str] = mapped_column(Enum("basic", "business", name="customer_tier"), server_default="basic")
    email: Mapped[str | None] = mapped_column(String(255))
    __table_args__ = (Index("ix_customers_email", "email"),)


class Courier(Base):
    __tablename__ = "couriers"

    id: Mapped[int] = mapped_column(primary_key=True)
    depot_id: Mapped[int] = mapped_column(ForeignKey("depots.id", name="fk_couriers_depot"))
    name: Mapped[str] = mapped_column(String(120))


class Parcel(Base):
    __tablename__ = "parcels"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", name="fk_parcels_customer"))
    depot_id: Mapped[int] = mapped_column(ForeignKey("depots.id", name="fk_parcels_depot"))
    status: Mapped[str] = mapped_column(Enum("booked", "moving", "delivered", name="parcel_status"), server_default="booked")
    weight_grams: Mapped[int] = mapped_column(Integer)
    reference: Mapped[str] = mapped_column(String(40))
    __table_args__ = (Index("ix_parcels_status", "status"), UniqueConstraint("reference", name="uq_parcels_reference"))


class Scan(Base):
    __tablename__ = "scans"

    id: Mapped[int] = mapped_column(primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcels.id", name="fk_scans_parcel"))
    scanned_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    place: Mapped[str] = mapped_column(String(80))


class Invoice(Base):
    __tablename__ = "invoices"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", name="fk_invoices_customer"))
    total_cents: Mapped[int] = mapped_column(Integer)
    issued_on: Mapped[datetime.date] = mapped_column(Date)


class Payment(Base):
    __tablename__ = "payments"

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id", name="fk_payments_invoice"))
    method: Mapped[str] = mapped_column(Enum("card", "transfer", name="payment_method"))
    bank_reference: Mapped[str] = mapped_column(String(40))
    settled_at: Mapped[datetime.datetime | None] = mapped_column(DateTime(timezone=True))
    __table_args__ = (Index("ix_payments_bank_reference", "bank_reference"),)


class Claim(Base):
    __tablename__ = "claims"

    id: Mapped[int] = mapped_column(primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcels.id", name="fk_claims_parcel"))
    said: Mapped[str] = mapped_column(Text)
