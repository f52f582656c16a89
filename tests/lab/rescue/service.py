"""A copy of the small service in a folder of its own, and its deploys: the start command, run as the platform runs it."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from neutral import PROJECT, neutral
from servers import free_port

HERE = pathlib.Path(__file__).resolve().parent
START = 'alembic upgrade head && python -m app.seed && python -m app.db_check && uvicorn app.main:app --host 0.0.0.0 --port $PORT'
TROUBLE = '==> Common ways to troubleshoot your deploy: https://render.com/docs/troubleshooting-deploys\n'
NO_PORT = ('==> No open ports detected, continuing to scan...\n'
           '==> Docs on specifying a port: https://render.com/docs/web-services#port-binding\n'
           '==> Port scan timeout reached, no open ports detected. Bind your service to at least one port. '
           "If you don't need to receive traffic on any port, create a background worker instead.\n")


class Service:
    """The repository and the settings of one service."""

    def __init__(self, environment, variables):
        self.environment, self.variables, self.start = environment, dict(variables), START
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='runbook-rescue-'))
        self.repository = self.folder / 'src'
        self.ports = {}
        self.checkout()

    def checkout(self):
        """The files of the newest release; what git knows stays."""
        if self.repository.is_dir():
            for path in self.repository.iterdir():
                if path.name != '.git':
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(HERE / 'service', self.repository, ignore=shutil.ignore_patterns('__pycache__'), dirs_exist_ok=True)

    def clear(self, pattern):
        found = list(self.repository.glob(pattern))
        assert found, f'no file {pattern}'
        for path in found:
            path.unlink()

    def settings(self, extra=None):
        """The environment that the platform gives to a command: nothing of this process's own."""
        return {'PATH': f'{self.environment.bin}:/usr/bin:/bin', 'HOME': '/opt/render', 'LC_ALL': 'C.UTF-8', 'PYTHONUNBUFFERED': '1',
                'PYTHONDONTWRITEBYTECODE': '1', **self.variables, **(extra or {})}

    def run(self, command, seconds=30):
        """A command in the repository: its exit code and all it printed."""
        done = subprocess.run(['sh', '-c', command], cwd=self.repository, env=self.settings(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=seconds)
        return done.returncode, done.stdout.decode('utf-8', 'replace')

    def must(self, command):
        code, text = self.run(command)
        if code:
            raise RuntimeError(f'{command}: {text}')
        return text

    def deploy(self, stuck=lambda: False, seconds=120):
        """Runs the start command until the service is live or the platform gives up. Gives whether it is live, and the log.

        The platform gives up after a quarter of an hour; here as soon as it is clear that nothing will come: `stuck`, or a service that says it
        runs and answers nowhere."""
        port, log = free_port(), tempfile.NamedTemporaryFile()
        process = subprocess.Popen(['sh', '-c', self.start], cwd=self.repository, env=self.settings({'PORT': str(port)}), stdin=subprocess.DEVNULL,
                                   stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        began, status, serving, looked = time.monotonic(), None, None, time.monotonic()
        while process.poll() is None and time.monotonic() < began + seconds:
            time.sleep(0.04)
            status = answer(port)
            if status is not None:
                break
            if serving is None and b'Uvicorn running' in pathlib.Path(log.name).read_bytes():
                serving = time.monotonic()
            if serving is not None and time.monotonic() > serving + 2:
                break
            if time.monotonic() > looked + 0.7:
                looked = time.monotonic()
                if stuck():
                    break
        if status not in (None, 200):
            time.sleep(0.5)  # it says why after it answered
        ended = process.poll()
        stop(process)
        said = f"==> Deploying...\n==> Running '{self.start}'\n" + pathlib.Path(log.name).read_text('utf-8', 'replace')
        self.ports[port] = 10000
        if status == 200:
            return True, self.neutral(said + '==> Your service is live 🎉\n')
        if ended is not None:
            return False, self.neutral(said + f'==> Exited with status {ended}\n' + TROUBLE)
        return False, self.neutral(said + (NO_PORT if serving and status is None else '') + '==> Timed Out\n' + TROUBLE)

    def neutral(self, text):
        """What a deploy log would show: the platform's paths and ports."""
        e = self.environment
        places = [(e.folder, f'{PROJECT}/src/.venv'), (e.python_home, f'{PROJECT}/python/Python-{e.python}'), (self.repository, f'{PROJECT}/src')]
        return neutral(text, places, self.ports)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def answer(port):
    """What /health answers, if anybody listens by now."""
    try:
        with socket.create_connection(('127.0.0.1', port), 0.2):
            pass
    except OSError:
        return None
    try:
        with urllib.request.urlopen(f'http://127.0.0.1:{port}/health', timeout=5) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def stop(process):
    """Ends the whole process group: what the platform does, without asking."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait(10)
