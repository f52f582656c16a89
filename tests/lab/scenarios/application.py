"""Failures before or beside the database: imports, start commands, ports, reset scripts."""
import http.server
import threading

from scenarios import scenario
from servers import free_port

HERE = {'majors': ()}


@scenario('app-error', variants=3, accept=('configuration', 'migration-defect'), **HERE)
def circular_import_in_env(lab):
    lab.project()
    lab.file('app/models.py', 'from app.services import register\n\n\nclass Base:\n    metadata = None\n\n\nregister(Base)\n')
    lab.file('app/services.py', 'from app.models import Base\n\n\ndef register(model):\n    return issubclass(model, Base)\n')
    lab.upgrade()


@scenario('app-error', variants=2, accept=('configuration', 'migration-defect'), **HERE)
def model_import_fails_in_env(lab):
    lab.project()
    models = lab.src / 'app/models.py'
    models.write_text('from app.enums import Status\n' + models.read_text())
    lab.upgrade()


def uvicorn(lab, *more, **settings):
    lab.python('-m', 'uvicorn', 'app.main:app', '--host', '127.0.0.1', '--port', '10000', *more, seconds=20, **settings)


@scenario('app-error', variants=3, **HERE)
def package_not_in_requirements(lab):
    lab.project()
    main = lab.src / 'app/main.py'
    main.write_text('import stripe_billing_client\n' + main.read_text())
    uvicorn(lab)


@scenario('app-error', variants=2, **HERE)
def python_syntax_error_in_app(lab):
    lab.project()
    main = lab.src / 'app/main.py'
    main.write_text(main.read_text() + '\n\n@app.get("/items"\ndef items():\n    return []\n')
    uvicorn(lab)


@scenario('app-error', variants=2, **HERE)
def wrong_name_of_the_application(lab):
    lab.project()
    lab.python('-m', 'uvicorn', 'app.main:api', '--host', '0.0.0.0', '--port', '10000', seconds=20)
    lab.python('-m', 'uvicorn', 'backend.main:app', '--host', '0.0.0.0', '--port', '10000', seconds=20)


@scenario('app-error', variants=2, **HERE)
def port_taken(lab):
    lab.project()
    web = http.server.ThreadingHTTPServer(('127.0.0.1', 0), http.server.SimpleHTTPRequestHandler)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    lab.ports[web.server_port] = 10000
    lab.python('-m', 'uvicorn', 'app.main:app', '--host', '127.0.0.1', '--port', web.server_port, seconds=20)
    web.shutdown()


@scenario('app-error', variants=2, environments=('sa21', 'sa20late'), **HERE)
def gunicorn_worker_fails_to_boot(lab):
    lab.project()
    main = lab.src / 'app/main.py'
    main.write_text('from app.routers import billing\n' + main.read_text())
    port = free_port()
    lab.ports[port] = 10000
    lab.run(lab.environment.bin / 'gunicorn', 'app.main:app', '-b', f'127.0.0.1:{port}', '-w', '1', seconds=25)


@scenario('app-error', variants=1, **HERE)
def requirement_not_found(lab):
    lab.file('requirements.txt', 'fastapi==0.0.999\nuvicorn\n')
    lab.python('-m', 'pip', 'install', '--no-index', '-r', 'requirements.txt', env={'PIP_CONFIG_FILE': '/dev/null', 'PIP_DISABLE_PIP_VERSION_CHECK': '1'})


@scenario('app-error', variants=1, **HERE)
def requirements_contradict(lab):
    lab.file('requirements.txt', 'pydantic==1.10.0\npydantic==2.9.0\n')
    lab.python('-m', 'pip', 'install', '--no-index', '-r', 'requirements.txt', env={'PIP_CONFIG_FILE': '/dev/null', 'PIP_DISABLE_PIP_VERSION_CHECK': '1'})


@scenario('app-error', variants=1, accept=('configuration',), **HERE)
def alembic_not_installed(lab):
    lab.project().run('bash', '-c', 'alembic upgrade head && uvicorn app.main:app', env={'PATH': '/usr/bin:/bin'})


@scenario('app-error', variants=1, accept=('configuration',), **HERE)
def start_script_missing(lab):
    lab.project().run('bash', './start.sh')
    lab.run('bash', '-c', 'cd backend && alembic upgrade head')


@scenario('app-error', variants=2, accept=('healthy', 'unknown'))
def port_never_opened(lab):
    """Migrations pass; the start command runs a worker that listens nowhere. Render's own lines tell the rest."""
    lab.project().at(lab.revisions[1])
    lab.upgrade()
    lab.file('app/worker.py', '''
        import time

        print("worker: waiting for jobs", flush=True)
        while True:
            time.sleep(1)
    ''')
    lab.python('-m', 'app.worker', seconds=3)


