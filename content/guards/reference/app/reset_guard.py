"""Lets a reset script run only where somebody said so, byte for byte. Needs Python 3.9 and nothing else.

Three factors, each of which refuses alone:

    APP_MODE=demo            this copy of the app is a demo whose data nobody needs
    ALLOW_DB_RESET=1         somebody wants a reset now
    CONFIRM_RESET_DB=<name>  and means this database: the server is asked for its name

The first two stand on the first lines of reset_db.py and reset_and_migrate.py, before anything else is imported:

    from app import reset_guard
    reset_guard.stop_unless_allowed()

The third is asked when there is a connection, and all three again inside the function that deletes. A refusal ends the
process: it is a SystemExit, which `except Exception` does not catch, and no assert, which `python -O` leaves out. It names
the variable that failed and never its value: that may be a secret somebody pasted into the wrong field.
"""
import os
import sys

REQUIRED = (('APP_MODE', b'demo'), ('ALLOW_DB_RESET', b'1'))
CONFIRM = 'CONFIRM_RESET_DB'


class Refused(SystemExit):
    """Ends the process with exit code 1."""

    def __init__(self):
        super().__init__(1)


def is_exactly(value, wanted):
    """Whether a variable's value, None when it is not set, is these bytes: no trimming, no other case, no other alphabet."""
    return value is not None and os.fsencode(value) == wanted


def verdict(value, wanted, words):
    """What is said about one variable."""
    if value is None:
        return 'not set'
    return f'set to exactly {words}' if is_exactly(value, wanted) else f'set, but not exactly {words}'


def failures(environ=os.environ):
    """A line for each of the two variables that does not allow a reset; none when both do."""
    values = [(name, wanted, environ.get(name)) for name, wanted in REQUIRED]
    return [f'{name}: {verdict(value, wanted, wanted.decode())}' for name, wanted, value in values if not is_exactly(value, wanted)]


def stop_unless_allowed(environ=os.environ):
    """The first line of a reset script, and of every function that deletes."""
    found = failures(environ)
    if found:
        refuse(found)


def stop_unless_confirmed(current_database, environ=os.environ):
    """Ends the process unless CONFIRM_RESET_DB is the name the server gave for `SELECT current_database()`.

    Never give it a name read from DATABASE_URL: the point is that the server says it.
    """
    words = f'the name of the connected database, {current_database}'
    wanted, value = os.fsencode(current_database), environ.get(CONFIRM)
    if not wanted or not is_exactly(value, wanted):
        refuse([f'{CONFIRM}: {verdict(value, wanted, words)}'])


def refuse(lines):
    """Says on standard error which variables failed, and ends the process."""
    said = ['RESET REFUSED: nothing was deleted.', *(f'  {line}' for line in lines), '  On production this refusal is right: set nothing.']
    print('\n'.join(said), file=sys.stderr, flush=True)
    raise Refused
