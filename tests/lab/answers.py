"""What servers and Alembic answer, recorded into tests/answers/: every form psql prints the state in, and how each SQL text can end.

`pgNN/state.FORM.txt`      the same database, asked by `runbook sql state`, printed in this form
`pgNN/rights.CASE.txt`     `runbook sql state` where `public` or the user's rights are otherwise
`pgNN/unread.FORM.txt`     `runbook sql state` of a database with what it lists and does not read, and with an event trigger
`older/`                   what texts printed until November 2026: recorded once, and read for as long as somebody may paste it
`pgNN/EDITION.REPLY.txt`   what this text printed; REPLY is the entry of content/answers.toml that says so, or `nothing`
`alembic/COMMAND….txt`     what Alembic and the source's `app.db_check` print
"""
import os
import pathlib
import pty
import select
import shutil
import struct
import subprocess
import tempfile
import termios
import fcntl
import time

import environments
from servers import MAJORS, Server

ROOT = pathlib.Path(__file__).resolve().parents[2]
INTO = ROOT / 'tests/answers'
DATABASE, OWNER, VISITOR = 'true911_prod_db', 'true911_prod_db_user', 'visitor'

# psql's options for each form.
FORMS = {
    'aligned': [], 'unaligned': ['-A'], 'csv': ['--csv'], 'expanded': ['-x'], 'border-2': ['-P', 'border=2'],
    'unicode': ['-P', 'border=2', '-P', 'linestyle=unicode'], 'null': ['-P', 'null=(null)'], 'null-unaligned': ['-A', '-P', 'null=∅'],
    'tabs': ['-A', '-F', '\t'], 'semicolons': ['--csv', '-P', 'csv_fieldsep=;'], 'expanded-unaligned': ['-x', '-A'], 'expanded-csv': ['-x', '--csv'],
    'expanded-border-2': ['-x', '-P', 'border=2'], 'expanded-unicode': ['-x', '-P', 'border=2', '-P', 'linestyle=unicode'],
    'border-0': ['-P', 'border=0'], 'expanded-border-0': ['-x', '-P', 'border=0'], 'no-footer': ['-P', 'footer=off'], 'echoed': ['-a'], 'quiet': ['-q'], 'quiet-csv': ['-q', '--csv'],
}

# What would run code of whoever made it, and an event trigger of a superuser whose function is another user's.
UNREAD = f'''
CREATE VIEW emails AS SELECT email FROM users;
ALTER TABLE incidents ENABLE ROW LEVEL SECURITY;
ALTER TABLE incidents FORCE ROW LEVEL SECURITY;
CREATE FUNCTION audit.log_drops() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
ALTER FUNCTION audit.log_drops() OWNER TO {VISITOR};
CREATE EVENT TRIGGER log_drops ON sql_drop EXECUTE FUNCTION audit.log_drops();
'''

CONTENT = '''
CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL);
INSERT INTO users (email) SELECT 'x' FROM generate_series(1, 3);
CREATE TABLE incidents (id serial PRIMARY KEY, user_id int REFERENCES users);
INSERT INTO incidents (user_id) SELECT 1 FROM generate_series(1, 12);
CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
INSERT INTO alembic_version VALUES ('002');
CREATE SCHEMA audit;
CREATE EXTENSION citext;
CREATE TABLE audit.log (id serial PRIMARY KEY, m public.citext);
INSERT INTO audit.log (m) VALUES ('a'), ('b');
'''


def sql(edition, user=OWNER, database=DATABASE):
    runbook = os.environ.get('RUNBOOK_BIN')
    command = [runbook] if runbook else [str(ROOT / 'x'), 'runbook']
    named = [] if edition in ('state', 'verify') else ['--db-user', user, '--database', database]
    return subprocess.run([*command, 'sql', edition, *named], capture_output=True, text=True, check=True).stdout


