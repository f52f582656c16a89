"""Real PostgreSQL servers on free loopback ports, each in a folder of its own, always stopped at the end."""
import atexit
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile
import time

MAJORS = (13, 14, 15, 16, 17, 18)
SETTINGS = {
    'fsync': 'off', 'full_page_writes': 'off', 'synchronous_commit': 'off', 'autovacuum': 'off', 'shared_buffers': '16MB',
    'max_connections': '30', 'log_min_messages': 'fatal', 'timezone': 'UTC', 'lc_messages': 'C', 'password_encryption': 'scram-sha-256', 'max_wal_size': '2GB',
}
TRUST = 'local all postgres trust\n'
PASSWORD = 'host all all 127.0.0.1/32 scram-sha-256\n'
# Debian's /usr/bin/psql is a Perl program that looks for the newest one: 30 of the 40 ms that a short query takes.
DEBIAN = sorted(pathlib.Path('/usr/lib/postgresql').glob('*/bin/psql'), key=lambda psql: float(psql.parts[-3]))
CLIENTS = ':'.join([*(str(psql.parent) for psql in DEBIAN[-1:]), '/usr/bin:/bin'])


def server_user():
    """Who the servers run as: PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return None
    for name in ('postgres', 'nobody'):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            pass
    raise SystemExit('lab: root needs a user postgres or nobody to run the servers as')


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Server:
    """One cluster. `native` is the folder that holds bin/, lib/ and share/."""

    running = []

    def __init__(self, native, settings=None, environment=None, like=None):
        self.bin, self.user = pathlib.Path(native) / 'bin', server_user()
        self.environment = {'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8', 'TZ': 'UTC', **(environment or {})}
        self.settings = {**SETTINGS, **(settings or {})}
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='runbook-lab-pg-', dir='/var/tmp'))
        self.port, self.process = free_port(), None
        self.data = self.folder / 'data'
        self.give(self.folder)
        if like:
            shutil.copytree(like.data, self.data)
            self.as_user('true')
            if self.user:
                subprocess.run(['chown', '-R', f'{self.user.pw_uid}:{self.user.pw_gid}', self.data], check=True)
        else:
            self.as_user(self.bin / 'initdb', '--no-sync', '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-D', self.data)
        self.admit('')
        Server.running.append(self)

    def give(self, path):
        os.chmod(path, 0o755)
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def as_user(self, *command):
        subprocess.run([str(c) for c in command], check=True, cwd=self.folder, env=self.environment, capture_output=True, **self.identity())

    def identity(self):
        return {'user': self.user.pw_uid, 'group': self.user.pw_gid, 'extra_groups': []} if self.user else {}

    def start(self):
        command = [self.bin / 'postgres', '-D', self.data, '-k', self.folder, '-h', '127.0.0.1', '-p', self.port]
        for name, value in self.settings.items():
            command += ['-c', f'{name}={value}']
        with open(self.folder / 'log', 'ab') as log:
            self.process = subprocess.Popen([str(c) for c in command], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, start_new_session=True, **self.identity())
        return self

    def ready(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            if self.psql('SELECT 1', check=False).returncode == 0:
                return self
            time.sleep(0.1)
        raise RuntimeError('the server does not answer: ' + (self.folder / 'log').read_text()[-2000:])

    def psql_command(self, database='postgres'):
        return ['psql', '-X', '-At', '-q', '-v', 'ON_ERROR_STOP=1', '-h', str(self.folder), '-p', str(self.port), '-U', 'postgres', '-d', database]

    def psql(self, sql, database='postgres', check=True):
        """As the superuser, over the socket."""
        done = subprocess.run(self.psql_command(database), input=sql, capture_output=True, text=True, timeout=60,
                              env={'PATH': f"{CLIENTS}:{os.environ['PATH']}", 'PGCLIENTENCODING': 'UTF8'})
        if check and done.returncode:
            raise RuntimeError(f'{done.stderr}\n{sql}')
        return done

    def admit(self, rules):
        """Puts `rules` before the ordinary ones of pg_hba.conf."""
        (self.data / 'pg_hba.conf').write_text(TRUST + rules + PASSWORD)
        if self.process:
            self.psql('SELECT pg_reload_conf()')
            time.sleep(0.3)

    def with_tls(self, name):
        """A certificate for `name` that nobody signed."""
        subprocess.run(['openssl', 'req', '-new', '-x509', '-days', '30', '-nodes', '-subj', f'/CN={name}', '-out', self.data / 'server.crt',
                        '-keyout', self.data / 'server.key'], check=True, capture_output=True)
        for file in ('server.crt', 'server.key'):
            self.give(self.data / file)
            (self.data / file).chmod(0o600)
        self.psql('ALTER SYSTEM SET ssl = on')
        self.psql('SELECT pg_reload_conf()')

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(2)  # a fast shutdown
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.send_signal(3)
                self.process.wait(10)
        self.process = None

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        if self in Server.running:
            Server.running.remove(self)


def remove_all():
    for server in list(Server.running):
        server.remove()


atexit.register(remove_all)
