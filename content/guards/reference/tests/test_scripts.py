"""The scripts. The tests that need a server take one from TEST_DATABASE_URL: a database to throw away, named reset_guard_test..."""
import ast
import contextlib
import importlib.util
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
import urllib.parse

from app import database

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCRIPTS = ('reset_db.py', 'reset_and_migrate.py')
URL = os.environ.get('TEST_DATABASE_URL', '')
NAME = urllib.parse.unquote(urllib.parse.urlsplit(URL).path.lstrip('/'))
NOWHERE = 'postgresql://nobody:hunter2@127.0.0.1:1/nowhere'
DEMO = {'APP_MODE': 'demo', 'ALLOW_DB_RESET': '1'}
NEEDS_SERVER = unittest.skipUnless(URL, 'TEST_DATABASE_URL is not set')

if URL and not NAME.startswith('reset_guard_test'):
    raise SystemExit('TEST_DATABASE_URL must name a database reset_guard_test...: these tests delete what is in it')


def run(arguments, **environ):
    kept = {name: value for name, value in os.environ.items() if name in ('PATH', 'LD_LIBRARY_PATH', 'SYSTEMROOT', 'PYTHONPATH', 'PYTHONDONTWRITEBYTECODE')}
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env={**kept, **environ}, capture_output=True, text=True, check=False, timeout=60)


class FirstLine(unittest.TestCase):
    def test_the_guard_is_the_first_thing_in_both_scripts(self):
        for script in SCRIPTS:
            first = ast.parse((ROOT / script).read_text(encoding='utf-8')).body[:2]
            self.assertEqual([ast.unparse(line) for line in first], ['from app import reset_guard', 'reset_guard.stop_unless_allowed()'], script)

    def test_the_guard_is_first_where_things_are_deleted_too(self):
        tree = ast.parse((ROOT / 'reset_db.py').read_text(encoding='utf-8'))
        deletes = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == 'reset')
        self.assertEqual(ast.unparse(deletes.body[1]), 'reset_guard.stop_unless_allowed()')

    def test_without_both_neither_runs_nor_connects(self):
        for script in SCRIPTS:
            for environ in ({}, {'APP_MODE': 'demo'}, {'ALLOW_DB_RESET': '1'}, {'APP_MODE': 'production', 'ALLOW_DB_RESET': '1'}):
                done = run([script], DATABASE_URL=NOWHERE, CONFIRM_RESET_DB='nowhere', **environ)
                self.assertEqual((done.returncode, done.stdout), (1, ''), script)
                self.assertIn('RESET REFUSED', done.stderr)
                self.assertNotIn('hunter2', done.stderr)

    def test_seed_lets_the_chain_go_on_in_production(self):
        for environ in ({}, {'APP_MODE': 'production'}, {'APP_MODE': 'Demo'}, {'APP_MODE': 'demo'}):
            done = run(['-m', 'app.seed'], **environ)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual('nothing to do' in done.stdout, environ != {'APP_MODE': 'demo'})

    def test_seed_fills_in_a_demo_alone_and_its_error_stops_the_chain(self):
        code = 'import os, sys; from app import seed; sys.exit(seed.run(lambda: 1 / 0))'
        self.assertEqual(run(['-c', code], APP_MODE='production').returncode, 0)
        self.assertEqual(run(['-c', code], APP_MODE='demo').returncode, 1)


@NEEDS_SERVER
class Reset(unittest.TestCase):
    def setUp(self):
        self.connection = database.connect(URL)
        for sql in ('DROP SCHEMA IF EXISTS public CASCADE', 'CREATE SCHEMA public', 'CREATE TABLE public.users (id int)',
                    'INSERT INTO public.users VALUES (1), (2)'):
            self.connection.rows(sql)

    def tearDown(self):
        self.connection.close()

    def tables(self):
        return [name for name, in self.connection.rows("SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = "
                                                       "(SELECT oid FROM pg_namespace WHERE nspname = 'public')")]

    def test_another_target_deletes_nothing(self):
        for script in SCRIPTS:
            for confirm in ({}, {'CONFIRM_RESET_DB': ''}, {'CONFIRM_RESET_DB': 'another'}, {'CONFIRM_RESET_DB': NAME + ' '}):
                done = run([script], DATABASE_URL=URL, **DEMO, **confirm)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn('CONFIRM_RESET_DB:', done.stderr)
                self.assertEqual(self.connection.rows('SELECT count(*) FROM public.users'), [(2,)])

    def test_all_three_delete_the_tables_of_that_database(self):
        done = run(['reset_db.py'], DATABASE_URL=URL, CONFIRM_RESET_DB=NAME, **DEMO)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f'in schema public of database {NAME}', done.stdout)
        self.assertEqual(self.tables(), [])

    def test_every_installed_driver_resets(self):
        for driver in filter(importlib.util.find_spec, database.DRIVERS):
            self.connection.rows('CREATE TABLE public.again (id int)')
            connection = database.connect(URL, driver)
            with unittest.mock.patch.dict(os.environ, CONFIRM_RESET_DB=NAME, **DEMO), contextlib.redirect_stdout(io.StringIO()):
                importlib.import_module('reset_db').reset(connection)
            connection.close()
            self.assertEqual(self.tables(), [], driver)

    def test_the_deleting_function_refuses_a_caller_who_asked_nothing(self):
        code = ('import os; os.environ.update(APP_MODE="demo", ALLOW_DB_RESET="1"); import reset_db; from app import database; '
                'del os.environ["ALLOW_DB_RESET"]; reset_db.reset(database.connect(os.environ["DATABASE_URL"]))')
        done = run(['-c', code], DATABASE_URL=URL, CONFIRM_RESET_DB=NAME)
        self.assertEqual(done.returncode, 1)
        self.assertIn('ALLOW_DB_RESET: not set', done.stderr)
        self.assertEqual(self.tables(), ['users'])

    def test_migrating_follows_a_reset_and_only_that(self):
        with tempfile.TemporaryDirectory() as folder:
            package = pathlib.Path(folder, 'alembic')
            package.mkdir()
            (package / '__init__.py').touch()
            (package / '__main__.py').write_text('import sys; print("ALEMBIC", *sys.argv[1:])', encoding='utf-8')
            done = run(['reset_and_migrate.py'], DATABASE_URL=URL, CONFIRM_RESET_DB=NAME, PYTHONPATH=folder, **DEMO)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn('ALEMBIC upgrade head', done.stdout)
            self.assertEqual(self.tables(), [])
            done = run(['reset_and_migrate.py'], DATABASE_URL=URL, PYTHONPATH=folder, **DEMO)
            self.assertEqual(done.returncode, 1)
            self.assertNotIn('ALEMBIC', done.stdout)


if __name__ == '__main__':
    unittest.main()
