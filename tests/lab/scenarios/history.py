"""What the database says about its revision, and what the files say."""
import subprocess
import threading
import time

from scenarios import scenario
from servers import free_port


@scenario('unknown-revision', destructive='depends', facts={'revision': '7d2e9b04c1aa'})
def branch_switch(lab):
    """A preview of another branch migrated this database; main never saw its revision."""
    lab.project().at('7d2e9b04c1aa')
    lab.upgrade()


@scenario('unknown-revision', destructive='depends', facts={'revision': '{revisions[1]}'}, variants=3)
def squashed_history(lab):
    lab.project(base=False).at(lab.revisions[1])
    lab.revision('1f0c22e9a7b4', None, f'op.create_table("{lab.table}", sa.Column("id", sa.Integer, primary_key=True))', 'squashed baseline')
    lab.upgrade()


@scenario('unknown-revision', destructive='depends', facts={'revision': 'b1946ac92492'}, variants=2)
def current_with_unknown_revision(lab):
    lab.project().at('b1946ac92492')
    lab.alembic('current')


@scenario('unknown-revision', destructive='depends', facts={'revision': 'b1946ac92492'}, variants=2)
def stamp_over_unknown_revision(lab):
    lab.project().at('b1946ac92492')
    lab.alembic('stamp', 'head')


@scenario('unknown-revision', destructive='depends', facts={'revision': '0099'}, variants=2)
def upgrade_to_a_revision_that_never_was(lab):
    lab.project().at(lab.revisions[0])
    lab.upgrade('0099')


@scenario('unknown-revision', destructive='depends', facts={'revision': 'e4d909c290d0'}, variants=2)
def downgrade_to_unknown(lab):
    lab.project().at(lab.revisions[1])
    lab.alembic('downgrade', 'e4d909c290d0')


@scenario('broken-chain', variants=3)
def revision_file_not_committed(lab):
    lab.project(change='pass').at(lab.revisions[0])
    next(lab.src.glob(f'alembic/versions/{lab.revisions[1]}*')).unlink()
    lab.upgrade()


@scenario('broken-chain', variants=2)
def chain_in_a_circle(lab):
    lab.project()
    one, two, _ = lab.revisions
    path = next(lab.src.glob(f'alembic/versions/{one}*'))
    path.write_text(path.read_text().replace('down_revision = None', f'down_revision = "{two}"'))
    lab.upgrade()


@scenario('broken-chain', variants=2)
def revision_follows_itself(lab):
    lab.project().revision('aa11', 'aa11', 'pass', 'self')
    lab.upgrade()


@scenario('broken-chain', variants=2)
def depends_on_nothing_known(lab):
    lab.project()
    path = next(lab.src.glob(f'alembic/versions/{lab.revisions[1]}*'))
    path.write_text(path.read_text().replace('depends_on = None', 'depends_on = "4f8e12ab90cd"'))
    lab.upgrade()


@scenario('multiple-heads')
def two_heads(lab):
    lab.project(change='pass').at(lab.revisions[1])
    lab.revision('d3d9446802a4', lab.revisions[1], 'pass', 'other branch')
    lab.upgrade()


@scenario('multiple-heads', variants=2)
def one_step_up_with_two_heads(lab):
    lab.project(change='pass').at(lab.revisions[1])
    lab.revision('d3d9446802a4', lab.revisions[1], 'pass', 'other branch')
    lab.upgrade('+1')


@scenario('multiple-heads', variants=2)
def new_revision_on_two_heads(lab):
    lab.project(change='pass').at(lab.revisions[1])
    lab.revision('d3d9446802a4', lab.revisions[1], 'pass', 'other branch')
    lab.alembic('revision', '-m', 'add column')


@scenario('multiple-heads', variants=2)
def stamp_head_with_two_heads(lab):
    lab.project(change='pass').at(lab.revisions[1])
    lab.revision('d3d9446802a4', lab.revisions[1], 'pass', 'other branch')
    lab.alembic('stamp', 'head')


