"""Every scenario registers itself here: one function that provokes a failure for real."""
import importlib
import pathlib

ALL = {}


class Absent(Exception):
    """This machine lacks what the scenario needs; a log recorded elsewhere stays as it is."""


class Scenario:
    def __init__(self, run, situation, destructive, accept, facts, kind, drivers, majors, variants, environments, owner):
        self.run, self.name, self.situation, self.destructive, self.accept = run, run.__name__, situation, destructive, accept
        self.facts, self.kind, self.drivers, self.majors, self.variants = facts, kind, drivers, majors, variants
        self.environments, self.owner = environments, owner


def scenario(situation, *, destructive='never', accept=(), facts=None, kind='alembic', drivers=('asyncpg', 'psycopg2', 'psycopg', 'pg8000'),
             majors=(13, 14, 15, 16, 17, 18), variants=4, environments=('sa21', 'sa20', 'sa20late'), owner=True):
    """`facts` names what the log tells, as templates over the bench: {table}, {child}, {column}, {role}, {revisions[2]}."""
    def register(run):
        assert run.__name__ not in ALL, run.__name__
        ALL[run.__name__] = Scenario(run, situation, destructive, list(accept), facts or {}, kind, drivers, majors, variants, environments,
                                     owner)
        return run
    return register


def load():
    for path in sorted(pathlib.Path(__file__).parent.glob('*.py')):
        if path.stem != '__init__':
            importlib.import_module(f'scenarios.{path.stem}')
    return ALL
