"""The environment of a small service's migrations, as `alembic init` makes it, with the URL given by the test."""
from alembic import context
from sqlalchemy import create_engine, pool

config = context.config
engine = create_engine(config.attributes['url'], poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None,
                      on_version_apply=lambda step, **_: config.attributes['ran'].append(step.up_revision_id))
    with context.begin_transaction():
        context.run_migrations()
