"""Looks at services that are back: a row into every table and out again, and whether Alembic would change anything.

Importing SQLAlchemy and Alembic takes four times as long as the look, so a process of each lane imports them once and forks for every service. It is the
laboratory's own look: what a reader does is always run as a reader runs it.
"""
import json
import os
import subprocess
import sys
import tempfile


class Looker:
    """The process, run by the services' own Python; it ends with the one that started it."""

    def __init__(self, environment):
        self.process = subprocess.Popen([environment.bin / 'python', __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8', 'PYTHONDONTWRITEBYTECODE': '1'})

    def look(self, folder, settings):
        """What is wrong with the service whose repository and environment these are, as printed; empty when nothing is."""
        self.process.stdin.write(json.dumps([str(folder), settings]) + '\n')
        self.process.stdin.flush()
        code, said = json.loads(self.process.stdout.readline())
        return (said.strip() or f'ends with {code}') if code else ''


def in_the_service(folder, settings, out):
    """Never comes back: the look, in a process of its own."""
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(settings)
    sys.path[0] = folder
    code = 1
    try:
        from app.database import work
        from app.smoke import smoke
        work(smoke, keep=False)
        alembic.config.main(['check'])
        code = 0
    except SystemExit as end:
        code = int(end.code != 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def serve():
    for line in sys.stdin:
        folder, settings = json.loads(line)
        with tempfile.TemporaryFile() as out:
            child = os.fork()
            if child == 0:
                in_the_service(folder, settings, out.fileno())
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            out.seek(0)
            print(json.dumps([code, out.read().decode('utf-8', 'replace')]), flush=True)


if __name__ == '__main__':
    # What the looks need, before there is anything to look at.
    import traceback

    import alembic.command
    import alembic.config
    import asyncpg
    import pg8000
    import psycopg
    import psycopg2
    import sqlalchemy.ext.asyncio
    import sqlalchemy.orm

    serve()
