"""No way to the database."""
import socket
import subprocess
import time

from scenarios import scenario
from servers import free_port

ROLE = {'db_user': '{role}'}


@scenario('connection')
def connection_refused(lab):
    lab.project()
    port = free_port()
    lab.ports[port] = 5432
    lab.variables['DATABASE_URL'] = lab.url(port=port)
    lab.upgrade()


@scenario('connection')
def unknown_host(lab):
    lab.project()
    lab.variables['DATABASE_URL'] = lab.url(host='dpg-cq1f2h8gph6c73abqr0g-a.invalid', port=5432)
    lab.upgrade()


@scenario('connection', facts=ROLE)
def wrong_password(lab):
    lab.project()
    lab.variables['DATABASE_URL'] = lab.url(password='old' + lab.password)
    lab.upgrade()


@scenario('connection')
def no_such_database(lab):
    lab.project()
    lab.variables['DATABASE_URL'] = lab.url(database=f'{lab.database}_old')
    lab.upgrade()


@scenario('connection', facts=ROLE)
def password_expired(lab):
    lab.project().admin(f'ALTER ROLE "{lab.role}" VALID UNTIL \'2020-01-01\'')
    lab.upgrade()


@scenario('connection', variants=3)
def role_may_not_log_in(lab):
    lab.project().admin(f'ALTER ROLE "{lab.role}" NOLOGIN')
    lab.upgrade()


@scenario('connection', variants=3, accept=('server-state',))
def database_closed(lab):
    lab.project().admin(f'ALTER DATABASE "{lab.database}" ALLOW_CONNECTIONS false', 'postgres')
    lab.upgrade()


@scenario('connection', variants=3)
def too_many_for_the_role(lab):
    lab.project().admin(f'ALTER ROLE "{lab.role}" CONNECTION LIMIT 0')
    lab.upgrade()


@scenario('connection', variants=3)
def too_many_for_the_database(lab):
    lab.project().admin(f'ALTER DATABASE "{lab.database}" CONNECTION LIMIT 0')
    lab.upgrade()


