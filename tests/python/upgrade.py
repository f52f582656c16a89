"""For each URL on standard input runs `alembic upgrade head`, and says on one line what came of it."""
import contextlib
import pathlib
import sys

from alembic import command
from alembic.config import Config

project = Config()
project.set_main_option('script_location', str(pathlib.Path(__file__).parent / 'project'))
for line in sys.stdin:
    try:
        project.attributes['url'] = line.strip().replace('+asyncpg', '+psycopg')
        project.attributes['ran'] = []
        with contextlib.redirect_stdout(sys.stderr):
            command.upgrade(project, 'head')
        print('ran', *project.attributes['ran'], flush=True)
    except Exception as error:  # pylint: disable=broad-except: whatever it is, the test shows it
        print('failed:', str(error).replace('\n', ' '), flush=True)
