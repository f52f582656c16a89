"""Types, columns and constraints that are there already; extensions that are not."""
from scenarios import scenario


@scenario('duplicate-object', destructive='depends')
def enum_left_over(lab):
    """Dropping a table leaves its enum type."""
    lab.project(change='op.create_table("tickets", sa.Column("id", sa.Integer, primary_key=True), sa.Column("state", sa.Enum("open", "closed", name="ticket_state")))')
    lab.at(lab.revisions[1]).sql("CREATE TYPE ticket_state AS ENUM ('open', 'closed')")
    lab.upgrade()


@scenario('duplicate-object', variants=4)
def enum_in_another_schema(lab):
    lab.project(change='op.execute("CREATE TYPE billing.plan AS ENUM (\'free\', \'paid\')")').at(lab.revisions[1])
    lab.sql("CREATE SCHEMA billing; CREATE TYPE billing.plan AS ENUM ('free')")
    lab.upgrade()


@scenario('duplicate-object', destructive='depends', facts={'relation': '{table}'})
def column_made_by_hand(lab):
    lab.project(change=f'op.add_column("{lab.table}", sa.Column("phone_number", sa.String(32)))').at(lab.revisions[1])
    lab.sql(f'ALTER TABLE {lab.table} ADD COLUMN phone_number text')
    lab.upgrade()


@scenario('duplicate-object', destructive='depends', facts={'relation': '{child}'})
def constraint_made_by_hand(lab):
    lab.project(change=f'op.create_check_constraint("ck_{lab.child}_status", "{lab.child}", "status <> \'\'")').at(lab.revisions[1])
    lab.sql(f"ALTER TABLE {lab.child} ADD CONSTRAINT ck_{lab.child}_status CHECK (status <> '')")
    lab.upgrade()


@scenario('duplicate-object', destructive='depends', facts={'relation': '{table}'}, variants=3)
def trigger_left_over(lab):
    trigger = f'CREATE TRIGGER touch BEFORE UPDATE ON {lab.table} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()'
    lab.project(change=f'op.execute("{trigger}")').at(lab.revisions[1]).sql(trigger)
    lab.upgrade()


@scenario('duplicate-object', destructive='depends', accept=('migration-defect',), variants=3)
def function_left_over(lab):
    function = 'CREATE FUNCTION next_number() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$'
    lab.project(change=f'op.execute("{function}")').at(lab.revisions[1]).sql(function)
    lab.upgrade()


@scenario('duplicate-object', variants=3)
def schema_left_over(lab):
    lab.project(change='op.execute("CREATE SCHEMA reporting")').at(lab.revisions[1]).sql('CREATE SCHEMA reporting')
    lab.upgrade()


@scenario('duplicate-object', destructive='depends', variants=2)
def extension_there_already(lab):
    lab.project(change='op.execute("CREATE EXTENSION pg_trgm")').at(lab.revisions[1]).admin('CREATE EXTENSION pg_trgm')
    lab.upgrade()


@scenario('duplicate-object', destructive='depends', facts={'relation': '{table}'}, variants=3)
def half_applied_after_autocommit(lab):
    """The block outside the transaction was committed, the rest was not; this is the second run."""
    lab.project(change=f'''
        op.add_column("{lab.table}", sa.Column("slug2", sa.Text))
        with op.get_context().autocommit_block():
            op.execute("CREATE UNIQUE INDEX CONCURRENTLY uq_{lab.table}_{lab.column} ON {lab.table} ({lab.column})")''')
    lab.at(lab.revisions[1]).row(2)
    lab.upgrade(record=False)
    lab.upgrade()


@scenario('data-violation', variants=4)
def unique_index_over_doubles(lab):
    lab.project(change=f'op.create_index("uq_{lab.table}_{lab.column}", "{lab.table}", ["{lab.column}"], unique=True)')
    lab.at(lab.revisions[1]).row(3)
    lab.upgrade()


@scenario('extension-missing')
def citext_gone(lab):
    lab.project(change=f'op.execute("ALTER TABLE {lab.table} ALTER COLUMN {lab.column} TYPE citext")').at(lab.revisions[1])
    lab.upgrade()


@scenario('extension-missing', variants=3)
def uuid_function_gone(lab):
    lab.project(change='op.create_table("tokens", sa.Column("id", sa.Uuid, server_default=sa.text("uuid_generate_v4()"), primary_key=True))')
    lab.at(lab.revisions[1]).upgrade()


@scenario('extension-missing')
def trigram_operator_class_gone(lab):
    lab.project(change=f'op.create_index("ix_{lab.table}_trgm", "{lab.table}", ["{lab.column}"], postgresql_using="gin", postgresql_ops={{"{lab.column}": "gin_trgm_ops"}})')
    lab.at(lab.revisions[1]).upgrade()


@scenario('extension-missing', variants=3)
def vector_type_gone(lab):
    lab.project(change=f'op.execute("ALTER TABLE {lab.child} ADD COLUMN embedding vector(1536)")').at(lab.revisions[1])
    lab.upgrade()


@scenario('extension-missing', variants=3)
def vector_not_installed_on_the_server(lab):
    lab.project(change='op.execute("CREATE EXTENSION IF NOT EXISTS vector")').at(lab.revisions[1])
    lab.upgrade()


@scenario('extension-missing', variants=2)
def crypt_function_gone(lab):
    lab.project(change=f'op.execute("UPDATE {lab.table} SET {lab.column} = crypt({lab.column}, gen_salt(\'bf\'))")').at(lab.revisions[1])
    lab.upgrade()


@scenario('extension-missing', variants=2)
def hstore_type_gone(lab):
    lab.project(change=f'''
        from sqlalchemy.dialects import postgresql
        op.add_column("{lab.table}", sa.Column("attributes", postgresql.HSTORE))''').at(lab.revisions[1])
    lab.upgrade()


@scenario('schema-missing')
def public_dropped(lab):
    lab.project().sql('DROP SCHEMA public CASCADE')
    lab.upgrade()


@scenario('schema-missing', variants=3)
def no_usage_on_public(lab):
    """Somebody dropped public and made it again as another role."""
    lab.project().admin('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    lab.upgrade()


@scenario('schema-missing')
def schema_never_made(lab):
    lab.project(change='op.create_table("ledger", sa.Column("id", sa.Integer, primary_key=True), schema="billing")').at(lab.revisions[1])
    lab.upgrade()
