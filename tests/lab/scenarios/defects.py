"""Migrations that are wrong by themselves."""
from scenarios import scenario


@scenario('migration-defect')
def column_that_is_not_there(lab):
    lab.project(change=f'op.execute("UPDATE {lab.table} SET full_name = {lab.column}")').at(lab.revisions[1])
    lab.upgrade()


@scenario('migration-defect')
def others_depend_on_it(lab):
    lab.project(change=f'op.drop_table("{lab.table}")').at(lab.revisions[1])
    lab.upgrade()


@scenario('migration-defect', variants=4)
def revision_id_too_long(lab):
    long = 'add_last_seen_column_to_the_main_table'
    lab.project().at(lab.revisions[1])
    lab.revision(long, lab.revisions[1], f'op.add_column("{lab.table}", sa.Column("last_seen", sa.DateTime(timezone=True)))', 'long id')
    lab.upgrade()


@scenario('migration-defect')
def concurrently_inside_a_transaction(lab):
    lab.project(change=f'op.create_index("ix_{lab.child}_status", "{lab.child}", ["status"], postgresql_concurrently=True)').at(lab.revisions[1])
    lab.upgrade()


@scenario('migration-defect', variants=3)
def new_enum_value_used_at_once(lab):
    lab.project(change=f'''
        op.execute("ALTER TYPE ticket_state ADD VALUE 'held'")
        op.execute("ALTER TABLE {lab.child} ADD COLUMN state ticket_state NOT NULL DEFAULT 'held'")''').at(lab.revisions[1])
    lab.sql("CREATE TYPE ticket_state AS ENUM ('open')")
    lab.upgrade()


@scenario('migration-defect', variants=4)
def no_cast_to_integer(lab):
    lab.project(change=f'op.alter_column("{lab.table}", "{lab.column}", type_=sa.Integer)').at(lab.revisions[1])
    lab.upgrade()


@scenario('migration-defect', variants=3)
def default_does_not_cast(lab):
    lab.project(change=f'''
        op.execute("CREATE TYPE ticket_state AS ENUM ('open', 'closed')")
        op.execute("ALTER TABLE {lab.child} ALTER COLUMN status TYPE ticket_state USING status::ticket_state")''').at(lab.revisions[1])
    lab.upgrade()


@scenario('migration-defect', variants=3)
def syntax_error_in_sql(lab):
    lab.project(change=f'op.execute("ALTER TABLE {lab.table} ADD COLUM note text")').at(lab.revisions[1])
    lab.upgrade()


@scenario('migration-defect', variants=3)
def name_error_in_version_file(lab):
    lab.project(change=f'op.add_column("{lab.table}", sa.Column("data", JSONB))').at(lab.revisions[1])
    lab.upgrade()


@scenario('migration-defect', accept=('app-error',), variants=2)
def import_error_in_version_file(lab):
    lab.project().at(lab.revisions[1])
    lab.revision(lab.revisions[2], lab.revisions[1], 'pass', 'import', header='from sqlalchemy_utils import URLType')
    lab.upgrade()


@scenario('migration-defect', accept=('app-error',), variants=2)
def python_syntax_error_in_version_file(lab):
    lab.project().at(lab.revisions[1])
    lab.revision(lab.revisions[2], lab.revisions[1], f'op.add_column("{lab.table}", sa.Column("note", sa.Text)', 'syntax')
    lab.upgrade()


@scenario('migration-defect', variants=3)
def index_that_is_not_there(lab):
    lab.project(change=f'op.drop_index("ix_{lab.table}_old", table_name="{lab.table}")').at(lab.revisions[1])
    lab.upgrade()


@scenario('migration-defect', variants=3)
def constraint_that_is_not_there(lab):
    lab.project(change=f'op.drop_constraint("{lab.child}_owner_fkey", "{lab.child}", type_="foreignkey")').at(lab.revisions[1])
    lab.upgrade()


@scenario('migration-defect', variants=3)
def constraint_without_a_name(lab):
    lab.project(change=f'op.drop_constraint(None, "{lab.child}", type_="foreignkey")').at(lab.revisions[1])
    lab.upgrade()


@scenario('migration-defect', variants=3)
def view_uses_the_column(lab):
    lab.project(change=f'op.alter_column("{lab.table}", "{lab.column}", type_=sa.Text)').at(lab.revisions[1])
    lab.sql(f'CREATE VIEW listing AS SELECT {lab.column} FROM {lab.table}')
    lab.upgrade()


@scenario('migration-defect', variants=2)
def type_that_was_never_made(lab):
    lab.project(change=f'op.execute("ALTER TABLE {lab.child} ADD COLUMN kind {lab.child}_kind")').at(lab.revisions[1])
    lab.upgrade()


@scenario('migration-defect', variants=2)
def foreign_key_to_no_unique_column(lab):
    lab.project(change=f'op.create_table("notes", sa.Column("id", sa.Integer, primary_key=True), sa.Column("ref", sa.String(255), sa.ForeignKey("{lab.table}.{lab.column}")))')
    lab.at(lab.revisions[1]).upgrade()


@scenario('migration-defect', variants=2)
def vacuum_inside_a_transaction(lab):
    lab.project(change=f'op.execute("VACUUM ANALYZE {lab.table}")').at(lab.revisions[1])
    lab.upgrade()


@scenario('migration-defect', variants=2)
def downgrade_drops_what_others_need(lab):
    lab.project().at(lab.revisions[1])
    path = next(lab.src.glob(f'alembic/versions/{lab.revisions[1]}*'))
    path.write_text(path.read_text().replace('def downgrade() -> None:\n    pass', f'def downgrade() -> None:\n    op.drop_table("{lab.table}")'))
    lab.alembic('downgrade', '-1')


@scenario('migration-defect', variants=1, drivers=("asyncpg",))
def two_statements_at_once(lab):
    """asyncpg prepares statements and takes one at a time."""
    lab.project(change=f'op.execute("ALTER TABLE {lab.table} ADD COLUMN a int; ALTER TABLE {lab.table} ADD COLUMN b int")').at(lab.revisions[1])
    lab.upgrade()
