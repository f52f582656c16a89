from logging.config import fileConfig

from alembic import context

from app.database import connected
from app.models import Base

fileConfig(context.config.config_file_name)


def migrate(connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()


connected(migrate)
