"""Prints the version and the tables of the database. It changes nothing."""
from sqlalchemy import inspect, text

from app.database import connected


def look(connection) -> str:
    tables = sorted(inspect(connection).get_table_names())
    versions = []
    if "alembic_version" in tables:
        versions = sorted(connection.scalars(text("SELECT version_num FROM alembic_version")))
    return f"alembic_version: {', '.join(versions) or 'none'}\ntables: {', '.join(tables) or 'none'}"


if __name__ == "__main__":
    print(connected(look), flush=True)
