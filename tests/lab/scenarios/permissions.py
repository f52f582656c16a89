"""42501 in its forms."""
from scenarios import scenario



@scenario('permission', majors=(15, 16, 17, 18))
def create_in_public_refused(lab):
    """PostgreSQL 15 took CREATE on public away from everybody."""
    lab.project().admin('ALTER SCHEMA public OWNER TO pg_database_owner; REVOKE CREATE ON SCHEMA public FROM PUBLIC')
    lab.admin(f'ALTER DATABASE "{lab.database}" OWNER TO postgres')
    lab.upgrade()


def owned_by_another(lab, sql):
    """Tables stay with the owner before: a restore, or credentials that were changed."""
    lab.admin(f'CREATE ROLE former_owner; ALTER TABLE {lab.table} OWNER TO former_owner; ALTER TABLE {lab.child} OWNER TO former_owner; {sql}')


@scenario('permission', facts={'relation': '{table}'})
def table_of_another_owner(lab):
    lab.project(change=f'op.add_column("{lab.table}", sa.Column("note", sa.Text))').at(lab.revisions[1])
    owned_by_another(lab, f'GRANT ALL ON {lab.table} TO "{lab.role}"')
    lab.upgrade()


@scenario('permission', facts={'relation': '{table}'})
def select_refused(lab):
    lab.project().at(lab.revisions[1])
    owned_by_another(lab, '')
    lab.upgrade()
    lab.python('-m', 'app.seed')


@scenario('permission', facts={'relation': 'alembic_version'})
def version_table_refused(lab):
    lab.project(change='pass').at(lab.revisions[1])
    lab.admin('CREATE ROLE former_owner; ALTER TABLE alembic_version OWNER TO former_owner')
    lab.upgrade()


@scenario('permission', variants=3)
def type_of_another_owner(lab):
    lab.project(change='with op.get_context().autocommit_block():\n    op.execute("ALTER TYPE ticket_state ADD VALUE \'held\'")')
    lab.at(lab.revisions[1]).admin("CREATE TYPE ticket_state AS ENUM ('open')")
    lab.upgrade()


@scenario('permission', variants=3)
def sequence_refused(lab):
    lab.project(change=f'op.execute("INSERT INTO {lab.table} ({lab.column}) VALUES (\'first\')")').at(lab.revisions[1])
    owned_by_another(lab, f'GRANT INSERT ON {lab.table} TO "{lab.role}"')
    lab.facts['relation'] = f'{lab.table}_id_seq'
    lab.upgrade()


@scenario('permission', variants=3)
def schema_in_a_database_of_another(lab):
    lab.project(change='op.execute("CREATE SCHEMA IF NOT EXISTS reporting")').at(lab.revisions[1])
    lab.admin(f'ALTER DATABASE "{lab.database}" OWNER TO postgres')
    lab.upgrade()


@scenario('permission', variants=3)
def extension_for_superusers(lab):
    lab.project(change='op.execute("CREATE EXTENSION IF NOT EXISTS file_fdw")').at(lab.revisions[1])
    lab.upgrade()


@scenario('permission', variants=2)
def function_of_another_owner(lab):
    lab.project(change='op.execute("ALTER FUNCTION next_number() RENAME TO following_number")').at(lab.revisions[1])
    lab.admin('CREATE FUNCTION next_number() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$')
    lab.upgrade()


@scenario('permission', variants=3, accept=('connection',))
def connect_refused(lab):
    """CONNECT on the database was taken away."""
    lab.project().admin(f'REVOKE CONNECT ON DATABASE "{lab.database}" FROM PUBLIC; ALTER DATABASE "{lab.database}" OWNER TO postgres;'
                        f'REVOKE ALL ON DATABASE "{lab.database}" FROM "{lab.role}"')
    lab.upgrade()


@scenario('permission', variants=2, accept=('data-violation',), facts={'relation': '{table}'})
def row_level_security(lab):
    lab.project(change=f'op.execute("INSERT INTO {lab.table} ({lab.column}) VALUES (\'first\')")').at(lab.revisions[1])
    lab.sql(f'ALTER TABLE {lab.table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {lab.table} FORCE ROW LEVEL SECURITY')
    lab.upgrade()


@scenario('permission', variants=2)
def role_may_not_be_set(lab):
    lab.project(change='op.execute("SET ROLE migrator")').at(lab.revisions[1])
    lab.admin('CREATE ROLE migrator')
    lab.upgrade()
