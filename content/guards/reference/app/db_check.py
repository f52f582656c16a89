"""Prints the database's alembic_version and lists its tables. Changes nothing: everything is read in one READ ONLY transaction.

    python -m app.db_check        reads DATABASE_URL

Exit code 0 when the database could be read, whatever is in it; 2 when it could not.
"""
import os
import sys
import urllib.parse

from app import database

WHERE = """SELECT current_database(), current_user, current_setting('server_version')"""
TABLES = """SELECT format('%I.%I', n.nspname, c.relname), n.nspname, c.relname,
       has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
 ORDER BY n.nspname, c.relname"""


def report(connection):
    """The lines to print. Takes a connection of `database.connect`, or any DB-API one outside a transaction."""
    connection = database.of(connection)
    connection.rows('BEGIN TRANSACTION READ ONLY')
    try:
        connection.rows("SET LOCAL search_path = pg_catalog, pg_temp")
        connection.rows("SET LOCAL statement_timeout = '15s'")
        return read(connection)
    finally:
        connection.rows('ROLLBACK')


def read(connection):
    """The same, inside a transaction that is open."""
    name, user, server = connection.rows(WHERE)[0]
    tables = connection.rows(TABLES)
    lines = [f'database: {name} (as {user}, PostgreSQL {server})']
    lines += [f'alembic_version: {text}' for text in versions(connection, tables)]
    lines.append(f'tables: {len(tables)}')
    return lines + [f'  {quoted}' for quoted, *_ in tables]


def versions(connection, tables):
    """What stands in the table, or in each where more than one schema has one."""
    found = [(quoted, schema, may_read) for quoted, schema, table, may_read in tables if table == 'alembic_version']
    if not found:
        return ['there is no such table']
    several = len(found) > 1 or found[0][1] != 'public'
    return [version(connection, quoted, may_read) + (f' (in schema {schema})' if several else '') for quoted, schema, may_read in found]


def version(connection, quoted, may_read):
    """The rows of one; `quoted` comes from the server's own format('%I.%I')."""
    if not may_read:
        return 'this user may not read it'
    rows = sorted(str(row[0]) for row in connection.rows(f'SELECT version_num FROM {quoted}'))
    return ', '.join(rows) or 'the table is empty'


def main(environ=os.environ):
    url = environ.get('DATABASE_URL')
    if not url:
        print('db_check: DATABASE_URL is not set', file=sys.stderr)
        return 2
    try:
        connection = database.connect(url)
        try:
            lines = report(connection)
        finally:
            connection.close()
    except Exception as error:  # pylint: disable=broad-except: each driver has its own, and some repeat the password
        print(f'db_check: the database could not be read ({type(error).__name__}): {without_secrets(str(error), url)}', file=sys.stderr)
        return 2
    print('\n'.join(lines))
    return 0


def without_secrets(text, url):
    """A driver's message without the password, however it is spelt there."""
    try:
        password = database.Address(url).password
    except ValueError:
        return text  # no driver has seen it, and Address repeats nothing
    for secret in filter(None, (url, password, password and urllib.parse.quote(password, safe=''))):
        text = text.replace(secret, '[secret]')
    return text


if __name__ == '__main__':
    sys.exit(main())
