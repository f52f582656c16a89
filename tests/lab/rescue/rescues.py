"""The data files: how a service is broken, what a person there knows, what must come out."""
import pathlib
import tomllib

FOLDER = pathlib.Path(__file__).resolve().parent / 'rescues'
DRIVERS = ('psycopg2', 'psycopg', 'asyncpg', 'pg8000')


class Rescue:
    def __init__(self, name, said):
        known = {'title', 'start', 'drivers', 'majors', 'changes', 'broken', 'answers', 'values', 'edits', 'deploys', 'variables', 'conditions', 'volunteered', 'mistyped', 'proof',
                 'expect', 'unsure'}
        assert set(said) <= known, f'{name}: {set(said) - known}'
        self.name, self.title, self.start = name, said['title'], said['start']
        self.drivers, self.majors = tuple(said.get('drivers', DRIVERS)), tuple(said.get('majors', (13, 14, 15, 16, 17, 18)))
        self.changes = tuple(said.get('changes', ()))
        self.broken, self.proof = said.get('broken', []), said['proof']
        self.answers = {'tool': 'alembic', 'data': 'needed', **said.get('answers', {})}
        self.values, self.edits, self.deploys = said.get('values', {}), said.get('edits', []), said.get('deploys', [])
        self.variables, self.conditions = said.get('variables', []), said.get('conditions', [])
        self.volunteered = said.get('volunteered', {})
        self.mistyped = said.get('mistyped')
        self.expect, self.unsure = said.get('expect', {}), said.get('unsure', {})


def load(names=()):
    found = {path.stem: Rescue(path.stem, tomllib.loads(path.read_text())) for path in sorted(FOLDER.glob('*.toml'))}
    return [r for n, r in found.items() if not names or any(n == name or n.startswith(name) for name in names)]
