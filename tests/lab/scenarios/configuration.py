"""Settings and dependencies: the URL's form, a missing variable, a missing package, a place without alembic.ini."""
import pathlib
import shutil
import subprocess
import tempfile
import time

from scenarios import Absent, scenario
from servers import free_port

URL = 'postgresql://shop_db_9qwz_user:{}@dpg-cq1f2h8gph6c73abqr0g-a/shop_db_9qwz'


@scenario('configuration', variants=2, majors=())
def url_with_the_old_scheme(lab):
    lab.project().variables['DATABASE_URL'] = URL.format(lab.password).replace('postgresql', 'postgres')
    lab.upgrade()


@scenario('configuration', variants=3, majors=())
def url_empty(lab):
    lab.project().variables['DATABASE_URL'] = ''
    lab.upgrade()


@scenario('configuration', variants=2, majors=())
def url_in_quotes(lab):
    lab.project().variables['DATABASE_URL'] = f'"{URL.format(lab.password)}"'
    lab.upgrade()


@scenario('configuration', variants=2, majors=())
def url_with_a_word_for_a_port(lab):
    lab.project().variables['DATABASE_URL'] = URL.format(lab.password).replace('-a/', '-a:PORT/')
    lab.upgrade()


@scenario('configuration', variants=4, majors=(), environments=('sa21', 'sa20', 'sa20late'))
def variable_missing(lab):
    lab.project().variables['DATABASE_URL'] = None
    lab.upgrade()


@scenario('configuration', variants=3, majors=())
def other_setting_missing(lab):
    """pydantic-settings names every variable it wants."""
    lab.project()
    lab.file('app/config.py', '''
        from pydantic_settings import BaseSettings


        class Settings(BaseSettings):
            database_url: str
            secret_key: str
            smtp_port: int


        settings = Settings()


        def database_url() -> str:
            return settings.database_url
    ''')
    lab.variables['SMTP_PORT'] = 'none'
    lab.upgrade()


@scenario('configuration', variants=2, majors=())
def no_alembic_ini(lab):
    lab.project()
    (lab.src / 'alembic.ini').unlink()
    lab.upgrade()


@scenario('configuration', variants=2, majors=())
def script_folder_missing(lab):
    lab.project()
    ini = lab.src / 'alembic.ini'
    ini.write_text(ini.read_text().replace('script_location = alembic', 'script_location = backend/migrations'))
    lab.upgrade()


@scenario('configuration', variants=2, majors=())
def percent_in_the_password(lab):
    """The password goes into alembic.ini's own interpolation unescaped."""
    lab.project()
    env = lab.src / 'alembic/env.py'
    env.write_text(env.read_text().replace('.replace("%", "%%")', ''))
    lab.variables['DATABASE_URL'] = URL.format(lab.password + '%40x')
    lab.facts['secret'] = lab.password
    lab.upgrade()


@scenario('configuration', variants=3, drivers=('psycopg2', 'psycopg', 'pg8000'), majors=())
def sync_driver_in_async_engine(lab):
    from bench import ENV_ASYNC
    lab.project(env=ENV_ASYNC).variables['DATABASE_URL'] = URL.format(lab.password).replace('://', f'+{"psycopg2" if lab.driver == "psycopg" else lab.driver}://')
    lab.upgrade()


@scenario('configuration', variants=2, drivers=('asyncpg',))
def sslmode_for_asyncpg(lab):
    lab.project().variables['DATABASE_URL'] = lab.url(query='?sslmode=require')
    lab.upgrade()


@scenario('configuration', variants=1, drivers=('asyncpg',))
def channel_binding_for_asyncpg(lab):
    lab.project().variables['DATABASE_URL'] = lab.url(query='?ssl=prefer&channel_binding=require')
    lab.upgrade()


@scenario('configuration', variants=2, drivers=('psycopg2', 'psycopg'))
def driver_option_unknown(lab):
    """libpq knows no such option."""
    lab.project().variables['DATABASE_URL'] = lab.url(query='?pool_size=10&schema=public')
    lab.upgrade()


@scenario('configuration', variants=3, drivers=('asyncpg',))
def async_driver_without_async(lab):
    """A plain engine over asyncpg."""
    from bench import ENV
    lab.project(env=ENV).upgrade()


def without(lab, package):
    """This environment as it would be without one package."""
    lab.variables['PYTHONPATH'] = f'{lab.folder / "hidden"}:{lab.src}'
    hidden = lab.folder / 'hidden'
    hidden.mkdir()
    (hidden / 'sitecustomize.py').write_text(f'''import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == {package!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Hidden())
''')


@scenario('configuration', accept=('app-error',), majors=())
def driver_not_installed(lab):
    lab.project()
    lab.variables['DATABASE_URL'] = URL.format(lab.password).replace('://', f'+{lab.driver}://')
    without(lab, lab.driver)
    lab.upgrade()


@scenario('configuration', accept=('app-error',), variants=2, drivers=('asyncpg',), environments=('sa21', 'sa20'))
def greenlet_not_installed(lab):
    lab.project()
    without(lab, 'greenlet')
    lab.upgrade()


@scenario('configuration', variants=1, drivers=('asyncpg',), environments=('sa20late',), accept=('connection',), majors=(16,))
def prepared_statements_through_a_pooler(lab):
    """Transaction pooling gives a session with somebody else's prepared statements."""
    with_pooler(lab)
    lab.project().at(lab.revisions[1])
    lab.file('app/load.py', '''
        import asyncio

        from sqlalchemy import text
        from sqlalchemy.ext.asyncio import create_async_engine

        from app.config import database_url


        async def one(number):
            engine = create_async_engine(database_url(), pool_size=4)
            async with engine.connect() as connection:
                for _ in range(30):
                    await connection.execute(text(f"SELECT {number}, pg_sleep(0.01)"))
                    await connection.commit()


        async def main():
            await asyncio.gather(*(one(number) for number in range(6)))


        asyncio.run(main())
    ''')
    lab.python('-m', 'app.load')


def with_pooler(lab):
    """pgbouncer before the server, where the machine has one."""
    program = shutil.which('pgbouncer', path='/usr/sbin:/usr/bin')
    if not program:
        raise Absent('no pgbouncer here (apt-get install pgbouncer)')
    folder = pathlib.Path(tempfile.mkdtemp(prefix='runbook-lab-pooler-', dir='/var/tmp'))
    port = free_port()
    (folder / 'users.txt').write_text(f'"{lab.role}" "{lab.password}"\n')
    (folder / 'pgbouncer.ini').write_text(f'''[databases]
* = host=127.0.0.1 port={lab.server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
auth_type = plain
auth_file = {folder}/users.txt
pool_mode = transaction
default_pool_size = 2
unix_socket_dir =
''')
    lab.server.give(folder)
    process = subprocess.Popen([program, '-q', folder / 'pgbouncer.ini'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True, **lab.server.identity())
    time.sleep(1)
    lab.others.append(process)
    lab.undo += [lambda: shutil.rmtree(folder, ignore_errors=True)]
    lab.ports[port] = 6432
    lab.variables['DATABASE_URL'] = lab.url(port=port)