@scenario('connection')
def slots_reserved(lab):
    """All ordinary slots taken by workers."""
    from scenarios.server_states import own
    own(lab, {'max_connections': '6', 'superuser_reserved_connections': '3', 'max_wal_senders': '0'}).start().ready()
    lab.make_database()
    lab.project()
    sleepers = [subprocess.Popen(['psql', '-X', lab.url(''), '-c', 'SELECT pg_sleep(60)'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                 start_new_session=True) for _ in range(4)]
    lab.others += sleepers
    time.sleep(2)
    lab.upgrade()


def refusing(lab, rules):
    lab.server.admit(rules)
    lab.undo += [lambda: lab.server.admit('')]


@scenario('connection')
def tls_required(lab):
    """Only hostssl lines admit this database; this client comes without."""
    lab.project()
    with_tls(lab)
    refusing(lab, f'hostssl {lab.database} all 127.0.0.1/32 scram-sha-256\nhost {lab.database} all 127.0.0.1/32 reject\n')
    if lab.driver == 'pg8000':
        env = lab.src / 'alembic/env.py'
        env.write_text(env.read_text().replace('poolclass=pool.NullPool', 'poolclass=pool.NullPool, connect_args={"ssl_context": False}'))
    lab.variables['DATABASE_URL'] = lab.url(query={'asyncpg': '?ssl=disable', 'pg8000': ''}.get(lab.driver, '?sslmode=disable'))
    lab.upgrade()


@scenario('connection')
def pg_hba_refuses_the_address(lab):
    lab.project()
    refusing(lab, f'host {lab.database} all 127.0.0.1/32 reject\n')
    lab.upgrade()


@scenario('connection')
def pg_hba_has_no_line(lab):
    from servers import TRUST
    lab.project()
    (lab.server.data / 'pg_hba.conf').write_text(TRUST + 'host nothing all 127.0.0.1/32 scram-sha-256\n')
    lab.server.psql('SELECT pg_reload_conf()')
    time.sleep(0.5)
    lab.undo += [lambda: lab.server.admit('')]
    lab.upgrade()


@scenario('connection', drivers=('psycopg2', 'psycopg', 'asyncpg'), variants=3)
def tls_wanted_server_has_none(lab):
    lab.project()
    lab.variables['DATABASE_URL'] = lab.url(query='?ssl=require' if lab.driver == 'asyncpg' else '?sslmode=require')
    lab.upgrade()


def with_tls(lab):
    """Gives the server a certificate, until the scenario ends."""
    lab.server.with_tls('dpg-internal')
    lab.undo += [lambda: lab.server.psql('ALTER SYSTEM RESET ssl'), lambda: lab.server.psql('SELECT pg_reload_conf()')]
    time.sleep(0.5)


@scenario('connection', accept=('configuration',), drivers=('psycopg2', 'psycopg', 'asyncpg'), variants=3)
def certificate_not_trusted(lab):
    lab.project()
    with_tls(lab)
    lab.variables['DATABASE_URL'] = lab.url(query='?ssl=verify-full' if lab.driver == 'asyncpg' else '?sslmode=verify-full&sslrootcert=system'
                                            if lab.environment.name != 'sa20' or lab.driver == 'psycopg' else '?sslmode=verify-full&sslrootcert=/etc/ssl/certs/ca-certificates.crt')
    lab.upgrade()


def silent(lab):
    """A port that takes connections and never says a word."""
    listener = socket.socket()
    listener.bind(('127.0.0.1', 0))
    listener.listen(8)
    lab.listener = listener
    lab.ports[listener.getsockname()[1]] = 5432
    return listener.getsockname()[1]


@scenario('connection')
def connection_times_out(lab):
    lab.project()
    query = {'asyncpg': '?timeout=2', 'pg8000': '?timeout=2'}.get(lab.driver, '?connect_timeout=2')
    if lab.driver in ('asyncpg', 'pg8000'):
        env = lab.src / 'alembic/env.py'
        env.write_text(env.read_text().replace('poolclass=pool.NullPool', 'poolclass=pool.NullPool, connect_args={"timeout": 2}'))
        query = ''
    lab.variables['DATABASE_URL'] = lab.url(port=silent(lab), query=query)
    lab.upgrade()


@scenario('connection', variants=4, accept=('configuration', 'other-stack'))
def port_of_another_server(lab):
    """The URL names the port of a MariaDB."""
    from scenarios.other_stacks import MariaDB
    lab.project()
    server = MariaDB(lab)
    lab.variables['DATABASE_URL'] = lab.url(port=server.port)
    lab.upgrade(seconds=20)


@scenario('connection', variants=2, drivers=('psycopg2', 'psycopg'))
def no_password_in_the_url(lab):
    lab.project().variables['DATABASE_URL'] = f'postgresql+{lab.driver}://{lab.role}@127.0.0.1:{lab.server.port}/{lab.database}'
    lab.upgrade()


@scenario('connection', variants=2, drivers=('psycopg2', 'psycopg'))
def socket_of_no_server(lab):
    """A URL without a host: the client looks for a local socket."""
    lab.project().variables['DATABASE_URL'] = f'postgresql+{lab.driver}:///{lab.database}'
    lab.upgrade()


@scenario('connection', variants=3, accept=('app-error',), drivers=('psycopg2', 'psycopg', 'pg8000'))
def pool_exhausted(lab):
    """The application keeps its connections; its own pool has no more."""
    lab.project().at(lab.revisions[1])
    lab.file('app/worker.py', '''
        from sqlalchemy import create_engine, text

        from app.config import database_url

        engine = create_engine(database_url(), pool_size=2, max_overflow=1, pool_timeout=1.5)
        kept = []
        for job in range(8):
            connection = engine.connect()
            connection.execute(text("SELECT 1"))
            kept.append(connection)
            print("job", job, "started", flush=True)
    ''')
    lab.python('-m', 'app.worker')


@scenario('connection')
def retried_and_given_up(lab):
    """A wait-for-database script: many attempts, one cause."""
    lab.project()
    port = free_port()
    lab.ports[port] = 5432
    lab.variables['DATABASE_URL'] = lab.url(port=port)
    connect = '''
        import asyncio

        async def attempt():
            async with engine.connect():
                pass

        def connect():
            asyncio.run(attempt())''' if lab.driver == 'asyncpg' else '''
        def connect():
            with engine.connect():
                pass'''
    lab.file('app/prestart.py', f'''
        import sys
        import time

        from app.db import engine
{connect}

        for number in range(1, 6):
            try:
                connect()
                break
            except Exception as error:
                print(f"waiting for the database, attempt {{number}} of 5: {{error}}", flush=True)
                time.sleep(0.2)
        else:
            sys.exit("the database never came up")
    ''')
    lab.python('-m', 'app.prestart')