@scenario('app-error', variants=2)
def startup_hook_fails(lab):
    """Migrations pass; the application's own start does not."""
    lab.project().at(lab.revisions[1])
    lab.file('app/main.py', '''
        from contextlib import asynccontextmanager

        from fastapi import FastAPI


        @asynccontextmanager
        async def lifespan(app):
            limits = {"free": 5}
            app.state.limit = limits["paid"]
            yield


        app = FastAPI(lifespan=lifespan)
    ''')
    lab.upgrade()
    port = free_port()
    lab.ports[port] = 10000
    lab.python('-m', 'uvicorn', 'app.main:app', '--host', '0.0.0.0', '--port', port, seconds=20)


@scenario('configuration', variants=2, **HERE)
def start_without_a_needed_variable(lab):
    lab.project()
    lab.file('app/main.py', 'import os\n\nfrom fastapi import FastAPI\n\nJWT_SECRET = os.environ["JWT_SECRET"]\napp = FastAPI()\n')
    uvicorn(lab)


RESET = '''
    import os
    import sys

    from sqlalchemy import create_engine, text

    from app.config import database_url

    if os.environ.get("ALLOW_DB_RESET") != "1":
        print("reset_db.py: ALLOW_DB_RESET is not 1, refusing", flush=True)
        sys.exit(int(os.environ.get("REFUSED", "1")))
    print("reset_db.py: dropping schema public", flush=True)
    engine = create_engine(database_url().replace("+asyncpg", "+psycopg2"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    print("reset_db.py: done", flush=True)
'''


@scenario('unknown', accept=('app-error', 'configuration'), variants=2)
def reset_script_refuses(lab):
    """The deploy runs reset_db.py before the migrations; its guard stops it, and with it the deploy."""
    lab.project().at(lab.revisions[1])
    lab.file('reset_db.py', RESET)
    lab.run('bash', '-xc', 'python reset_db.py && alembic upgrade head')
    lab.facts['warnings'] = ['reset-script-in-deploy']


@scenario('extension-missing', variants=2)
def reset_script_takes_the_extension_along(lab):
    """It runs, and with public the extension is gone that the first migration needs."""
    lab.project(base=False)
    lab.revision('001', None, 'op.execute("CREATE TABLE people (id serial PRIMARY KEY, email citext)")', 'create people')
    lab.admin('CREATE EXTENSION citext')
    lab.file('reset_db.py', RESET)
    lab.variables['ALLOW_DB_RESET'] = '1'
    lab.run('bash', '-xc', 'python reset_db.py && alembic upgrade head')
    lab.facts['warnings'] = ['reset-script-in-deploy']


@scenario('duplicate-object', variants=2, destructive='depends')
def reset_script_drops_tables_but_not_types(lab):
    """A home-made reset that drops tables one by one: the enum stays."""
    lab.project(base=False)
    lab.revision('001', None, 'op.create_table("tickets", sa.Column("id", sa.Integer, primary_key=True), sa.Column("state", sa.Enum("open", "closed", name="ticket_state")))', 'create tickets')
    lab.upgrade(record=False)
    lab.file('reset_and_migrate.py', RESET.replace('"DROP SCHEMA public CASCADE"', '"DROP TABLE IF EXISTS tickets, alembic_version CASCADE"')
             .replace('connection.execute(text("CREATE SCHEMA public"))', 'pass').replace('reset_db.py', 'reset_and_migrate.py').replace('dropping schema public', 'dropping all tables'))
    lab.variables['ALLOW_DB_RESET'] = '1'
    lab.run('bash', '-xc', 'python reset_and_migrate.py && alembic upgrade head')
    lab.facts['warnings'] = ['reset-script-in-deploy']


@scenario('unknown', variants=1, accept=('app-error',), **HERE)
def says_only_that_it_failed(lab):
    """The script keeps the error to itself."""
    lab.project()
    lab.file('deploy.py', '''
        import subprocess
        import sys

        print("running migrations", flush=True)
        done = subprocess.run(["alembic", "upgrade", "head"], capture_output=True)
        if done.returncode:
            print("migrations failed, see log", flush=True)
            sys.exit(done.returncode)
    ''')
    lab.variables['DATABASE_URL'] = 'postgresql://nobody:nothing@127.0.0.1:9/none'
    lab.python('deploy.py')