@scenario('multiple-heads', variants=2)
def revision_id_twice(lab):
    lab.project(change='pass').at(lab.revisions[1])
    lab.revision(lab.revisions[2], lab.revisions[0], 'pass', 'copied file')
    lab.upgrade()


@scenario('multiple-heads', variants=2)
def version_rows_overlap(lab):
    lab.project(change='pass').at(lab.revisions[0])
    lab.sql(f"INSERT INTO alembic_version VALUES ('{lab.revisions[1]}')")
    lab.upgrade()


@scenario('not-up-to-date')
def check_behind(lab):
    lab.project(change='pass').at(lab.revisions[1])
    lab.alembic('check')


@scenario('not-up-to-date', variants=3)
def models_differ(lab):
    lab.project().at(lab.revisions[1])
    lab.sql(f'ALTER TABLE {lab.table} ADD COLUMN nickname text')
    lab.alembic('check')


@scenario('not-up-to-date', variants=2)
def autogenerate_behind(lab):
    lab.project(change='pass').at(lab.revisions[0])
    lab.alembic('revision', '--autogenerate', '-m', 'more')


@scenario('healthy', variants=2)
def upgrade_of_an_empty_database(lab):
    lab.project(change=f'op.add_column("{lab.table}", sa.Column("last_seen", sa.DateTime(timezone=True)))')
    lab.upgrade()


@scenario('healthy', variants=2)
def nothing_to_upgrade_and_seeded(lab):
    lab.project().at(lab.revisions[1]).row()
    lab.upgrade()
    lab.python('-m', 'app.seed')


@scenario('healthy', variants=2)
def stamped_and_checked(lab):
    lab.project().at(lab.revisions[1])
    lab.sql('DELETE FROM alembic_version')
    lab.alembic('stamp', 'head')
    lab.upgrade()
    lab.alembic('current')


# The laboratory ends the server: without a platform's word a server that shut down is not well for certain.
@scenario('healthy', accept=('unknown',))
def migrated_and_started(lab):
    """The whole start command: migrations, seed, uvicorn answering requests."""
    lab.project(change='op.create_table("failed_jobs", sa.Column("id", sa.Integer, primary_key=True), sa.Column("error", sa.Text))').at(lab.revisions[1])
    port = started(lab)
    lab.ports[port] = 10000


@scenario('healthy', accept=('unknown',), variants=2)
def repaired_on_the_second_try(lab):
    """The first attempt fails, somebody drops the leftover table, the retry passes: what counts is the last run."""
    lab.project(change='op.create_table("audit_events", sa.Column("id", sa.Integer, primary_key=True))').at(lab.revisions[1])
    lab.sql('CREATE TABLE audit_events (id integer)')
    lab.upgrade()
    lab.sql('DROP TABLE audit_events')
    lab.ports[started(lab)] = 10000


@scenario('healthy', variants=2)
def history_shown(lab):
    lab.project(change='pass').at(lab.revisions[2])
    lab.alembic('history', '--verbose')
    lab.alembic('current', '--verbose')


PATHS = ('/health', '/', '/docs', '/openapi.json', '/api/users?page=2', '/api/errors', '/api/orders/1187', '/health', '/favicon.ico',
         '/api/relations/users/exists', '/admin/login.php', '/health', '/api/migrations/status', '/robots.txt', '/metrics', '/health')


def started(lab):
    """Runs the start command until the application has answered some requests; returns its port."""
    port = free_port()

    def visit():
        for _ in range(60):
            time.sleep(0.4)
            if subprocess.run(['curl', '-s', '-m', '2', f'http://127.0.0.1:{port}/health'], capture_output=True).returncode == 0:
                urls = [f'http://127.0.0.1:{port}{path}' for path in PATHS]
                subprocess.run(['curl', '-s', '-m', '9', *urls, f'http://127.0.0.1:{port}/the-end'], capture_output=True)
                return

    visitor = threading.Thread(target=visit)
    lab.upgrade()
    lab.python('-m', 'app.seed')
    visitor.start()
    lab.python('-m', 'uvicorn', 'app.main:app', '--host', '127.0.0.1', '--port', port, seconds=25, until='/the-end')
    visitor.join()
    return port
