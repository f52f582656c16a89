"""The program that is tried: what it says of a log, and the plan it gives."""
import json
import os
import re
import subprocess

OFFERED = re.compile(r'--answer ([a-z-]+)=([a-z-]+)')


class Asked(Exception):
    """There is no plan yet: a question comes first."""

    def __init__(self, question, text):
        super().__init__(text)
        self.question = question


def run(command, arguments, log):
    done = subprocess.run([os.environ['RUNBOOK_PROGRAM'], command, '--format', 'json', *arguments], input=log.encode(), capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def answers(given):
    return [f'--answer={key}={value}' for key, value in given.items()]


def diagnose(log, given):
    code, said, problem = run('diagnose', [*answers(given), '-'], log)
    if code:
        raise RuntimeError(f'diagnose: {problem}')
    return json.loads(said)


def headline(log):
    """What happened, in one sentence, as a person reads it."""
    done = subprocess.run([os.environ['RUNBOOK_PROGRAM'], 'diagnose', '--brief', '-'], input=log.encode(), capture_output=True, check=True)
    return done.stdout.decode().splitlines()[0].removeprefix('standard input: ').removeprefix('-: ')


def plan(log, given, names, outputs):
    """The plan as the program prints it; raises [`Asked`] while something must be answered first."""
    arguments = [*answers(given), '--db-user', names['role'], '--database', names['database'], *(f'--set={key}={value}' for key, value in names['values'].items()),
                 *(f'--output={step}={path}' for step, path in outputs), '-']
    code, said, problem = run('plan', arguments, log)
    if code == 1 and (offered := OFFERED.search(problem)):
        raise Asked(offered[1], problem)
    if code:
        raise RuntimeError(f'plan: {problem}')
    return said
