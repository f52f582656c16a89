"""Writes a row into every table, reads it back, and takes all of it back."""
import datetime

from sqlalchemy import insert, select

from app.database import work
from app.models import Base

VALUES = {int: 7, str: "smoke", datetime.date: datetime.date(2026, 1, 2)}


def must_be_given(column) -> bool:
    return not column.nullable and column.server_default is None and not column.primary_key


def value(column, made):
    """What this column takes: the key of the other table's new row, a word of its list, or a plain value."""
    for key in column.foreign_keys:
        return made[key.column.table.name]
    return column.type.enums[0] if hasattr(column.type, "enums") else VALUES[column.type.python_type]


def smoke(session) -> int:
    made = {}
    for table in Base.metadata.sorted_tables:
        row = {column.name: value(column, made) for column in table.c if must_be_given(column)}
        made[table.name] = session.scalar(insert(table).values(row).returning(table.c.id))
        assert session.execute(select(table).where(table.c.id == made[table.name])).one()
    return len(made)


if __name__ == "__main__":
    print(f"smoke: {work(smoke, keep=False)} tables written and read", flush=True)
