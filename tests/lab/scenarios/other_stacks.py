"""Look-alikes: other tools, and other databases, with the same words. Nothing of the runbook's own applies to them."""
import pathlib
import shutil
import subprocess
import tempfile
import time

import environments
from scenarios import Absent, scenario
from servers import free_port, server_user

OTHER = {'kind': 'other', 'drivers': (), 'environments': ('others',)}
POSTGRES = {**OTHER, 'majors': (16,)}
ALONE = {**OTHER, 'majors': ()}


# ---- Django ----

def django(lab, engine='postgresql', **database):
    settings = {'ENGINE': f'django.db.backends.{engine}', **database}
    lab.file('manage.py', '''
        import os
        import sys

        if __name__ == "__main__":
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
            from django.core.management import execute_from_command_line
            execute_from_command_line(sys.argv)
    ''')
    lab.file('config/__init__.py', '')
    lab.file('config/settings.py', f'SECRET_KEY = "x"\nINSTALLED_APPS = ["shop"]\nDATABASES = {{"default": {settings!r}}}\nDEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"\nUSE_TZ = True\n')
    lab.file('shop/__init__.py', '')
    lab.file('shop/models.py', f'''
        from django.db import models


        class Customer(models.Model):
            email = models.CharField(max_length=200)

            class Meta:
                db_table = "{lab.table}"
    ''')
    lab.python('manage.py', 'makemigrations', 'shop', record=False)


def on_postgres(lab):
    return {'NAME': lab.database, 'USER': lab.role, 'PASSWORD': lab.password, 'HOST': '127.0.0.1', 'PORT': lab.server.port}


@scenario('other-stack', **POSTGRES, facts={'relation': '{table}'})
def django_table_exists(lab):
    django(lab, **on_postgres(lab))
    lab.sql(f'CREATE TABLE {lab.table} (id integer)')
    lab.python('manage.py', 'migrate')


@scenario('other-stack', **POSTGRES, facts={'relation': '{table}'})
def django_table_missing(lab):
    django(lab, **on_postgres(lab))
    lab.python('manage.py', 'migrate', '--fake', record=False)
    lab.python('manage.py', 'shell', '-c', 'from shop.models import Customer; print(Customer.objects.count())')


@scenario('other-stack', accept=('permission',), **POSTGRES)
def django_permission_denied(lab):
    django(lab, **on_postgres(lab))
    lab.admin('ALTER SCHEMA public OWNER TO postgres; REVOKE CREATE ON SCHEMA public FROM PUBLIC; REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO PUBLIC')
    lab.python('manage.py', 'migrate')


@scenario('other-stack', accept=('connection',), **POSTGRES)
def django_wrong_password(lab):
    django(lab, **{**on_postgres(lab), 'PASSWORD': 'old' + lab.password})
    lab.python('manage.py', 'migrate')


@scenario('other-stack', accept=('multiple-heads',), **ALONE)
def django_conflicting_migrations(lab):
    django(lab, 'sqlite3', NAME='db.sqlite3')
    first = (lab.src / 'shop/migrations/0001_initial.py').read_text()
    for name in ('0002_left', '0002_right'):
        lab.file(f'shop/migrations/{name}.py', 'from django.db import migrations\n\nclass Migration(migrations.Migration):\n    dependencies = [("shop", "0001_initial")]\n    operations = []\n')
    assert first
    lab.python('manage.py', 'migrate')


@scenario('other-stack', **ALONE)
def django_sqlite_table_exists(lab):
    django(lab, 'sqlite3', NAME='db.sqlite3')
    lab.python('-c', f'import sqlite3; sqlite3.connect("db.sqlite3").execute("CREATE TABLE {lab.table} (id)")', record=False)
    lab.python('manage.py', 'migrate')


@scenario('other-stack', accept=('healthy',), **POSTGRES)
def django_migrates_well(lab):
    django(lab, **on_postgres(lab))
    lab.python('manage.py', 'migrate')
    lab.python('manage.py', 'check', '--database', 'default')


# ---- SQLite and MariaDB behind Alembic ----

