"""What the lab runs, pinned: PostgreSQL from npm (package-lock.json), Python packages (requirements/*.txt). `./x lab` installs both."""
import json
import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
# Where `./x lab` installed them.
CACHE = pathlib.Path(os.environ.get('RUNBOOK_LAB') or pathlib.Path.home() / '.cache/runbook/lab')
DRIVERS = {'asyncpg': 'asyncpg', 'psycopg2': 'psycopg2-binary', 'psycopg': 'psycopg', 'pg8000': 'pg8000'}
ALEMBIC = ('sa20', 'sa20late', 'sa21')


class Environment:
    """A virtual environment made from requirements/NAME.txt."""

    def __init__(self, name):
        self.name, self.folder = name, CACHE / f'venv-{name}'
        self.lock = HERE / 'requirements' / f'{name}.txt'
        self.bin = self.folder / 'bin'
        home = [line.split('=', 1)[1].strip() for line in (self.folder / 'pyvenv.cfg').read_text().splitlines() if line.startswith('home')]
        self.python_home = pathlib.Path(home[0]).parent
        version = subprocess.run([self.bin / 'python', '-V'], capture_output=True, text=True, check=True).stdout
        self.python = version.split()[1]
        self.versions = dict(line.split('==') for line in self.lock.read_text().split() if '==' in line)

    def version(self, package):
        return next((v for n, v in self.versions.items() if n.lower() == package.lower()), None)


def postgres(major):
    """The folder of one major version, copied where the servers' user may enter it."""
    packages = pathlib.Path(os.environ.get('RUNBOOK_NODE_MODULES') or CACHE / 'node_modules')
    package = packages / f'postgresql-{major}'
    version = json.loads((package / 'package.json').read_text())['version']
    if os.getuid() != 0:
        return package / 'native'
    copy = pathlib.Path('/var/tmp') / f'runbook-postgresql-{version}'
    if not copy.is_dir():
        part = copy.with_name(f'{copy.name}.{os.getpid()}')
        shutil.copytree(package / 'native', part, symlinks=True)
        subprocess.run(['chmod', '-R', 'a+rX,go-w', part], check=True)
        part.rename(copy)
    return copy


def translated_postgres():
    """A PostgreSQL of the system whose messages are translated, and the languages it has: the npm packages carry none."""
    for native in sorted(pathlib.Path('/usr/lib/postgresql').glob('*'), reverse=True):
        found = pathlib.Path('/usr/share/locale').glob(f'*/LC_MESSAGES/postgres-{native.name}.mo')
        languages = sorted(path.parts[4] for path in found)
        if languages and (native / 'bin/initdb').exists():
            return native, languages
    return None, []


def locales(languages):
    """Makes what the C library needs to speak them, in a folder for LOCPATH."""
    folder = pathlib.Path('/var/tmp/runbook-lab-locales')
    names = {'de': 'de_DE', 'fr': 'fr_FR', 'es': 'es_ES', 'ru': 'ru_RU', 'zh_CN': 'zh_CN', 'ja': 'ja_JP', 'pt_BR': 'pt_BR', 'it': 'it_IT',
             'ko': 'ko_KR', 'sv': 'sv_SE', 'uk': 'uk_UA'}
    made = {}
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    for language in languages:
        name = names.get(language)
        if not name:
            continue
        target = folder / f'{name}.UTF-8'
        if not target.is_dir():
            subprocess.run(['localedef', '-i', name, '-f', 'UTF-8', '--no-archive', str(target)], capture_output=True)
            if target.is_dir():
                subprocess.run(['chmod', '-R', 'a+rX', target])
        if target.is_dir():
            made[language] = target.name
    return folder, made