class Recorder:
    """One server, one folder of records."""

    def __init__(self, major):
        self.major, self.server = major, Server(environments.postgres(major)).start().ready()
        self.server.admit('local all all trust\n')
        self.into = INTO / f'pg{major}'
        shutil.rmtree(self.into, ignore_errors=True)
        self.into.mkdir(parents=True)
        self.work = pathlib.Path(tempfile.mkdtemp(prefix='runbook-answers-'))
        for role in (OWNER, VISITOR):
            self.server.psql(f'CREATE ROLE {role} LOGIN')
        self.database('model')
        self.server.psql(CONTENT, self.as_owner('model'))
        self.server.psql('CREATE EXTENSION pg_stat_statements', 'model')

    def as_owner(self, database, user=OWNER):
        return f'host={self.server.folder} port={self.server.port} user={user} dbname={database}'

    def database(self, name, template='template0'):
        self.server.psql(f'CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}')
        if template == 'template0' and self.major < 15:
            self.server.psql(f'ALTER SCHEMA public OWNER TO {OWNER}', name)

    def anew(self, *prepare):
        """The database as at the beginning, changed by the superuser."""
        self.server.psql(f'DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)')
        self.database(DATABASE, 'model')
        for statement in prepare:
            self.server.psql(statement, DATABASE)

    def psql(self, text, options=(), user=OWNER, database=DATABASE, pasted=False, stop=True):
        """What psql prints: of a file run as our text says, or of text pasted into it."""
        command = ['psql', '-X', *options, *(['-v', 'ON_ERROR_STOP=1'] if stop else [])]
        (self.work / 'text.sql').write_text(text)
        command += [] if pasted else ['-f', 'text.sql']
        command += ['-d', self.as_owner(database, user)]
        environment = {'PATH': os.environ['PATH'], 'PGCLIENTENCODING': 'UTF8', 'LC_ALL': 'C.UTF-8'}
        done = subprocess.run(command, cwd=self.work, env=environment, input=text if pasted else '', stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=120)
        return done.stdout

    def typed(self, text):
        """A person at a terminal: prompts and what was typed stand between the answers."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack('HHHH', 50, 250, 0, 0))
        environment = {'PATH': os.environ['PATH'], 'PGCLIENTENCODING': 'UTF8', 'LC_ALL': 'C.UTF-8', 'TERM': 'dumb'}
        command = ['psql', '-X', '-n', '-P', 'pager=off', '-d', self.as_owner(DATABASE)]
        process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True, start_new_session=True)
        os.close(theirs)
        printed = b''
        for line in [*text.splitlines(), '\\q']:
            printed += self.hear(ours)
            os.write(ours, line.encode() + b'\n')
        printed += self.hear(ours, 2)
        process.wait(10)
        os.close(ours)
        return printed.decode()

    @staticmethod
    def hear(terminal, seconds=0.4):
        heard, end = b'', time.monotonic() + seconds
        while time.monotonic() < end:
            if not select.select([terminal], [], [], 0.05)[0]:
                if heard.endswith((b'> ', b'# ')):
                    break
                continue
            try:
                heard += os.read(terminal, 65536)
            except OSError:
                break
        return heard

    def keep(self, name, text):
        shown = text.replace(str(self.server.folder), '/var/run/postgresql').replace(str(self.server.port), '5432')
        (self.into / f'{name}.txt').write_bytes(shown.encode())

    # ---- what is recorded ----

    def state(self):
        self.anew()
        for form, options in FORMS.items():
            self.keep(f'state.{form}', self.psql(sql('state'), options))
        self.keep('state.pasted', self.psql(sql('state'), pasted=True))
        if self.major in (13, 18):
            self.keep('state.typed', self.typed(sql('state')))
        lists = self.psql('\\dn+\n\\dt\n')
        self.keep('lists.aligned', lists)
        self.keep('lists.unaligned', self.psql('\\dn+\n\\dt+\n', ['-A']))
        self.keep('lists.csv', self.psql('\\dn+\n\\dt\n', ['--csv']))
        self.keep('lists.short', self.psql('\\dn\n\\dt+\n', ['-P', 'border=2']))

    def rights(self):
        """What decides whether `public` can be set aside, and what is wrong with it."""
        self.anew('DROP EXTENSION citext CASCADE; DROP EXTENSION pg_stat_statements')
        self.keep('rights.possible', self.psql(sql('state')))
        self.server.psql('ALTER SCHEMA public OWNER TO postgres', DATABASE)
        self.keep('rights.not-owner', self.psql(sql('state')))
        self.keep('rights.not-owner-csv', self.psql(sql('state'), ['--csv']))
        self.server.psql(f'REVOKE ALL ON SCHEMA public FROM PUBLIC, {OWNER}', DATABASE)
        self.keep('rights.no-usage', self.psql(sql('state')))
        self.anew('DROP EXTENSION citext CASCADE; DROP EXTENSION pg_stat_statements', f'REVOKE CREATE ON DATABASE {DATABASE} FROM {OWNER}',
                  f'ALTER DATABASE {DATABASE} OWNER TO postgres', f'ALTER SCHEMA public OWNER TO {OWNER}')
        self.keep('rights.no-create', self.psql(sql('state')))
        self.anew('DROP SCHEMA public CASCADE')
        self.keep('rights.public-missing', self.psql(sql('state')))
        self.keep('rights.public-missing-expanded', self.psql(sql('state'), ['-x']))

    def unread(self):
        self.anew('DROP EXTENSION citext CASCADE; DROP EXTENSION pg_stat_statements', UNREAD)
        for form in ('aligned', 'border-0', 'csv', 'expanded', 'expanded-border-0', 'null', 'unaligned'):
            self.keep(f'unread.{form}', self.psql(sql('state'), FORMS[form]))

    def ends(self):
        option_a = sql('option-a')
        self.anew()
        self.keep('rehearsal.rehearsed', self.psql(sql('rehearsal')))
        self.keep('option-a.another-database', self.psql(option_a, database='postgres', user='postgres'))
        self.keep('option-a.no-such-user', self.psql(sql('option-a', user='true911_prod_db_usr')))
        self.keep('option-a.not-owner', self.as_on_old(option_a))
        self.keep('move-aside.extension-in-public', self.psql(sql('move-aside')))
        self.keep('undo-move-aside.nothing-to-put-back', self.psql(sql('undo-move-aside')))
        self.keep('empty-in-place.not-this-user', self.psql(sql('empty-in-place'), user=VISITOR))
        self.keep('as-written.grant-without-effect', self.psql(f'GRANT ALL ON SCHEMA public TO {OWNER};', user=VISITOR))
        self.keep('option-a.lock-timeout', self.while_read(option_a))
        self.keep('option-a.lock-timeout-pasted', self.while_read(option_a, pasted=True, stop=False))
        self.keep('option-a.rolled-back', '\n'.join(self.while_read(option_a, pasted=True, stop=False).splitlines()[-1:]) + '\n')
        self.anew(f'REVOKE CREATE ON DATABASE {DATABASE} FROM {OWNER}', f'ALTER DATABASE {DATABASE} OWNER TO postgres', f'ALTER SCHEMA public OWNER TO {OWNER}')
        self.keep('option-a.cannot-create', self.psql(option_a))
        self.keep('move-aside.cannot-create-aside', self.psql(sql('move-aside')))
        self.keep('as-written.no-schema-after-drop', self.psql(sql('as-written')))
        self.anew('ALTER SCHEMA public OWNER TO postgres')
        self.keep('as-written.not-owner', self.psql(sql('as-written'), stop=False))
        self.keep('move-aside.not-owner-aside', self.psql(sql('move-aside')))
        self.anew(f'ALTER TABLE users OWNER TO {VISITOR}', 'ALTER SCHEMA public OWNER TO postgres')
        self.keep('empty-in-place.permission-denied', self.psql(sql('empty-in-place')))
        self.anew()
        self.keep('as-written.user-missing-after-drop', self.psql(sql('as-written', user='true911_prod_db_usr'), stop=False))
        self.keep('verify.not-recovered', self.psql(sql('verify')))
        self.anew()
        self.keep('as-written.done-as-written', self.psql(sql('as-written')))
        self.anew()
        self.keep('verify.recovered', self.psql(sql('verify'), ['-x']))
        self.keep('empty-in-place.committed', self.psql(sql('empty-in-place')))
        self.anew()
        self.psql('\n'.join(f'CREATE TABLE t{number} (i int);' for number in range(700)), ['-q'])
        self.keep('option-a.too-many-locks', self.psql(option_a))
        self.anew()
        self.keep('option-a.committed', self.psql(option_a))
        self.anew('DROP EXTENSION citext CASCADE; DROP EXTENSION pg_stat_statements')
        self.keep('move-aside.committed', self.typed(sql('move-aside')) if self.major in (13, 18) else self.psql(sql('move-aside'), pasted=True))
        self.keep('move-aside.name-taken', self.psql(sql('move-aside')))
        self.keep('undo-move-aside.committed', self.psql(sql('undo-move-aside')))
        self.keep('option-a.not-connected', self.psql(option_a, database='no_such_db'))
        self.keep('option-a.nothing', self.psql('GRANT ALL ON SCHEMA public TO PUBLIC;'))

    def as_on_old(self, text):
        """Before 15, and in databases from there, `public` is the superuser's: a plain owner of the database is refused."""
        self.server.psql('ALTER SCHEMA public OWNER TO postgres', DATABASE)
        printed = self.psql(text)
        self.server.psql(f'ALTER SCHEMA public OWNER TO {OWNER if self.major < 15 else "pg_database_owner"}', DATABASE)
        return printed

    def while_read(self, text, **how):
        holder = subprocess.Popen(['psql', '-X', '-q', '-d', self.as_owner(DATABASE)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        holder.stdin.write('BEGIN; SELECT * FROM public.users;\n')
        holder.stdin.flush()
        time.sleep(0.5)
        try:
            return self.psql(text, **how)
        finally:
            holder.kill()
            holder.wait()

    def end(self):
        shutil.rmtree(self.work, ignore_errors=True)
        self.server.remove()


CHECK = '''
import sys, sqlalchemy as sa
with sa.create_engine(sys.argv[1]).connect() as connection:
    try:
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        version = found or "(no rows)"
    except sa.exc.ProgrammingError:
        version = "(table does not exist)"
        connection.rollback()
    names = connection.execute(sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")).scalars().all()
print("alembic_version:", version)
print(f"tables ({len(names)}):", ", ".join(names) or "(none)")
'''

ENV = '''
import logging, os
from alembic import context
from sqlalchemy import create_engine
logging.basicConfig(format="%(levelname)-5.5s [%(name)s] %(message)s")
logging.getLogger("alembic").setLevel(logging.INFO)
with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
'''


def revision(folder, name, before, words):
    (folder / 'alembic/versions' / f'{name}.py').write_text(
        f'"""{words}"""\nrevision = "{name}"\ndown_revision = {before!r}\n\ndef upgrade(): pass\n\ndef downgrade(): pass\n')


def alembic():
    """Alembic's own words about a database and its files."""
    into, server = INTO / 'alembic', Server(environments.postgres(16)).start().ready()
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    server.admit('local all all trust\n')
    work, env = pathlib.Path(tempfile.mkdtemp(prefix='runbook-answers-')), environments.Environment('sa20')
    (work / 'alembic/versions').mkdir(parents=True)
    (work / 'alembic.ini').write_text('[alembic]\nscript_location = alembic\n')
    (work / 'alembic/env.py').write_text(ENV)
    (work / 'check.py').write_text(CHECK)
    revision(work, '001', None, 'create users')
    revision(work, '002', '001', 'create incidents')
    revision(work, 'ae1027a6acf3', '002', 'add phone')
    server.psql('CREATE DATABASE app')
    url = f'postgresql+psycopg2://postgres@/app?host={server.folder}&port={server.port}'
    variables = {'PATH': os.environ['PATH'], 'DATABASE_URL': url, 'LC_ALL': 'C.UTF-8', 'PYTHONDONTWRITEBYTECODE': '1'}

    def run(name, *command):
        done = subprocess.run([str(part) for part in command], cwd=work, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        shown = done.stdout.replace(str(server.folder).replace('/', '%2F'), '%2Fvar%2Frun%2Fpostgresql').replace(str(server.folder), '/var/run/postgresql').replace(str(server.port), '5432').replace(str(work), '/opt/render/project/src')
        (into / f'{name}.txt').write_text(shown)

    tool, python = env.bin / 'alembic', env.bin / 'python'
    try:
        run('current.none', tool, 'current')
        run('check.no-table', python, 'check.py', url)
        run('upgrade', tool, 'upgrade', '002')
        server.psql('CREATE TABLE users (id int); CREATE TABLE incidents (id int)', 'app')
        run('current.behind', tool, 'current')
        run('current.verbose', tool, 'current', '--verbose')
        run('heads.one', tool, 'heads')
        run('heads.verbose', tool, 'heads', '--verbose')
        run('history', tool, 'history')
        run('history.verbose', tool, 'history', '--verbose')
        run('history.indicated', tool, 'history', '-i')
        run('check', python, 'check.py', url)
        run('upgrade.head', tool, 'upgrade', 'head')
        run('current.head', tool, 'current')
        revision(work, '003b', '002', 'add address')
        run('heads.two', tool, 'heads')
        run('history.two', tool, 'history')
    finally:
        shutil.rmtree(work, ignore_errors=True)
        server.remove()


def run(names):
    for major in MAJORS:
        if names and str(major) not in names:
            continue
        recorder = Recorder(major)
        try:
            recorder.state()
            recorder.rights()
            recorder.unread()
            recorder.ends()
        finally:
            recorder.end()
        print(f'PostgreSQL {major} recorded', flush=True)
    if not names or 'alembic' in names:
        alembic()
        print('Alembic recorded', flush=True)