def alembic_on(lab, url):
    lab.project(change=f'op.add_column("{lab.table}", sa.Column("note", sa.Text))')
    lab.file('app/config.py', f'def database_url():\n    return "{url}"\n')


def sqlite(lab, sql):
    lab.python('-c', f'import sqlite3; sqlite3.connect("app.db").executescript({sql!r})', record=False)


@scenario('other-stack', **ALONE)
def alembic_sqlite_table_exists(lab):
    alembic_on(lab, 'sqlite:///app.db')
    sqlite(lab, f'CREATE TABLE {lab.table} (id integer)')
    lab.upgrade()


@scenario('other-stack', **ALONE)
def alembic_sqlite_no_such_table(lab):
    alembic_on(lab, 'sqlite:///app.db')
    sqlite(lab, f"CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('{lab.revisions[1]}')")
    lab.upgrade()


@scenario('other-stack', accept=('lock-or-timeout',), **ALONE)
def alembic_sqlite_locked(lab):
    alembic_on(lab, 'sqlite:///app.db?timeout=1')
    lab.upgrade(lab.revisions[1], record=False)
    lab.start(lab.environment.bin / 'python', '-c', 'import sqlite3, time; c = sqlite3.connect("app.db"); c.execute("BEGIN EXCLUSIVE"); time.sleep(20)')
    time.sleep(1)
    lab.upgrade()


@scenario('other-stack', accept=('migration-defect',), **ALONE)
def alembic_sqlite_cannot_alter(lab):
    alembic_on(lab, 'sqlite:///app.db')
    lab.upgrade(record=False)
    lab.revision('9a0364b9e99b', lab.revisions[2], f'op.create_foreign_key("fk_x", "{lab.table}", "{lab.child}", ["id"], ["id"])', 'constraint')
    lab.upgrade()


@scenario('other-stack', accept=('unknown-revision',), **ALONE)
def alembic_sqlite_unknown_revision(lab):
    alembic_on(lab, 'sqlite:///app.db')
    sqlite(lab, "CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('b1946ac92492')")
    lab.upgrade()


class MariaDB:
    """A server of its own with one database and one user, on a free port."""

    def __init__(self, lab):
        program = shutil.which('mariadbd', path='/usr/sbin:/usr/bin')
        if not program:
            raise Absent('no MariaDB here (apt-get install mariadb-server-core)')
        self.folder, self.port = pathlib.Path(tempfile.mkdtemp(prefix='runbook-lab-mariadb-', dir='/var/tmp')), free_port()
        lab.undo += [lambda: shutil.rmtree(self.folder, ignore_errors=True)]
        user = server_user()
        identity = {'user': user.pw_uid, 'group': user.pw_gid, 'extra_groups': []} if user else {}
        if user:
            shutil.chown(self.folder, user.pw_uid, user.pw_gid)
        self.folder.chmod(0o755)
        (self.folder / 'init.sql').write_text(f"CREATE DATABASE shop;\nCREATE USER 'shop_user'@'%' IDENTIFIED BY '{lab.password}';\n"
                                              "GRANT ALL ON shop.* TO 'shop_user'@'%';\n")
        # What mariadb-install-db does, which needs the client's package as well.
        tables = [pathlib.Path('/usr/share/mysql') / f'mysql_{name}.sql' for name in ('system_tables', 'performance_tables', 'system_tables_data')]
        script = 'CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n' + ''.join(path.read_text() for path in tables)
        (self.folder / 'data').mkdir()
        if user:
            shutil.chown(self.folder / 'data', user.pw_uid, user.pw_gid)
        subprocess.run([program, '--no-defaults', '--bootstrap', f'--datadir={self.folder}/data', '--innodb-buffer-pool-size=16M'], input=script.encode(),
                       check=True, capture_output=True, cwd=self.folder, **identity)
        self.process = subprocess.Popen([program, '--no-defaults', f'--datadir={self.folder}/data', f'--port={self.port}', '--bind-address=127.0.0.1',
                                         f'--socket={self.folder}/s', f'--init-file={self.folder}/init.sql', '--innodb-buffer-pool-size=16M'],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder, start_new_session=True, **identity)
        lab.others.append(self.process)
        lab.ports[self.port] = 3306
        self.url = f'mysql+pymysql://shop_user:{lab.password}@127.0.0.1:{self.port}/shop'
        self.lab = lab
        for _ in range(150):
            if self.sql('SELECT 1') == 0:
                return
            time.sleep(0.2)
        raise RuntimeError('MariaDB does not answer')

    def sql(self, statement):
        script = (f'import pymysql; c = pymysql.connect(host="127.0.0.1", port={self.port}, user="shop_user", password="{self.lab.password}", database="shop");'
                  f'c.cursor().execute("{statement}"); c.commit()')
        return self.lab.run(environments.Environment('others').bin / 'python', '-c', script, record=False)[0]


