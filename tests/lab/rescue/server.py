"""The servers rescues run on: one cluster for each major version, and a database of its own, made from a template, for each rescue."""
import os
import threading

import environments
from servers import Server
from service import Service

ROLE, PASSWORD = 'parcels_user', 'k7Qm2vXw9sLd'
FULL = '006'
HERE = os.path.dirname(os.path.abspath(__file__))


class Cluster:
    """A server with the templates that rescues start from."""

    def __init__(self, major, environment):
        self.major, self.environment, self.lock = major, environment, threading.Lock()
        self.server = Server(environments.postgres(major), {'max_connections': '100', 'deadlock_timeout': '500ms'}).start().ready()
        self.version = self.server.psql('SHOW server_version').stdout.split()[0]
        self.port = self.server.port
        self.templates = set()
        self.admin(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'")
        self.server.with_tls('localhost')  # the connections of the plans ask for TLS

    def admin(self, sql, database='postgres'):
        return self.server.psql(sql, database).stdout.strip()

    def url(self, database, driver='psycopg2'):
        return f'postgresql+{driver}://{ROLE}:{PASSWORD}@127.0.0.1:{self.port}/{database}'

    def create(self, database, template):
        with self.lock:
            self.template(template)
            self.admin(f'CREATE DATABASE {database} TEMPLATE {template} OWNER {ROLE}')

    def drop(self, database):
        self.admin(f'DROP DATABASE IF EXISTS {database} WITH (FORCE)')

    def template(self, name):
        """`empty`; `at_003`: the migrations up to 003 ran; `created`: `create_all` of the present models. All but the first with rows."""
        if name in self.templates:
            return
        if name == 'empty':
            self.admin(f'CREATE DATABASE empty OWNER {ROLE}')
            # Up to 14 `public` belongs to the superuser; hosts give it to the owner.
            self.admin(f'ALTER SCHEMA public OWNER TO {ROLE}', 'empty')
        else:
            full = name in (f'at_{FULL}', 'created')
            self.template('empty' if full else f'at_{FULL}')
            self.admin(f'CREATE DATABASE {name} TEMPLATE {"empty" if full else "at_" + FULL} OWNER {ROLE}')
            service = Service(self.environment, {'DATABASE_URL': self.url(name)})
            try:
                if name == 'created':
                    service.must('python -c "from app.models import Base; from app.database import connected; '
                                 'connected(lambda c: (Base.metadata.create_all(c), c.commit()))"')
                elif full:
                    service.must('alembic upgrade head')
                else:
                    service.must(f'alembic downgrade {name.removeprefix("at_")}')
                if full:
                    with open(os.path.join(HERE, 'rows.sql')) as rows:
                        self.admin(f'SET SESSION AUTHORIZATION {ROLE};' + rows.read(), name)
            finally:
                service.remove()
        self.templates.add(name)

    def remove(self):
        self.server.remove()


class Laptop:
    """What a lane has of its own: the process that looks at its services, and the PostgreSQL on a reader's own computer.

    That one is also the second server, where a new database of the service is made.
    Over its socket it answers with the port of whichever server a rescue is about: what a terminal says of a port then holds for both."""

    def __init__(self, native, looker):
        self.looker, self.server = looker, Server(native).start().ready()
        self.server.admit('local all all trust\n')
        self.server.psql(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'")
        self.folder = self.server.folder / 'socket'
        self.folder.mkdir()

    def admin(self, sql, database='postgres'):
        return self.server.psql(sql, database).stdout.strip()

    def create(self, database):
        self.admin(f'CREATE DATABASE {database} OWNER {ROLE}')

    def url(self, database, driver):
        return f'postgresql+{driver}://{ROLE}:{PASSWORD}@127.0.0.1:{self.server.port}/{database}'

    def answers_at(self, port):
        link = self.folder / f'.s.PGSQL.{port}'
        if not link.is_symlink():
            link.symlink_to(self.server.folder / f'.s.PGSQL.{self.server.port}')

    def clear(self):
        for name in self.server.psql("SELECT datname FROM pg_database WHERE datname NOT IN ('postgres', 'template0', 'template1')").stdout.split('\n'):
            if name:
                self.server.psql(f'DROP DATABASE "{name}" WITH (FORCE)')
