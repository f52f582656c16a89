"""What can be done to a service, its settings and its database: by the one who broke it, by a developer, and by the page's manual steps."""
import os
import shutil
import subprocess
import time
import urllib.parse

from check import rows
from server import PASSWORD, ROLE
from servers import CLIENTS
from service import Service
from terminal import Terminal


class Scene:
    """One rescue under way: a service, its database, the laptop of the person who is there, and what is known of it."""

    def __init__(self, rescue, cluster, environment, driver, number, laptop):
        self.rescue, self.cluster, self.driver, self.expected = rescue, cluster, driver, rescue.expect
        self.database = f'parcels_{number}'
        self.names = {'database': self.database, 'role': ROLE, 'password': PASSWORD, 'host': '127.0.0.1', 'port': cluster.port, 'driver': driver,
                      'old_role': f'parcels_old_{number}'}
        self.names['url'] = cluster.url(self.database, driver)
        self.names['tls_off'] = {'asyncpg': '?ssl=disable', 'pg8000': ''}.get(driver, '?sslmode=disable')
        # The reader's own server is found by the terminal's variables; pg8000 does not read them.
        self.names['try_url'] = f"postgresql+{driver.replace('pg8000', 'psycopg2')}:///migrations_try"
        self.service = Service(environment, {'DATABASE_URL': self.names['url']})
        self.service.ports[cluster.port] = 5432
        self.laptop = self.service.folder / 'laptop'
        self.laptop.mkdir()
        self.holding, self.remembered, self.others, self.undo = [], {}, [], []
        self.laptop_server, self.home, self.home_database = laptop, cluster, self.database
        self.socket = cluster.server.folder
        self.live, self.log, self.earlier, self.suspended, self.terminals = False, '', '', False, {}
        self.own_server = laptop.folder
        laptop.answers_at(cluster.port)
        cluster.create(self.database, rescue.start)

    def filled(self, text):
        """`{database}` and the like, in braces that stand alone."""
        for name, value in self.names.items():
            text = text.replace('{' + name + '}', str(value))
        return text

    # ---- the database ----

    def psql(self, sql, who='app', arguments=(), database=None):
        """SQL as a role, in psql as the plan says: its exit code and all it printed."""
        role = {'app': ROLE, 'owner': ROLE, 'administrator': 'postgres'}.get(who) or self.filled(who)
        host = '127.0.0.1' if self.names['host'] == '127.0.0.1' and role != 'postgres' else self.socket
        command = ['psql', '-X', *arguments, '-h', str(host), '-p', str(self.cluster.port), '-U', role, '-d', database or self.names['database']]
        done = subprocess.run(command, input=sql, capture_output=True, text=True, timeout=60, cwd=self.laptop,
                              env={'PATH': CLIENTS, 'PGPASSWORD': PASSWORD, 'PGCLIENTENCODING': 'UTF8', 'LC_ALL': 'C.UTF-8'})
        return done.returncode, done.stdout + done.stderr

    def sql(self, sql, who='app'):
        code, text = self.psql(self.filled(sql), who, ('-v', 'ON_ERROR_STOP=1', '-q'))
        if code:
            raise RuntimeError(f'{sql}: {text}')

    def hold(self, sql, who='app'):
        """A session that stays open with what it did."""
        process = subprocess.Popen(['psql', '-X', '-q', '-h', '127.0.0.1', '-p', str(self.cluster.port), '-U', ROLE, '-d', self.database],
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True,
                                   env={'PATH': CLIENTS, 'PGPASSWORD': PASSWORD, 'PGAPPNAME': 'report'})
        process.stdin.write(sql + '\n')
        process.stdin.flush()
        self.holding.append(process)
        time.sleep(0.3)

    def let_go(self):
        for process in self.holding:
            process.kill()
            process.wait(10)
            process.stdin.close()
        self.holding = []

    def waits_for_a_lock(self):
        """Whether somebody has waited for a lock for a second: nothing in a rescue gives one back by itself."""
        return self.cluster.admin(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{self.database}' AND wait_event_type = 'Lock' "
                                  "AND clock_timestamp() > query_start + interval '1 second'") != '0'

    def deploy(self):
        """One deploy: whether it is live, and its log."""
        self.live, self.log = self.service.deploy(self.waits_for_a_lock)
        return self.live, self.log

    # ---- acts ----

    def do(self, acts):
        for act in acts:
            who = act.get('as', 'app')
            rest = [key for key in act if key != 'as']
            assert len(rest) == 1, act
            kind, value = rest[0], act[rest[0]]
            getattr(self, 'act_' + kind.replace('-', '_'))(value, who)

    def act_sql(self, value, who):
        self.sql(value, who)

    def act_sh(self, value, who):
        self.service.must(self.filled(value))

    def act_sh_fails(self, value, who):
        code, text = self.service.run(self.filled(value))
        assert code, f'{value}: was meant to fail'

    def act_file(self, value, who):
        path = self.service.repository / value['path']
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value['text'])

    def act_replace(self, value, who):
        path, = self.service.repository.glob(value['path'])
        text = path.read_text()
        assert value['old'] in text, f'{path.name} has no {value["old"]!r}'
        path.write_text(text.replace(value['old'], value['new']))

    def act_append(self, value, who):
        path = self.service.repository / value['path']
        path.write_text(path.read_text() + value['text'])

    def act_checkout(self, value, who):
        self.service.checkout()

    def act_laptop(self, value, who):
        code, text = self.shell(self.filled(value))
        assert code == 0, f'{value}: {text}'

    def act_clear(self, value, who):
        self.service.clear(value)

    def act_commit(self, value, who):
        """What is in the repository now, as a commit of a branch of this name."""
        self.service.must('git init -q . 2>/dev/null && git add -A && git -c user.name=lab -c user.email=lab@example.com commit -qm release '
                          f'&& git branch -f {value}')

    def act_start(self, value, who):
        self.service.start = value

    def act_set(self, value, who):
        self.service.variables |= {name: self.filled(text) for name, text in value.items()}

    def act_hold(self, value, who):
        self.hold(self.filled(value))

    def act_let_go(self, value, who):
        self.let_go()

    def act_wait(self, value, who):
        time.sleep(value)

    def act_backup(self, value, who):
        """A backup of yesterday, and its rows remembered: those that can come back."""
        self.act_laptop(f'pg_dump --format=custom --no-owner --no-privileges --file={value} -d postgresql://{{role}}@{{host}}:{{port}}/{{database}}', who)

    def act_remember(self, value, who):
        found = rows(self.cluster, self.database, ignore=self.rescue.changes)
        self.remembered |= {table: found[table] for table in value}

    def act_shows(self, value, who):
        """What a query must answer: that the rescue is broken in the way it says."""
        code, text = self.psql(self.filled(value['sql']), who, ('-At',))
        assert text.strip() == value['says'], f"{value['sql']}: {text}"

    def act_new_database(self, value, who):
        """Another database, on another server: from now on names and addresses that a reader gives are its own."""
        self.names |= {'database': f'{self.database}_new', 'host': self.laptop_server.folder}
        self.laptop_server.create(self.names['database'])
        self.socket = self.laptop_server.folder
        self.names['new_url'] = self.laptop_server.url(self.names['database'], self.driver)

    def act_move(self, value, who):
        """The service uses the other database."""
        self.service.variables['DATABASE_URL'] = self.names['new_url']
        self.home, self.home_database = self.laptop_server, self.names['database']

    def act_deploy(self, value, who):
        """A deploy of which only the outcome is looked at: `live`, `failed`, or `any`."""
        live, log = self.deploy()
        if value == 'first':
            # What the platform's next try prints follows in the same log.
            self.earlier, value = log, 'failed'
        assert value == 'any' or live == (value == 'live'), f'the deploy was meant to be {value}:\n{self.log}'

    def act_admit(self, value, who):
        with self.cluster.lock:
            self.cluster.hba = getattr(self.cluster, 'hba', {}) | {self.database: self.filled(value)}
            self.cluster.server.admit(''.join(self.cluster.hba.values()))

    def act_pooler(self, value, who):
        from pooler import Pooler
        self.pooler = Pooler(self, value)
        self.others.append(self.pooler)
        self.names['pooler_url'] = self.names['url'].replace(f':{self.cluster.port}/', f':{self.pooler.port}/')

    # ---- the laptop ----

    def tools(self):
        """Where psql is, and a pg_dump and pg_restore that read every version. These were built without TLS, so that they ask for it no more."""
        bin = self.service.folder / 'bin'
        if not bin.is_dir():
            bin.mkdir()
            for name in ('pg_dump', 'pg_restore'):
                program = os.path.join(os.path.dirname(os.environ['RUNBOOK_PG_DUMP']), name)
                (bin / name).write_text(f'#!/bin/bash\nexec {program} "${{@//sslmode=require/sslmode=prefer}}"\n')
                (bin / name).chmod(0o755)
        return f'{bin}:{CLIENTS}'

    def shell(self, command, folder=None):
        """A command on the laptop: its exit code and all it printed. The password is typed where it is asked for."""
        done = subprocess.run(['sh', '-c', command], cwd=folder or self.laptop, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                              env={'PATH': self.tools(), 'PGPASSWORD': PASSWORD, 'PGPORT': str(self.cluster.port), 'LC_ALL': 'C.UTF-8', 'HOME': str(self.laptop)})
        return done.returncode, done.stdout + done.stderr

    def terminal(self, place, who=None):
        """The reader's terminal in the repository, on the laptop, or the platform's own shell of the service: each stays open."""
        if (place, who) not in self.terminals:
            own = {'PATH': f'{self.service.environment.bin}:{self.tools()}', 'HOME': str(self.laptop), 'LC_ALL': 'C.UTF-8', 'PYTHONDONTWRITEBYTECODE': '1',
                   'PGPASSWORD': PASSWORD, 'PGPORT': str(self.cluster.port), 'PGUSER': 'postgres', 'PGHOST': str(self.own_server),
                   'SERVICE': self.filled('postgresql://{role}@{host}:{port}/{database}')}
            folder = self.laptop if place == 'laptop' else self.service.repository
            variables = self.service.settings() if place == 'shell' else own
            self.terminals[place, who] = Terminal(folder, variables, {'DATABASE_URL': self.names['url']})
        return self.terminals[place, who]

    # ---- the end ----

    def snapshot(self, **more):
        return rows(self.home, self.home_database, ignore=self.rescue.changes, **more)

    def keep(self):
        """The rows that must be there at the end: those there are now, or those remembered."""
        return self.snapshot() | self.remembered

    def remove(self):
        for terminal in self.terminals.values():
            terminal.close()
        self.let_go()
        for other in self.others:
            other.remove()
        try:
            self.cluster.drop(self.database)
            for role in self.cluster.admin(f"SELECT rolname FROM pg_roles WHERE rolname = '{self.names['old_role']}'").split():
                self.cluster.admin(f'DROP ROLE IF EXISTS {role}')
        finally:
            self.service.remove()


def encoded(text):
    return urllib.parse.quote(text, safe='')
