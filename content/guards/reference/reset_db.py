from app import reset_guard
reset_guard.stop_unless_allowed()

import os
import sys

from app import database

STATEMENTS = (
    'BEGIN',
    'SET LOCAL search_path = pg_catalog, pg_temp',
    "SET LOCAL lock_timeout = '5s'",
    'DROP SCHEMA IF EXISTS public CASCADE',
    'CREATE SCHEMA public',
    'GRANT USAGE ON SCHEMA public TO PUBLIC',
    'COMMIT',
)


def reset(connection):
    """Deletes everything in schema public of the database it is connected to, all of it or nothing."""
    reset_guard.stop_unless_allowed()
    connection = database.of(connection)
    name = connection.rows('SELECT current_database()')[0][0]
    reset_guard.stop_unless_confirmed(name)
    print(f'reset: deleting everything in schema public of database {name}', flush=True)
    for statement in STATEMENTS:
        connection.rows(statement)


def main():
    connection = database.connect(os.environ['DATABASE_URL'])
    try:
        reset(connection)
    finally:
        connection.close()
    print('reset: done. Unset ALLOW_DB_RESET and CONFIRM_RESET_DB again.')


if __name__ == '__main__':
    sys.exit(main())
