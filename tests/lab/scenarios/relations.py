"""Tables that are there already, or are not."""
from scenarios import scenario

TABLE = {'relation': '{table}'}


@scenario('duplicate-table', destructive='depends', facts=TABLE)
def create_all_before_history(lab):
    """The application's create_all made the tables; Alembic starts from nothing."""
    lab.project()
    t, c = lab.table, lab.child
    lab.sql(f'CREATE TABLE {t} (id serial PRIMARY KEY, {lab.column} varchar(255) NOT NULL);'
            f'CREATE TABLE {c} (id serial PRIMARY KEY, {t[:-1]}_id integer REFERENCES {t})')
    lab.upgrade()


@scenario('duplicate-table', destructive='depends', facts=TABLE)
def version_table_dropped(lab):
    lab.project().at(lab.revisions[1])
    lab.sql('DROP TABLE alembic_version')
    lab.upgrade()


@scenario('duplicate-table', destructive='depends', facts=TABLE, variants=3)
def version_table_emptied(lab):
    lab.project().at(lab.revisions[1])
    lab.sql('DELETE FROM alembic_version')
    lab.upgrade()


@scenario('duplicate-table', destructive='depends', facts={'relation': 'audit_events', 'revision': '{revisions[2]}'})
def table_made_by_hand(lab):
    lab.project(change='op.create_table("audit_events", sa.Column("id", sa.BigInteger, primary_key=True), sa.Column("what", sa.Text))')
    lab.at(lab.revisions[1]).sql('CREATE TABLE audit_events (id bigserial PRIMARY KEY)')
    lab.upgrade()


@scenario('duplicate-table', destructive='depends')
def index_made_by_hand(lab):
    lab.project(change=f'op.create_index("ix_{lab.child}_status", "{lab.child}", ["status"])')
    lab.at(lab.revisions[1]).sql(f'CREATE INDEX ix_{lab.child}_status ON {lab.child} (status)')
    lab.facts['relation'] = f'ix_{lab.child}_status'
    lab.upgrade()


@scenario('duplicate-table', destructive='depends', facts={'relation': 'ticket_number_seq'}, variants=3)
def sequence_left_over(lab):
    lab.project(change='op.execute(sa.schema.CreateSequence(sa.Sequence("ticket_number_seq")))')
    lab.at(lab.revisions[1]).sql('CREATE SEQUENCE ticket_number_seq')
    lab.upgrade()


@scenario('duplicate-table', destructive='depends', facts={'relation': 'open_items'}, variants=3)
def view_left_over(lab):
    lab.project(change=f'op.execute("CREATE VIEW open_items AS SELECT id FROM {lab.child} WHERE status = \'open\'")')
    lab.at(lab.revisions[1]).sql('CREATE VIEW open_items AS SELECT 1 AS id')
    lab.upgrade()


@scenario('duplicate-table', facts={'relation': 'ledger', 'schema': 'billing'})
def table_in_another_schema(lab):
    """Emptying `public` would not help: the table stands in a schema of its own."""
    lab.project(change='op.create_table("ledger", sa.Column("id", sa.Integer, primary_key=True), schema="billing")')
    lab.at(lab.revisions[1]).sql('CREATE SCHEMA billing; CREATE TABLE billing.ledger (id integer)')
    lab.upgrade()


@scenario('duplicate-table', destructive='depends', facts=TABLE, variants=3)
def squashed_history_on_an_old_database(lab):
    """All revisions squashed into one, alembic_version removed to make room for it, never stamped."""
    lab.project(base=False)
    t = lab.table
    lab.revision('1f0c22e9a7b4', None, f'''
        op.create_table("{t}", sa.Column("id", sa.Integer, primary_key=True), sa.Column("{lab.column}", sa.String(255)))
        op.create_table("{lab.child}", sa.Column("id", sa.Integer, primary_key=True))''', 'squashed baseline')
    lab.at(lab.revisions[1]).sql('DROP TABLE alembic_version')
    lab.upgrade()


@scenario('duplicate-table', destructive='depends', facts=TABLE, variants=2, drivers=('psycopg2', 'psycopg', 'pg8000'))
def metadata_create_all_without_check(lab):
    """No Alembic: the start script makes all tables itself, every time."""
    lab.project().at(lab.revisions[1])
    lab.file('app/init_db.py', '''
        from app.db import engine
        from app.models import Base

        if __name__ == "__main__":
            Base.metadata.create_all(engine, checkfirst=False)
    ''')
    lab.python('-m', 'app.init_db')


@scenario('duplicate-table', destructive='depends', facts=TABLE, variants=2)
def verbose_sql_echo(lab):
    """SQLAlchemy's own logger at INFO: the failing statement stands among many others."""
    lab.project()
    ini = lab.src / 'alembic.ini'
    ini.write_text(ini.read_text().replace('level = WARNING\nhandlers =\nqualname = sqlalchemy.engine', 'level = INFO\nhandlers =\nqualname = sqlalchemy.engine'))
    lab.sql(f'CREATE TABLE {lab.table} (id serial PRIMARY KEY)')
    lab.upgrade()


@scenario('undefined-table', destructive='depends', facts=TABLE)
def parent_table_lost(lab):
    """A foreign key to a table somebody dropped."""
    lab.project().at(lab.revisions[0]).sql(f'DROP TABLE {lab.table}')
    lab.upgrade()


@scenario('undefined-table', destructive='depends', facts={'relation': '{table}', 'revision': '{revisions[2]}'})
def altered_table_lost(lab):
    lab.project(change=f'op.add_column("{lab.table}", sa.Column("last_seen", sa.DateTime(timezone=True)))')
    lab.at(lab.revisions[1]).sql(f'DROP TABLE {lab.table} CASCADE')
    lab.upgrade()


