"""The way to the database. Whatever works there is written for a synchronous connection; asyncpg gets a bridge."""
import asyncio
import os

from sqlalchemy import create_engine, make_url, pool
from sqlalchemy.orm import Session


def connected(job):
    """Runs `job(connection)` and gives back what it gives; the job commits."""
    url = make_url(os.environ["DATABASE_URL"])
    if url.get_dialect().is_async:
        return asyncio.run(_connected_async(url, job))
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        return job(connection)


async def _connected_async(url, job):
    from sqlalchemy.ext.asyncio import create_async_engine

    async with create_async_engine(url, poolclass=pool.NullPool).connect() as connection:
        return await connection.run_sync(job)


def work(job, keep=True):
    """Runs `job(session)` in one transaction, and takes it back at the end unless `keep`."""
    def in_session(connection):
        with Session(connection) as session:
            done = job(session)
            session.commit() if keep else session.rollback()
            return done
    return connected(in_session)
