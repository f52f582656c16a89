"""Servers that do not write: standby, read-only, full, starting, out of locks. Each on a cluster of its own."""
import os
import pathlib
import subprocess
import time

import environments
from scenarios import Absent, scenario
from servers import Server


def own(lab, settings=None, **more):
    """A cluster only for this scenario; the bench then works on it."""
    major = lab.server.version.split('.')[0]
    made = Server(environments.postgres(major), settings, **more)
    made.version = lab.server.version
    lab.drop_database()
    lab.drop_database = lambda: None
    lab.server = made
    lab.undo += [made.remove]
    return made


@scenario('server-state')
def read_only_standby(lab):
    """DATABASE_URL names the replica."""
    own(lab).start().ready()
    lab.make_database()
    lab.project(change=f'op.add_column("{lab.table}", sa.Column("note", sa.Text))').at(lab.revisions[1])
    primary = lab.server
    primary.stop()
    standby = own_copy(lab, primary)
    standby.start().ready()
    lab.upgrade()


def own_copy(lab, primary, settings=None):
    standby = Server(primary.bin.parent, settings, like=primary)
    (standby.data / 'standby.signal').touch()
    standby.version, lab.server = primary.version, standby
    lab.undo += [standby.remove]
    return standby


@scenario('server-state', variants=3)
def read_only_standby_from_nothing(lab):
    """The replica again, before the first migration: already the version table cannot be made."""
    own(lab).start().ready()
    lab.make_database()
    lab.project()
    lab.server.stop()
    own_copy(lab, lab.server).start().ready()
    lab.upgrade()


@scenario('server-state', accept=('connection',), variants=4, majors=(13, 14, 15, 18))
def replica_not_open_for_queries(lab):
    own(lab).start().ready()
    lab.make_database()
    lab.project()
    lab.server.stop()
    standby = own_copy(lab, lab.server, {'hot_standby': 'off'})
    standby.start()
    for _ in range(100):
        if 'FATAL' in standby.psql('SELECT 1', check=False).stderr:
            break
        time.sleep(0.1)
    lab.finish = lambda: None
    lab.upgrade()


@scenario('server-state')
def read_only_by_default(lab):
    lab.project(change=f'op.add_column("{lab.table}", sa.Column("note", sa.Text))').at(lab.revisions[1])
    lab.admin(f'ALTER DATABASE "{lab.database}" SET default_transaction_read_only = on')
    lab.upgrade()


@scenario('server-state')
def out_of_lock_table(lab):
    """One transaction that touches thousands of tables."""
    own(lab, {'max_connections': '10', 'max_locks_per_transaction': '10'}).start().ready()
    lab.make_database()
    lab.project(change='''
        for number in range(6000):
            op.execute(f"CREATE TABLE part_{number:04} (id integer)")''').at(lab.revisions[1])
    lab.upgrade(seconds=120)


def small_disk(lab):
    """A tablespace on a file system of a few megabytes; None where this machine lets nobody mount one."""
    folder = pathlib.Path(f'/var/tmp/runbook-lab-disk-{os.getpid()}')
    folder.mkdir(exist_ok=True)
    options = f'size=12m,mode=0700,uid={lab.server.user.pw_uid if lab.server.user else os.getuid()}'
    if subprocess.run(['mount', '-t', 'tmpfs', '-o', options, 'tmpfs', folder], capture_output=True).returncode:
        folder.rmdir()
        raise Absent('no small file system can be mounted here')
    lab.small = folder
    lab.undo += [lambda: lab.server.psql(f'DROP DATABASE "{lab.database}" WITH (FORCE)'), lambda: lab.server.psql('DROP TABLESPACE IF EXISTS small'),
                lambda: subprocess.run(['umount', folder]), folder.rmdir]
    lab.server.psql(f"CREATE TABLESPACE small LOCATION '{folder}'")
    lab.server.psql(f'ALTER DATABASE "{lab.database}" SET TABLESPACE small')
    lab.server.psql(f'GRANT CREATE ON TABLESPACE small TO "{lab.role}"')


@scenario('server-state')
def disk_full(lab):
    small_disk(lab)
    lab.project(change=f'op.execute("INSERT INTO {lab.table} ({lab.column}) SELECT repeat(\'x\', 250) FROM generate_series(1, 200000)")').at(lab.revisions[1])
    lab.upgrade()


@scenario('server-state', variants=2)
def disk_full_while_indexing(lab):
    small_disk(lab)
    lab.project(change=f'op.create_index("ix_{lab.table}_long", "{lab.table}", [sa.text("({lab.column} || id)")])').at(lab.revisions[1])
    try:
        for _ in range(40):
            lab.row(1000, 'y' * 200)
            if int(lab.admin('SELECT pg_database_size(current_database())')) > 11_000_000:
                break
    except RuntimeError:
        pass
    lab.upgrade()


@scenario('server-state', variants=2)
def temporary_files_limited(lab):
    lab.project(change=f'op.create_index("ix_{lab.table}_twice", "{lab.table}", [sa.text("md5({lab.column} || id)")])').at(lab.revisions[1])
    lab.row(60000, 'z' * 100)
    lab.admin(f'ALTER ROLE "{lab.role}" SET temp_file_limit = \'200kB\'; ALTER ROLE "{lab.role}" SET maintenance_work_mem = \'1MB\'')
    lab.upgrade()


@scenario('server-state', accept=('connection', 'unknown'))
def terminated_by_an_administrator(lab):
    """The host restarts the database in the middle of a migration."""
    lab.project(change='op.execute("SELECT pg_sleep(20)")').at(lab.revisions[1])
    lab.admin_later(f"DO $$ BEGIN WHILE NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE usename = '{lab.role}' AND query LIKE 'SELECT pg_sleep(20)%') LOOP"
                    " PERFORM pg_sleep(0.2); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$;"
                    f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{lab.role}';", 'postgres')
    lab.upgrade()


@scenario('server-state', accept=('connection', 'unknown'), variants=4)
def server_killed_under_the_migration(lab):
    """Immediate shutdown: what an application sees when the database crashes."""
    own(lab).start().ready()
    lab.make_database()
    lab.project(change='op.execute("SELECT pg_sleep(20)")').at(lab.revisions[1])
    script = 'import time, os, sys; time.sleep(4); os.kill(int(sys.argv[1]), 3)'
    lab.others.append(subprocess.Popen(['python3', '-c', script, str(lab.server.process.pid)], start_new_session=True))
    lab.finish = lambda: None
    lab.upgrade()
