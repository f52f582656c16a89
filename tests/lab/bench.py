"""The bench a scenario works on: a database of its own, an Alembic project in a temporary folder, and a recorder."""
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import textwrap
import time

import environments
from neutral import PROJECT, neutral

# What projects are about, so that logs do not all tell of one table: main table, its child, a plain column, the database's name.
WORLDS = (
    ('users', 'incidents', 'email', 'true911_prod_db'), ('accounts', 'invoices', 'reference', 'ledger_db_h3xk'),
    ('sites', 'devices', 'label', 'fleetview_prod'), ('customers', 'orders', 'code', 'shop_db_9qwz'),
    ('tenants', 'subscriptions', 'slug', 'billing_api_db'), ('patients', 'appointments', 'phone', 'clinic_prod_tq2m'),
)
NAMES = (('001', '002', '003'), ('0001_initial', '0002_child', '0003_change'), ('8f14e45fceea', 'c9f0f895fb98', '45c48cce2e2d'))
CLEAN = ('PATH', 'HOME')


class Bench:
    def __init__(self, scenario, variant, environment, driver, server, number):
        self.scenario, self.environment, self.driver, self.server = scenario, environment, driver, server
        self.name, self.variant = scenario.name, variant
        self.table, self.child, self.column, self.database = WORLDS[number % len(WORLDS)]
        self.revisions = NAMES[number % len(NAMES)]
        self.role = f'{self.database}_user'
        self.password = hashlib.sha256(f'{self.name}/{variant}'.encode()).hexdigest()[:20] + 'Kq7X'
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='runbook-lab-'))
        self.src = self.folder / 'src'
        self.parts, self.facts, self.places, self.ports, self.others, self.undo = [], {}, [], {}, [], []
        self.variables, self.style, self.commands = {}, number % 2, []
        self.src.mkdir()

    # ---- the database ----

    def make_database(self, owner=True):
        s = self.server
        self.drop_database()
        s.psql(f"CREATE ROLE \"{self.role}\" LOGIN PASSWORD '{self.password}'")
        s.psql(f'CREATE DATABASE "{self.database}"' + (f' OWNER "{self.role}"' if owner else ''))
        # Up to 14 `public` belongs to the superuser; hosts give it to the owner.
        if owner:
            s.psql(f'ALTER SCHEMA public OWNER TO "{self.role}"', self.database)

    def drop_database(self):
        s = self.server
        s.psql(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')
        roles = s.psql("SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> 'postgres'").stdout.split()
        for role in roles:
            s.psql(f'DROP OWNED BY "{role}"')
            s.psql(f'DROP ROLE IF EXISTS "{role}"')

    def admin(self, sql, database=None):
        """SQL as the superuser; nothing of it is recorded."""
        return self.server.psql(sql, database or self.database).stdout.strip()

    def sql(self, sql):
        """SQL as the application's role; nothing of it is recorded."""
        return self.admin(f'SET SESSION AUTHORIZATION "{self.role}"; {sql}')

    def admin_later(self, sql, database=None):
        """A session of the superuser in the background; returns its process."""
        process = subprocess.Popen(self.server.psql_command(database or self.database), stdin=subprocess.PIPE, text=True,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={'PATH': os.environ['PATH']})
        process.stdin.write(sql)
        process.stdin.close()
        self.others.append(process)
        return process

    def url(self, driver=None, host='127.0.0.1', port=None, database=None, role=None, password=None, query=''):
        scheme = f'postgresql+{driver or self.driver}' if driver != '' else 'postgresql'
        user = f'{role or self.role}:{password or self.password}'
        return f'{scheme}://{user}@{host}:{port or (self.server.port if self.server else 5432)}/{database or self.database}{query}'

    # ---- the project ----

    def file(self, path, text):
        target = self.src / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(textwrap.dedent(text).lstrip('\n'))
        return target

    def project(self, base=True, change=None, env=None):
        """alembic.ini, env.py, app/; with `base` two revisions that make a table and its child; `change` is the body of a third."""
        self.file('alembic.ini', INI)
        self.file('alembic/script.py.mako', MAKO)
        self.file('alembic/env.py', env or (ENV_ASYNC if self.driver == 'asyncpg' else ENV))
        self.file('app/__init__.py', '')
        self.file('app/config.py', CONFIG_SETTINGS if self.style else CONFIG)
        self.file('app/db.py', DB_ASYNC if self.driver == 'asyncpg' else DB)
        self.file('app/models.py', MODELS.format(t=self.table, c=self.child, col=self.column, T=self.table[:-1].title(), C=self.child[:-1].title()))
        self.file('app/main.py', MAIN)
        self.file('app/seed.py', SEED_ASYNC if self.driver == 'asyncpg' else SEED)
        if base:
            one, two, three = self.revisions
            self.revision(one, None, f'''
                op.create_table("{self.table}", sa.Column("id", sa.Integer, primary_key=True),
                                sa.Column("{self.column}", sa.String(255), nullable=False),
                                sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now()))
                op.create_index("ix_{self.table}_{self.column}", "{self.table}", ["{self.column}"])''', f'create {self.table}')
            self.revision(two, one, f'''
                op.create_table("{self.child}", sa.Column("id", sa.Integer, primary_key=True),
                                sa.Column("{self.table[:-1]}_id", sa.Integer, sa.ForeignKey("{self.table}.id"), nullable=False),
                                sa.Column("status", sa.String(32), nullable=False, server_default="open"))''', f'create {self.child}')
            if change:
                self.revision(three, two, change, 'third change')
        return self

    def revision(self, revision, down, body, message='change', downgrade='pass', header=''):
        body = textwrap.indent(textwrap.dedent(body.strip('\n')).strip('\n'), '    ')
        down = down if isinstance(down, tuple) else (down and str(down))
        return self.file(f'alembic/versions/{revision}_{re.sub("[^a-z0-9]+", "_", message.lower())}.py',
                         f'"""{message}"""\nfrom alembic import op\nimport sqlalchemy as sa\n{header}\nrevision = "{revision}"\n'
                         f'down_revision = {down!r}\nbranch_labels = None\ndepends_on = None\n\n\ndef upgrade() -> None:\n{body}\n\n\n'
                         f'def downgrade() -> None:\n    {downgrade}\n')

    # ---- programs ----

    def variables_of(self, extra=None):
        home = {name: os.environ[name] for name in CLEAN if name in os.environ}
        home['PATH'] = f'{self.environment.bin}:/usr/bin:/bin'
        home.update(DATABASE_URL=self.url(), PYTHONUNBUFFERED='1', PYTHONDONTWRITEBYTECODE='1', LC_ALL='C.UTF-8', HOME='/opt/render',
                    PYTHONPATH=str(self.src))
        home.update({**self.variables, **(extra or {})})
        return {name: value for name, value in home.items() if value is not None}

    def run(self, *command, record=True, seconds=60, env=None, until=None, cwd=None):
        """Runs a program to its end (or `until` its output holds these words, or the time is over) and records what it prints."""
        log = tempfile.TemporaryFile()
        process = subprocess.Popen([str(c) for c in command], cwd=cwd or self.src, env=self.variables_of(env), stdin=subprocess.DEVNULL,
                                   stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        end = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < end:
            if until and until in read(log):
                break
            time.sleep(0.05)
        stop(process)
        text = read(log)
        if record:
            self.parts.append(text)
            self.commands.append(' '.join(shown(part, self) for part in command))
        return process.returncode, text

    def start(self, *command, env=None):
        """A program in the background, not recorded: the other service of a race."""
        process = subprocess.Popen([str(c) for c in command], cwd=self.src, env=self.variables_of(env), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self.others.append(process)
        return process

    def alembic(self, *arguments, record=True, **more):
        return self.run(self.environment.bin / 'alembic', *arguments, record=record, **more)

    def upgrade(self, to='head', **more):
        return self.alembic('upgrade', to, **more)

    def python(self, *arguments, **more):
        return self.run(self.environment.bin / 'python', *arguments, **more)

    def at(self, revision):
        """The database as the migrations up to `revision` leave it, quickly: made by SQL, not by running them."""
        one, two, _ = self.revisions
        t, c = self.table, self.child
        sql = (f'CREATE TABLE alembic_version (version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY);'
               f"INSERT INTO alembic_version VALUES ('{revision}');"
               f'CREATE TABLE {t} (id serial PRIMARY KEY, {self.column} varchar(255) NOT NULL, created_at timestamptz DEFAULT now());'
               f'CREATE INDEX ix_{t}_{self.column} ON {t} ({self.column});')
        if revision != one:
            sql += (f"CREATE TABLE {c} (id serial PRIMARY KEY, {t[:-1]}_id integer NOT NULL REFERENCES {t}, status varchar(32) NOT NULL DEFAULT 'open');")
        self.sql(sql)
        return self

    def row(self, count=1, value='alpha'):
        self.sql(f"INSERT INTO {self.table} ({self.column}) SELECT '{value}' FROM generate_series(1, {count})")

    # ---- the end ----

    def finish(self):
        for process in self.others:
            stop(process)
        if self.server:
            self.server.psql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.database}'", check=False)

    def text(self):
        e = self.environment
        places = [(e.folder, f'{PROJECT}/src/.venv'), (e.python_home, f'{PROJECT}/python/Python-{e.python}'), (self.src, f'{PROJECT}/src'),
                  (self.folder, '/tmp'), (f'{pathlib.Path.home()}/', '/opt/render/'), *self.places]
        if self.server:
            places += [(self.server.folder, '/var/run/postgresql'), (self.server.bin.parent, '/usr')]
        ports = {**({self.server.port: 5432} if self.server else {}), **self.ports}
        return neutral(''.join(self.parts), places, ports)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def versions(self):
        e, found = self.environment, {'python': self.environment.python}
        if self.scenario.kind == 'alembic':
            found |= {'alembic': e.version('alembic'), 'sqlalchemy': e.version('SQLAlchemy')}
            if self.driver:
                found[self.driver] = e.version(environments.DRIVERS[self.driver])
        if self.server:
            found['postgresql'] = self.server.version
        return found


def shown(part, bench):
    """A part of a command as a deploy's settings would have it."""
    text = str(part).replace(f'{bench.environment.bin}/', '')
    text = '$PORT' if text == '10000' or text in map(str, bench.ports) else text
    return '"$DATABASE_URL"' if '://' in text else f"'{text}'" if ' ' in text else text


def read(log):
    log.seek(0)
    return log.read().decode('utf-8', 'replace')


def stop(process):
    if process.poll() is None:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, sign) if os.getpgid(process.pid) == process.pid else process.send_signal(sign)
            except ProcessLookupError:
                pass
            try:
                process.wait(5)
                return
            except subprocess.TimeoutExpired:
                pass


INI = '''
    [alembic]
    script_location = alembic
    prepend_sys_path = .

    [loggers]
    keys = root,sqlalchemy,alembic

    [handlers]
    keys = console

    [formatters]
    keys = generic

    [logger_root]
    level = WARNING
    handlers = console
    qualname =

    [logger_sqlalchemy]
    level = WARNING
    handlers =
    qualname = sqlalchemy.engine

    [logger_alembic]
    level = INFO
    handlers =
    qualname = alembic

    [handler_console]
    class = StreamHandler
    args = (sys.stderr,)
    level = NOTSET
    formatter = generic

    [formatter_generic]
    format = %(levelname)-5.5s [%(name)s] %(message)s
    datefmt = %H:%M:%S
'''
MAKO = '''
    """${message}"""
    from alembic import op
    import sqlalchemy as sa
    ${imports if imports else ""}

    revision = ${repr(up_revision)}
    down_revision = ${repr(down_revision)}
    branch_labels = ${repr(branch_labels)}
    depends_on = ${repr(depends_on)}


    def upgrade() -> None:
        ${upgrades if upgrades else "pass"}


    def downgrade() -> None:
        ${downgrades if downgrades else "pass"}
'''
ENV = '''
    from logging.config import fileConfig

    from alembic import context
    from sqlalchemy import engine_from_config, pool

    from app.config import database_url
    from app.models import Base

    config = context.config
    fileConfig(config.config_file_name)
    config.set_main_option("sqlalchemy.url", database_url().replace("%", "%%"))


    def run_migrations_online() -> None:
        connectable = engine_from_config(config.get_section(config.config_ini_section), prefix="sqlalchemy.", poolclass=pool.NullPool)
        with connectable.connect() as connection:
            context.configure(connection=connection, target_metadata=Base.metadata)
            with context.begin_transaction():
                context.run_migrations()


    run_migrations_online()
'''
ENV_ASYNC = '''
    import asyncio
    from logging.config import fileConfig

    from alembic import context
    from sqlalchemy import pool
    from sqlalchemy.ext.asyncio import async_engine_from_config

    from app.config import database_url
    from app.models import Base

    config = context.config
    fileConfig(config.config_file_name)
    config.set_main_option("sqlalchemy.url", database_url().replace("%", "%%"))


    def do_run_migrations(connection) -> None:
        context.configure(connection=connection, target_metadata=Base.metadata)
        with context.begin_transaction():
            context.run_migrations()


    async def run_async_migrations() -> None:
        connectable = async_engine_from_config(config.get_section(config.config_ini_section), prefix="sqlalchemy.", poolclass=pool.NullPool)
        async with connectable.connect() as connection:
            await connection.run_sync(do_run_migrations)
        await connectable.dispose()


    asyncio.run(run_async_migrations())
'''
CONFIG = '''
    import os


    def database_url() -> str:
        return os.environ["DATABASE_URL"]
'''
CONFIG_SETTINGS = '''
    from pydantic_settings import BaseSettings


    class Settings(BaseSettings):
        database_url: str
        environment: str = "production"


    settings = Settings()


    def database_url() -> str:
        return settings.database_url
'''
DB = '''
    from sqlalchemy import create_engine
    from sqlalchemy.orm import sessionmaker

    from app.config import database_url

    engine = create_engine(database_url(), pool_pre_ping=True)
    SessionLocal = sessionmaker(engine, expire_on_commit=False)
'''
DB_ASYNC = '''
    from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

    from app.config import database_url

    engine = create_async_engine(database_url(), pool_pre_ping=True)
    SessionLocal = async_sessionmaker(engine, expire_on_commit=False)
'''
MODELS = '''
    from datetime import datetime

    from sqlalchemy import ForeignKey, String, func
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
    from sqlalchemy.types import DateTime


    class Base(DeclarativeBase):
        pass


    class {T}(Base):
        __tablename__ = "{t}"

        id: Mapped[int] = mapped_column(primary_key=True)
        {col}: Mapped[str] = mapped_column(String(255), index=True)
        created_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), server_default=func.now())


    class {C}(Base):
        __tablename__ = "{c}"

        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int] = mapped_column("{t}_id"[:-4] + "_id" if False else ForeignKey("{t}.id"))
        status: Mapped[str] = mapped_column(String(32), server_default="open")


    Main, Child = {T}, {C}
'''.replace('mapped_column("{t}_id"[:-4] + "_id" if False else ForeignKey("{t}.id"))', 'mapped_column(ForeignKey("{t}.id"))')
MAIN = '''
    from contextlib import asynccontextmanager

    from fastapi import FastAPI
    from sqlalchemy import text

    from app.db import engine
    from app.models import Base, Main


    @asynccontextmanager
    async def lifespan(app):
        yield


    app = FastAPI(lifespan=lifespan)


    @app.get("/health")
    def health():
        return {"status": "ok"}
'''
SEED = '''
    from sqlalchemy import select

    from app.db import SessionLocal
    from app.models import Main


    def main() -> None:
        with SessionLocal() as session:
            found = session.scalars(select(Main).limit(1)).first()
            print("seed: nothing to do" if found else "seed: table is empty, adding demo rows", flush=True)


    if __name__ == "__main__":
        main()
'''
SEED_ASYNC = '''
    import asyncio

    from sqlalchemy import select

    from app.db import SessionLocal
    from app.models import Main


    async def main() -> None:
        async with SessionLocal() as session:
            found = (await session.scalars(select(Main).limit(1))).first()
            print("seed: nothing to do" if found else "seed: table is empty, adding demo rows", flush=True)


    if __name__ == "__main__":
        asyncio.run(main())
'''
