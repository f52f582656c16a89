"""Sessions in each other's way: time-outs, deadlocks, two deploys at once."""
import time

from scenarios import scenario


@scenario('lock-or-timeout')
def lock_timeout(lab):
    """The application of the deploy before holds the table."""
    lab.project(change=f'''
        op.execute("SET lock_timeout = '400ms'")
        op.add_column("{lab.table}", sa.Column("note", sa.Text))''').at(lab.revisions[1])
    lab.admin_later(f'BEGIN; LOCK TABLE {lab.table} IN ACCESS SHARE MODE; SELECT pg_sleep(40);')
    lab.upgrade()


@scenario('lock-or-timeout')
def statement_timeout(lab):
    lab.project(change=f'op.execute("UPDATE {lab.table} SET {lab.column} = upper({lab.column}) || pg_sleep(5)")').at(lab.revisions[1]).row(3)
    lab.admin(f'ALTER ROLE "{lab.role}" SET statement_timeout = \'800ms\'')
    lab.upgrade()


@scenario('lock-or-timeout')
def deadlock(lab):
    """The migration takes parent then child, the running application child then parent."""
    lab.project(change=f'''
        op.execute("LOCK TABLE {lab.table}")
        op.execute("SELECT pg_sleep(3)")
        op.add_column("{lab.child}", sa.Column("note", sa.Text))''').at(lab.revisions[1])
    lab.admin(f'ALTER DATABASE "{lab.database}" SET deadlock_timeout = \'1s\'')
    lab.admin_later(f"SET deadlock_timeout = '60s'; BEGIN; LOCK TABLE {lab.child}; SELECT pg_sleep(1.5);"
                    f'DO $$ BEGIN WHILE NOT EXISTS (SELECT 1 FROM pg_locks WHERE relation = \'{lab.table}\'::regclass AND granted'
                    f" AND mode = 'AccessExclusiveLock') LOOP PERFORM pg_sleep(0.1); END LOOP; END $$; LOCK TABLE {lab.table};")
    lab.upgrade()


@scenario('lock-or-timeout', accept=('connection', 'unknown'))
def idle_in_transaction(lab):
    """The migration thinks for longer than the server lets a transaction stay idle."""
    lab.project(change=f'''
        import time
        op.add_column("{lab.table}", sa.Column("note", sa.Text))
        time.sleep(2.5)  # asks another service for each row
        op.execute("UPDATE {lab.table} SET note = \'\'")''').at(lab.revisions[1])
    lab.admin(f'ALTER ROLE "{lab.role}" SET idle_in_transaction_session_timeout = \'1s\'')
    lab.upgrade()


@scenario('lock-or-timeout', majors=(17, 18), variants=4, accept=('connection', 'unknown'))
def transaction_timeout(lab):
    lab.project(change='op.execute("SELECT pg_sleep(6)")').at(lab.revisions[1])
    lab.admin(f'ALTER ROLE "{lab.role}" SET transaction_timeout = \'1500ms\'')
    lab.upgrade()


@scenario('lock-or-timeout', variants=3)
def lock_nowait(lab):
    lab.project(change=f'op.execute("LOCK TABLE {lab.table} IN ACCESS EXCLUSIVE MODE NOWAIT")').at(lab.revisions[1])
    lab.admin_later(f'BEGIN; LOCK TABLE {lab.table} IN ROW SHARE MODE; SELECT pg_sleep(40);')
    time.sleep(0.5)
    lab.upgrade()


@scenario('lock-or-timeout', variants=1, drivers=('asyncpg',))
def command_timeout_of_asyncpg(lab):
    lab.project(change='op.execute("SELECT pg_sleep(9)")').at(lab.revisions[1])
    env = lab.src / 'alembic/env.py'
    env.write_text(env.read_text().replace('poolclass=pool.NullPool', 'poolclass=pool.NullPool, connect_args={"command_timeout": 1.5}'))
    lab.upgrade()


@scenario('lock-or-timeout', variants=2)
def migration_gives_up_in_its_own_loop(lab):
    """A retry loop with lock_timeout: the same error several times, then the end."""
    lab.project(change=f'''
        for attempt in range(3):
            try:
                with op.get_bind().begin_nested():
                    op.execute("SET LOCAL lock_timeout = '300ms'")
                    op.add_column("{lab.table}", sa.Column("note", sa.Text))
                return
            except sa.exc.DBAPIError as error:
                print("attempt", attempt + 1, "failed:", error.orig, flush=True)
        raise RuntimeError("gave up waiting for the lock on {lab.table}")''').at(lab.revisions[1])
    lab.admin_later(f'BEGIN; LOCK TABLE {lab.table} IN ACCESS SHARE MODE; SELECT pg_sleep(40);')
    lab.upgrade()


@scenario('concurrent-start', accept=('data-violation',))
def two_services_make_the_version_table(lab):
    lab.project()
    first = next(lab.src.glob(f'alembic/versions/{lab.revisions[0]}*'))
    first.write_text(first.read_text().replace('def upgrade() -> None:\n', 'def upgrade() -> None:\n    if __import__("os").environ.get("SLOW"):\n        op.execute("SELECT pg_sleep(5)")\n'))
    lab.start(lab.environment.bin / 'alembic', 'upgrade', 'head', env={'SLOW': '1'})
    waiting(lab, 'pg_sleep')
    lab.upgrade()


@scenario('concurrent-start', accept=('duplicate-table',))
def two_services_make_one_table(lab):
    lab.project(change='op.create_table("audit_events", sa.Column("id", sa.Integer, primary_key=True))\n'
                       'if __import__("os").environ.get("SLOW"):\n    op.execute("SELECT pg_sleep(5)")').at(lab.revisions[1])
    lab.start(lab.environment.bin / 'alembic', 'upgrade', 'head', env={'SLOW': '1'})
    waiting(lab, 'pg_sleep')
    lab.upgrade()


@scenario('concurrent-start')
def two_services_move_the_version(lab):
    """Both change data alone; the second finds that the version it believed in is gone."""
    lab.project(change=f'op.execute("UPDATE {lab.table} SET {lab.column} = lower({lab.column})")\n'
                       'if __import__("os").environ.get("SLOW"):\n    op.execute("SELECT pg_sleep(4)")\n'
                       'else:\n    op.execute("SELECT pg_sleep(6)")').at(lab.revisions[1])
    lab.start(lab.environment.bin / 'alembic', 'upgrade', 'head', env={'SLOW': '1'})
    waiting(lab, 'pg_sleep')
    lab.upgrade()


def waiting(lab, words):
    """Until a session of this database runs a statement with these words."""
    for _ in range(200):
        if lab.admin(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{lab.database}' AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE '%{words}%'") != '0':
            return
        time.sleep(0.1)
    raise RuntimeError('the other service did not come that far')
