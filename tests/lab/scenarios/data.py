"""Rows that do not fit what a migration asks of them."""
from scenarios import scenario


@scenario('data-violation', facts={'relation': '{table}'})
def not_null_over_nulls(lab):
    lab.project(change=f'op.add_column("{lab.table}", sa.Column("team_id", sa.Integer, nullable=False))').at(lab.revisions[1]).row(2)
    lab.upgrade()


@scenario('data-violation', variants=4)
def foreign_key_over_orphans(lab):
    lab.project(change=f'''
        op.create_foreign_key("fk_{lab.child}_owner", "{lab.child}", "{lab.table}", ["owner_id"], ["id"])''').at(lab.revisions[1]).row()
    lab.sql(f'ALTER TABLE {lab.child} ADD COLUMN owner_id integer; INSERT INTO {lab.child} ({lab.table[:-1]}_id, owner_id) VALUES (1, 41)')
    lab.upgrade()


@scenario('data-violation', variants=3)
def check_over_bad_rows(lab):
    lab.project(change=f'op.create_check_constraint("ck_{lab.table}_length", "{lab.table}", "length({lab.column}) > 8")').at(lab.revisions[1]).row()
    lab.upgrade()


@scenario('data-violation', variants=3)
def values_no_number(lab):
    lab.project(change=f'op.alter_column("{lab.table}", "{lab.column}", type_=sa.Integer, postgresql_using="{lab.column}::integer")').at(lab.revisions[1]).row()
    lab.upgrade()


@scenario('data-violation', variants=3, accept=('migration-defect',))
def values_not_of_the_enum(lab):
    lab.project(change=f'''
        op.execute("CREATE TYPE {lab.table}_kind AS ENUM ('beta', 'gamma')")
        op.execute("ALTER TABLE {lab.table} ALTER COLUMN {lab.column} TYPE {lab.table}_kind USING {lab.column}::{lab.table}_kind")''').at(lab.revisions[1]).row()
    lab.upgrade()


@scenario('data-violation', variants=3)
def values_too_long(lab):
    lab.project(change=f'op.alter_column("{lab.table}", "{lab.column}", type_=sa.String(8))').at(lab.revisions[1]).row(value='much longer than eight')
    lab.upgrade()


@scenario('data-violation', variants=3)
def seed_breaks_unique(lab):
    """A data migration inserts what is there already."""
    lab.project(change=f'op.execute("INSERT INTO {lab.table} (id, {lab.column}) VALUES (1, \'admin\')")').at(lab.revisions[1]).row()
    lab.upgrade()


@scenario('data-violation', variants=2)
def delete_still_referenced(lab):
    lab.project(change=f'op.execute("DELETE FROM {lab.table}")').at(lab.revisions[1]).row()
    lab.sql(f'INSERT INTO {lab.child} ({lab.table[:-1]}_id) VALUES (1)')
    lab.upgrade()


@scenario('data-violation', variants=2)
def exclusion_over_overlaps(lab):
    lab.project(change=f'op.execute("ALTER TABLE {lab.child} ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&)")').at(lab.revisions[1]).row()
    lab.sql(f"ALTER TABLE {lab.child} ADD COLUMN during int4range DEFAULT '[1,9]'; INSERT INTO {lab.child} ({lab.table[:-1]}_id) VALUES (1), (1)")
    lab.upgrade()
