"""The guard without a server: python -m unittest, in the folder that holds app/."""
import contextlib
import io
import itertools
import pathlib
import subprocess
import sys
import unittest

from app import reset_guard

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODES = (None, '', 'demo', 'Demo', 'DEMO', ' demo', 'demo ', '"demo"', 'demonstration', 'not-demo', 'prod', 'production', 'd\u0435mo', 'demo\n')
ALLOWS = (None, '', '1', '0', 'true', 'yes', 'on', '01', '1 ', ' 1', '1\n', '"1"', '\uff11')


def environ(**variables):
    return {name: value for name, value in variables.items() if value is not None}


def said(call, *given):
    """What a refusal prints; None when there is none."""
    with contextlib.redirect_stderr(io.StringIO()) as out:
        try:
            call(*given)
        except SystemExit as end:
            assert end.code == 1, end.code
            return out.getvalue()
    assert out.getvalue() == '', out.getvalue()
    return None


class Guard(unittest.TestCase):
    def test_exactly_one_of_182_pairs_is_allowed(self):
        pairs = list(itertools.product(MODES, ALLOWS))
        allowed = [pair for pair in pairs if said(reset_guard.stop_unless_allowed, environ(APP_MODE=pair[0], ALLOW_DB_RESET=pair[1])) is None]
        self.assertEqual((len(pairs), allowed), (182, [('demo', '1')]))

    def test_a_refusal_names_what_failed_and_nothing_else(self):
        for mode, allow in itertools.product(MODES, ALLOWS):
            text = said(reset_guard.stop_unless_allowed, environ(APP_MODE=mode, ALLOW_DB_RESET=allow))
            if text is not None:
                self.assertIn('RESET REFUSED', text)
                self.assertEqual('APP_MODE:' in text, mode != 'demo')
                self.assertEqual('ALLOW_DB_RESET:' in text, allow != '1')
        text = said(reset_guard.stop_unless_allowed, environ(ALLOW_DB_RESET=''))
        self.assertIn('APP_MODE: not set', text)
        self.assertIn('ALLOW_DB_RESET: set, but not exactly 1', text)

    def test_a_value_is_never_printed(self):
        text = said(reset_guard.stop_unless_allowed, environ(APP_MODE='hunter2', ALLOW_DB_RESET='postgres://u:hunter2@h/d'))
        text += said(reset_guard.stop_unless_confirmed, 'app', environ(CONFIRM_RESET_DB='postgres://u:hunter2@h/app'))
        self.assertNotIn('hunter2', text)

    def test_bytes_that_are_no_text_refuse(self):
        self.assertIsNotNone(said(reset_guard.stop_unless_allowed, environ(APP_MODE='demo\udcff', ALLOW_DB_RESET='1')))

    def test_the_target_is_the_name_the_server_says(self):
        for value, name, stops in [('app', 'app', False), (None, 'app', True), ('', 'app', True), ('App', 'app', True), ('app ', 'app', True),
                                   ('app', 'app2', True), ('', '', True), ('1', 'app', True), ('true', 'app', True), ('\u0438\u043c\u044f', '\u0438\u043c\u044f', False)]:
            text = said(reset_guard.stop_unless_confirmed, name, environ(CONFIRM_RESET_DB=value))
            self.assertEqual(text is not None, stops, (value, name))
            if stops:
                self.assertIn('CONFIRM_RESET_DB:', text)

    def test_a_refusal_passes_through_except_exception(self):
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()):
            try:
                reset_guard.stop_unless_allowed({})
            except Exception:  # pylint: disable=broad-except
                self.fail('caught')

    def test_it_refuses_in_an_optimised_process_with_its_own_environment(self):
        code = 'from app import reset_guard; reset_guard.stop_unless_allowed(); print("RAN")'
        for variables, runs in [({}, False), ({'APP_MODE': 'demo'}, False), ({'APP_MODE': 'production', 'ALLOW_DB_RESET': '0'}, False),
                                ({'APP_MODE': 'demo', 'ALLOW_DB_RESET': '1'}, True)]:
            done = subprocess.run([sys.executable, '-B', '-O', '-c', code], cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stdout), (0, 'RAN\n') if runs else (1, ''), done.stderr)


if __name__ == '__main__':
    unittest.main()