@scenario('undefined-table', destructive='depends', facts=TABLE)
def stamped_but_never_built(lab):
    """Stamped head on an empty database: the upgrade does nothing, the seed step finds no table."""
    lab.project().sql("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
                      f"INSERT INTO alembic_version VALUES ('{lab.revisions[1]}')")
    lab.upgrade()
    lab.python('-m', 'app.seed')


@scenario('undefined-table', destructive='depends', facts=TABLE, variants=3)
def migrations_rolled_back_silently(lab):
    """env.py runs a statement before configure(): Alembic joins that transaction, and nobody commits it."""
    lab.project()
    env = lab.src / 'alembic/env.py'
    line = '    context.configure(connection=connection,' if lab.driver == 'asyncpg' else '        context.configure(connection=connection,'
    indent = line[:len(line) - len(line.lstrip())]
    env.write_text('from sqlalchemy import text\n' + env.read_text().replace(line, f'{indent}connection.execute(text("SELECT 1"))\n{line}'))
    lab.upgrade()
    lab.python('-m', 'app.seed')


@scenario('undefined-table', destructive='depends', facts={'relation': 'feature_flags'})
def application_starts_without_its_table(lab):
    """The model is new, its migration was never written; the application asks at start."""
    lab.project().at(lab.revisions[1])
    session = 'async with engine.connect() as connection:\n        await connection' if lab.driver == 'asyncpg' else 'with engine.connect() as connection:\n        connection'
    lab.file('app/main.py', f'''
from contextlib import asynccontextmanager

from fastapi import FastAPI
from sqlalchemy import text

from app.db import engine


@asynccontextmanager
async def lifespan(app):
    {session}.execute(text("SELECT name, enabled FROM feature_flags"))
    yield


app = FastAPI(lifespan=lifespan)
''')
    lab.upgrade()
    lab.python('-m', 'uvicorn', 'app.main:app', '--host', '0.0.0.0', '--port', '10000', seconds=20)


@scenario('undefined-table', destructive='depends', facts={'relation': 'sessions'})
def dropped_table_dropped_again(lab):
    lab.project(change='op.drop_table("sessions")').at(lab.revisions[1])
    lab.upgrade()


@scenario('undefined-table', destructive='depends', facts=TABLE, variants=3)
def tables_in_a_schema_off_the_search_path(lab):
    """Everything is there, in schema `app`; this role looks into `public`."""
    lab.project(change=f'op.add_column("{lab.table}", sa.Column("note", sa.Text))').at(lab.revisions[1])
    lab.sql(f'CREATE SCHEMA app; ALTER TABLE {lab.table} SET SCHEMA app; ALTER TABLE {lab.child} SET SCHEMA app')
    lab.upgrade()


@scenario('undefined-table', facts={'relation': 'ledger', 'schema': 'billing'}, variants=2)
def table_missing_in_another_schema(lab):
    lab.project(change='op.add_column("ledger", sa.Column("note", sa.Text), schema="billing")')
    lab.at(lab.revisions[1]).sql('CREATE SCHEMA billing')
    lab.upgrade()


@scenario('undefined-table', destructive='depends', variants=2)
def sequence_missing(lab):
    lab.project(change=f'op.execute("SELECT setval(\'{lab.table}_number_seq\', 1000)")').at(lab.revisions[1])
    lab.facts['relation'] = f'{lab.table}_number_seq'
    lab.upgrade()


@scenario('version-table-missing', destructive='depends')
def check_script_without_version_table(lab):
    """The project's own check reads alembic_version in a database nobody migrated."""
    lab.project()
    session = '''
        import asyncio

        async def main():
            async with engine.connect() as connection:
                print("revision:", (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar())

        asyncio.run(main())''' if lab.driver == 'asyncpg' else '''
        with engine.connect() as connection:
            print("revision:", connection.execute(text("SELECT version_num FROM alembic_version")).scalar())'''
    lab.file('app/db_check.py', f'''
        from sqlalchemy import text

        from app.db import engine
{session}
    ''')
    lab.python('-m', 'app.db_check')


@scenario('version-table-missing', destructive='depends', kind='psql', drivers=(), environments=('sa21',), majors=(16,))
def psql_reads_the_version(lab):
    lab.run('psql', '-X', lab.url(''), '-c', 'SELECT version_num FROM alembic_version')


@scenario('duplicate-table', accept=('other-stack',), kind='psql', drivers=(), environments=('sa21',), majors=(17,), facts=TABLE)
def psql_script_over_a_full_database(lab):
    """Not a migration tool: a schema file, fed to psql in a build."""
    lab.at(lab.revisions[1])
    lab.file('schema.sql', f'BEGIN;\nCREATE TABLE {lab.table} (id serial PRIMARY KEY);\nCREATE TABLE {lab.child} (id serial PRIMARY KEY);\nCOMMIT;\n')
    lab.run('psql', '-X', '-f', 'schema.sql', lab.url(''))


@scenario('aborted-transaction', accept=('undefined-table',))
def first_error_swallowed(lab):
    """The migration catches the first error and goes on; only the follow-on error is printed."""
    lab.project(change=f'''
        try:
            op.execute("ALTER TABLE legacy_import RENAME TO imports")
        except Exception:
            pass
        op.add_column("{lab.table}", sa.Column("imported", sa.Boolean))''').at(lab.revisions[1])
    lab.upgrade()
