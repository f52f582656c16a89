"""db_check: what it prints in each state, and that it changes nothing. The server comes from TEST_DATABASE_URL, as in test_scripts."""
import importlib.util
import unittest

from app import database, db_check
from tests.test_scripts import NAME, NEEDS_SERVER, NOWHERE, URL, run


class WithoutServer(unittest.TestCase):
    def test_no_url_and_no_server_are_said_and_no_secret_is(self):
        done = run(['-m', 'app.db_check'])
        self.assertEqual((done.returncode, done.stdout), (2, ''))
        self.assertIn('DATABASE_URL is not set', done.stderr)
        for url in (NOWHERE, 'mysql://nobody:hunter2@127.0.0.1/x', 'postgresql://nobody:hunter2@[broken/x',
                    'postgresql://nobody:a#hunter2@127.0.0.1/x', 'postgresql://nobody:1/hunter2@127.0.0.1/x', 'postgresql://nobody:@hunter2@127.0.0.1/x'):
            done = run(['-m', 'app.db_check'], DATABASE_URL=url)
            self.assertEqual((done.returncode, done.stdout), (2, ''))
            self.assertIn('could not be read', done.stderr)
            self.assertNotIn('hunter2', done.stderr)
            self.assertNotIn('Traceback', done.stderr)

    def test_a_driver_that_repeats_the_password_is_masked(self):
        url = 'postgresql://u:p%40ss@h/d'
        self.assertEqual(db_check.without_secrets(f'in {url}: p%40ss or p@ss', url), 'in [secret]: [secret] or [secret]')

    def test_addresses(self):
        def read(url):
            found = database.Address(url)
            return found.user, found.password, found.host, found.port, found.database, found.sslmode
        self.assertEqual(read('postgresql+asyncpg://u:p%40ss@dpg-a-a.oregon-postgres.render.com:6432/app?ssl=require'),
                         ('u', 'p@ss', 'dpg-a-a.oregon-postgres.render.com', 6432, 'app', 'require'))
        self.assertEqual(read('postgres://u@h'), ('u', None, 'h', 5432, 'u', 'prefer'))
        self.assertEqual(read('postgresql:///d?host=/run/x&port=1&user=u'), ('u', None, '/run/x', 1, 'd', 'prefer'))


@NEEDS_SERVER
class Report(unittest.TestCase):
    def setUp(self):
        self.connection = database.connect(URL)
        self.do('DROP SCHEMA IF EXISTS "Odd %:x" CASCADE', 'DROP SCHEMA IF EXISTS public CASCADE', 'CREATE SCHEMA public')

    def tearDown(self):
        self.do('DROP SCHEMA IF EXISTS "Odd %:x" CASCADE')
        self.connection.close()

    def do(self, *statements):
        for sql in statements:
            self.connection.rows(sql)

    def lines(self):
        """The report of every installed driver, which must be the same, and must leave every object as it was."""
        before = self.everything()
        reports = []
        for driver in filter(importlib.util.find_spec, database.DRIVERS):
            connection = database.connect(URL, driver)
            reports.append(db_check.report(connection))
            connection.close()
        done = run(['-m', 'app.db_check'], DATABASE_URL=URL)
        self.assertEqual(done.returncode, 0, done.stderr)
        reports.append(done.stdout.splitlines())
        self.assertEqual(self.everything(), before)
        for report in reports:
            self.assertEqual(report, reports[0])
        self.assertRegex(reports[0][0], f'^database: {NAME} ')
        return reports[0][1:]

    def everything(self):
        return self.connection.rows("SELECT c.oid, c.relname, c.relnamespace, c.relfilenode, c.xmin FROM pg_class c "
                                    "WHERE c.relnamespace <> (SELECT oid FROM pg_namespace WHERE nspname = 'pg_toast') ORDER BY c.oid")

    def test_each_state(self):
        self.assertEqual(self.lines(), ['alembic_version: there is no such table', 'tables: 0'])
        self.do('CREATE TABLE public.alembic_version (version_num varchar(32))', 'CREATE TABLE public."Users" (id int)',
                'CREATE VIEW public.v AS SELECT 1 AS one')
        self.assertEqual(self.lines(), ['alembic_version: the table is empty', 'tables: 2', '  public."Users"', '  public.alembic_version'])
        self.do("INSERT INTO public.alembic_version VALUES ('002')")
        self.assertEqual(self.lines()[0], 'alembic_version: 002')
        self.do("INSERT INTO public.alembic_version VALUES ('001')")
        self.assertEqual(self.lines()[0], 'alembic_version: 001, 002')
        self.do('CREATE SCHEMA "Odd %:x"', 'CREATE TABLE "Odd %:x".alembic_version (version_num varchar(32))')
        self.assertEqual(self.lines()[:2], ['alembic_version: the table is empty (in schema Odd %:x)', 'alembic_version: 001, 002 (in schema public)'])
        self.do('DROP SCHEMA public CASCADE')
        self.assertEqual(self.lines(), ['alembic_version: the table is empty (in schema Odd %:x)', 'tables: 1', '  "Odd %:x".alembic_version'])

    def test_a_look_alike_function_is_not_called(self):
        self.do('CREATE TABLE public.trap (id int)', "CREATE FUNCTION public.has_schema_privilege(oid, text) RETURNS bool LANGUAGE plpgsql AS "
                "'BEGIN RAISE EXCEPTION ''trapped''; END'")
        self.assertEqual(self.lines()[1:], ['tables: 1', '  public.trap'])

    def test_nothing_can_be_written_while_it_reads(self):
        seen = []

        class Writes:
            """Tries to write in the middle of the report."""
            def __init__(self, connection):
                self.connection = connection

            def rows(self, sql):
                if 'pg_class' in sql:
                    self.connection.rows('SAVEPOINT s')
                    try:
                        self.connection.rows('CREATE TABLE public.written (id int)')
                    except Exception as error:  # pylint: disable=broad-except
                        seen.append(str(error))
                    self.connection.rows('ROLLBACK TO s')
                return self.connection.rows(sql)

        db_check.report(Writes(self.connection))
        self.assertIn('read-only transaction', seen[0])
        self.assertEqual(self.lines()[1], 'tables: 0')

    def test_any_connection_of_the_service_will_do(self):
        theirs = self.connection.connection
        if not hasattr(theirs, 'cursor'):
            self.skipTest('asyncpg is no DB-API')
        self.assertEqual(db_check.report(theirs)[1:], self.lines())


if __name__ == '__main__':
    unittest.main()