@scenario('other-stack', **ALONE)
def alembic_mariadb_table_exists(lab):
    server = MariaDB(lab)
    alembic_on(lab, server.url)
    server.sql(f'CREATE TABLE {lab.table} (id integer)')
    lab.upgrade()


@scenario('other-stack', **ALONE)
def alembic_mariadb_no_such_table(lab):
    server = MariaDB(lab)
    alembic_on(lab, server.url)
    server.sql('CREATE TABLE alembic_version (version_num varchar(32))')
    server.sql(f"INSERT INTO alembic_version VALUES ('{lab.revisions[1]}')")
    lab.upgrade()


@scenario('other-stack', **ALONE)
def alembic_mariadb_duplicate_column(lab):
    server = MariaDB(lab)
    alembic_on(lab, server.url)
    lab.upgrade(lab.revisions[1], record=False)
    server.sql(f'ALTER TABLE {lab.table} ADD COLUMN note text')
    lab.upgrade()


@scenario('other-stack', accept=('connection',), **ALONE)
def alembic_mariadb_access_denied(lab):
    server = MariaDB(lab)
    alembic_on(lab, server.url.replace(lab.password, 'old'))
    lab.upgrade()


# ---- other Python tools on PostgreSQL ----

@scenario('duplicate-table', destructive='depends', facts={'relation': '{table}'}, **POSTGRES, accept=('other-stack',))
def flask_migrate_table_exists(lab):
    """Flask-Migrate is Alembic under another command."""
    lab.file('app.py', f'''
        import os

        from flask import Flask
        from flask_migrate import Migrate
        from flask_sqlalchemy import SQLAlchemy

        app = Flask(__name__)
        app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
        db = SQLAlchemy(app)
        Migrate(app, db)


        class Main(db.Model):
            __tablename__ = "{lab.table}"
            id = db.Column(db.Integer, primary_key=True)
    ''')
    lab.variables['DATABASE_URL'] = lab.url('psycopg2')
    flask = lab.environment.bin / 'flask'
    lab.run(flask, 'db', 'init', record=False)
    lab.run(flask, 'db', 'migrate', '-m', 'first', record=False)
    lab.sql(f'CREATE TABLE {lab.table} (id integer)')
    lab.run(flask, 'db', 'upgrade')


@scenario('other-stack', **POSTGRES)
def yoyo_table_exists(lab):
    lab.file('migrations/0001.create.sql', f'CREATE TABLE {lab.table} (id serial PRIMARY KEY);\n')
    lab.sql(f'CREATE TABLE {lab.table} (id integer)')
    lab.run(lab.environment.bin / 'yoyo', 'apply', '--batch', '--database', lab.url('psycopg'), './migrations')


@scenario('other-stack', accept=('app-error',), **POSTGRES)
def peewee_table_exists(lab):
    lab.file('make.py', f'''
        import os

        from peewee import CharField, Model
        from playhouse.db_url import connect

        db = connect(os.environ["DATABASE_URL"])


        class Main(Model):
            email = CharField()

            class Meta:
                database = db
                table_name = "{lab.table}"


        db.create_tables([Main], safe=False)
    ''')
    lab.variables['DATABASE_URL'] = lab.url('')
    lab.sql(f'CREATE TABLE {lab.table} (id integer)')
    lab.python('make.py')


# ---- Node ----

