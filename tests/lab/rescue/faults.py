"""Plans that are broken on purpose: each must make its rescue fail, or the laboratory would not find such a mistake in the content."""
import copy
import os
import re
import subprocess


def sql(edition, names):
    """What the program prints for another edition."""
    return subprocess.run([os.environ['RUNBOOK_PROGRAM'], 'sql', edition, '--db-user', names['role'], '--database', names['database']], check=True,
                          capture_output=True, text=True).stdout


def marks(step):
    return step['kind'] == 'command' and re.search(r'alembic stamp', step['text'] or '')


def deploys(step):
    return step['act'] and step['act']['name'] == 'deploy'


def without(chosen):
    return lambda plan, names: plan | {'steps': [step for step in plan['steps'] if not chosen(step)]}


def changed(chosen, **fields):
    """The steps that are chosen, with other fields; a function is given the old value."""
    def spoil(plan, names):
        plan = copy.deepcopy(plan)
        for step in filter(chosen, plan['steps']):
            for key, value in fields.items():
                step[key] = value(step[key], names) if callable(value) else value
        return plan
    return spoil


def first(chosen):
    return lambda plan, names: plan | {'steps': sorted(plan['steps'], key=lambda step: not chosen(step))}


def saved(edition):
    """Every file of SQL that is saved holds this edition instead."""
    def value(act, names):
        return act and (act | {'value': sql(edition, names)} if act['name'] == 'edit' and act.get('value') else act)
    return changed(lambda step: True, act=value)


def replaced(pattern, new):
    """In everything that is run: SQL and commands."""
    return changed(lambda step: step['kind'] != 'manual', text=lambda text, names: text and re.sub(pattern, new, text))


# Each: what is wrong, the rescue it must spoil, and how the plan is changed.
FAULTS = (
    ('the deploy comes first', 'create-all-older', first(deploys)),
    ('nothing is marked', 'create-all-older', without(marks)),
    ('a revision is skipped', 'create-all-older', replaced(r'stamp (--purge )?\S+', 'stamp 006')),
    ('a revision too old is marked', 'create-all-present', replaced(r'stamp (--purge )?\S+', 'stamp 001')),
    ('it is run in another place', 'create-all-present', changed(marks, place='laptop')),
    ('a name is missing', 'create-all-present', changed(marks, text=None)),
    ('nothing is deployed', 'create-all-present', without(deploys)),
    ('an act nobody knows', 'create-all-present', changed(deploys, act={'name': 'restart', 'target': 'service', 'value': None})),
    ('it deletes instead of setting aside', 'too-far-apart', saved('option-a')),
    ('the rehearsal instead of the real thing', 'too-far-apart', saved('rehearsal')),
    ('it is done without the rights', 'other-owner-all', changed(lambda step: step['as'] == 'administrator', **{'as': 'app'})),
    ('CASCADE, and the type is used', 'enum-left-over', replaced(r'DROP TYPE [^;]+', 'DROP TYPE payment_method; DROP TYPE parcel_status CASCADE')),
    ('the whole backup over the database', 'one-table-dropped', replaced(r'pg_restore (?!--list|-l\b)[^\n|>]*', 'pg_restore --clean --if-exists -d "$SERVICE" yesterday.dump ')),
)