def node(lab, *command, record=True):
    (lab.src / 'node_modules').symlink_to(environments.CACHE / 'node_modules') if not (lab.src / 'node_modules').exists() else None
    lab.places += [(environments.CACHE / 'node_modules', '/opt/render/project/src/node_modules')]
    return lab.run('bash', '-c', ' '.join(command), record=record, env={'PATH': f'{environments.CACHE}/node_modules/.bin:/usr/bin:/bin', 'DATABASE_URL': lab.url('')})


@scenario('other-stack', **POSTGRES, facts={'relation': '{table}'})
def knex_table_exists(lab):
    lab.file('knexfile.js', 'module.exports = { client: "pg", connection: process.env.DATABASE_URL };\n')
    lab.file('migrations/20240101000000_first.js', f'exports.up = (knex) => knex.schema.createTable("{lab.table}", (t) => t.increments());\nexports.down = () => {{}};\n')
    lab.sql(f'CREATE TABLE {lab.table} (id integer)')
    node(lab, 'knex migrate:latest')


@scenario('other-stack', **POSTGRES)
def knex_directory_corrupt(lab):
    lab.file('knexfile.js', 'module.exports = { client: "pg", connection: process.env.DATABASE_URL };\n')
    lab.file('migrations/20240101000000_first.js', 'exports.up = (knex) => knex.schema.createTable("a", (t) => t.increments());\nexports.down = () => {};\n')
    node(lab, 'knex migrate:latest', record=False)
    (lab.src / 'migrations/20240101000000_first.js').unlink()
    lab.file('migrations/20240102000000_second.js', 'exports.up = (knex) => knex.raw("SELECT 1");\nexports.down = () => {};\n')
    node(lab, 'knex migrate:latest')


@scenario('other-stack', **POSTGRES, facts={'relation': '{table}'})
def sequelize_table_missing(lab):
    lab.file('.sequelizerc', '')
    lab.file('config/config.js', 'module.exports = { production: { use_env_variable: "DATABASE_URL", dialect: "postgres" } };\n')
    lab.file('migrations/20240101000000-note.js', f'module.exports = {{ up: (q, S) => q.addColumn("{lab.table}", "note", S.TEXT), down: () => {{}} }};\n')
    node(lab, 'NODE_ENV=production sequelize-cli db:migrate')


@scenario('other-stack', accept=('app-error',), **POSTGRES)
def typeorm_table_exists(lab):
    lab.file('source.js', 'const { DataSource } = require("typeorm");\nmodule.exports = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, migrations: ["migrations/*.js"] });\n')
    lab.file('migrations/1700000000000-first.js', f'''
        class First1700000000000 {{
          name = "First1700000000000";
          async up(runner) {{ await runner.query(`CREATE TABLE "{lab.table}" ("id" SERIAL PRIMARY KEY)`); }}
          async down() {{}}
        }}
        module.exports = {{ First1700000000000 }};
    ''')
    lab.sql(f'CREATE TABLE {lab.table} (id integer)')
    node(lab, 'typeorm migration:run -d source.js')


@scenario('other-stack', accept=('app-error',), **POSTGRES)
def node_pg_migrate_table_exists(lab):
    lab.file('migrations/1700000000000_first.js', f'exports.up = (pgm) => {{ pgm.createTable("{lab.table}", {{ id: "id" }}); }};\n')
    lab.sql(f'CREATE TABLE {lab.table} (id integer)')
    node(lab, 'node-pg-migrate up')


# ---- psql ----

@scenario('healthy', accept=('unknown', 'other-stack'), **{**POSTGRES, 'kind': 'psql'})
def psql_notices_only(lab):
    """IF NOT EXISTS says `already exists, skipping`: a notice, no failure."""
    lab.file('schema.sql', f'CREATE TABLE IF NOT EXISTS {lab.table} (id serial PRIMARY KEY);\nCREATE INDEX IF NOT EXISTS ix ON {lab.table} (id);\n')
    lab.sql(f'CREATE TABLE {lab.table} (id integer)')
    lab.run('psql', '-X', '-f', 'schema.sql', lab.url(''))


@scenario('connection', **{**POSTGRES, 'kind': 'psql'})
def psql_wrong_password(lab):
    lab.run('psql', '-X', lab.url('', password='old' + lab.password), '-c', 'SELECT 1')
