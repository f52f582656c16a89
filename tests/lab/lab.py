#!/usr/bin/env python3
"""The laboratory: failures reproduced for real, recorded with labels. `./x lab` runs this; README.md says how to add a scenario.

    lab.py list                 every scenario with its situation
    lab.py record [NAME…]       records all, or these; what is no scenario's name stands for all that start so
    lab.py missing              records only what has no log yet
    lab.py labels               writes into the labels what the scenarios say by now
    lab.py render               wraps recorded logs in Render's shape
    lab.py answers [MAJOR…]     records what servers and Alembic answer into tests/answers/, all or these major versions
    lab.py check                looks at labels and neutrality, and provokes three failures again
"""
import json
import os
import pathlib
import signal
import sys
import time
import traceback
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

import environments
import scenarios
from bench import Bench
from servers import Server, remove_all

LOGS = pathlib.Path(__file__).resolve().parents[1] / 'logs'
INTO = LOGS / 'lab'
_servers, _environments = {}, {}


def server(major):
    if major not in _servers:
        native = environments.postgres(major)
        made = Server(native).start().ready()
        made.version = made.psql('SHOW server_version').stdout.strip()
        _servers[major] = made
    return _servers[major]


def environment(name):
    if name not in _environments:
        _environments[name] = environments.Environment(name)
    return _environments[name]


def variants(scenario, index):
    """(name, environment, driver, major): drivers in turn, over environments and majors so that all pairs come up over the scenarios."""
    count = scenario.variants if scenario.kind == 'alembic' else 1
    made = {}
    for turn in range(count):
        driver = scenario.drivers[(turn + (index if count < len(scenario.drivers) else 0)) % len(scenario.drivers)] if scenario.drivers else None
        env = scenario.environments[(index + turn) % len(scenario.environments)]
        major = scenario.majors[(index * 5 + turn * 7 + turn // 4) % len(scenario.majors)] if scenario.majors else None
        parts = [scenario.name, *( [driver, env, f'pg{major}'] if scenario.kind == 'alembic' else [])]
        parts = [p for p in parts if p and p != 'pgNone']
        made['.'.join(parts)] = (env, driver, major)
    return made


def record(scenario, name, env, driver, major, number, into=INTO):
    bench = Bench(scenario, name, environment(env), driver, server(major) if major else None, number)
    try:
        if bench.server:
            bench.make_database(scenario.owner)
        scenario.run(bench)
        bench.finish()
        text = bench.text()
        label = {'situation': scenario.situation, 'accept': scenario.accept, 'destructive': scenario.destructive, 'scenario': scenario.name,
                 'versions': bench.versions(), 'command': ' && '.join(dict.fromkeys(bench.commands))}
        facts = {**{key: value.format_map(vars(bench)) for key, value in scenario.facts.items()}, **bench.facts}
        label |= {key: value for key, value in facts.items() if value is not None}
        if not text.strip():
            raise RuntimeError('nothing was recorded')
        if bench.password in text:
            label['secret'] = bench.password
        problems = not_neutral(text)
        if problems:
            raise RuntimeError(f'not neutral: {problems}')
        into.mkdir(parents=True, exist_ok=True)
        (into / f'{name}.log').write_text(text)
        (into / f'{name}.json').write_text(json.dumps(label, indent=1, ensure_ascii=False) + '\n')
    finally:
        bench.finish()
        for undo in bench.undo:
            undo()
        if bench.server:
            bench.drop_database()
        bench.remove()


def not_neutral(text):
    """What of this machine a text would give away."""
    mine = [f'{pathlib.Path.home()}/', str(environments.CACHE), '/var/tmp', '/tmp/runbook', '/tmp/tmp', '.pyenv', '/wo' 'rk/', os.uname().nodename]
    return [word for word in mine if word in text]


def record_all(chosen, only_missing=False):
    failed, absent, done, began = [], [], 0, time.monotonic()
    for scenario in scenarios.ALL.values():
        if not chosen(scenario.name):
            continue
        index = zlib.crc32(scenario.name.encode())
        for turn, (name, (env, driver, major)) in enumerate(variants(scenario, index).items()):
            if only_missing and (INTO / f'{name}.log').exists():
                continue
            try:
                record(scenario, name, env, driver, major, index + turn)
                done += 1
                print(f'{time.monotonic() - began:5.0f} s  {name}', flush=True)
            except scenarios.Absent as error:
                absent.append(name)
                print(f'absent {name}: {error}', flush=True)
            except Exception as error:
                failed.append(name)
                print(f'FAILED {name}: {error}', flush=True)
                if os.environ.get('VERBOSE'):
                    traceback.print_exc()
    print(f'{done} recorded, {len(absent)} not possible here, {len(failed)} failed', *failed)
    return not failed


def forget_doubles():
    """Drivers that print the same leave one log, and none where an older recording has it."""
    import check
    seen = {}
    for path in [*sorted((LOGS / 'recorded').glob('*.log')), *sorted(INTO.glob('*.log'))]:
        kept = seen.setdefault(check.distinct(path.read_text()), path)
        if kept != path:
            path.unlink()
            path.with_suffix('.json').unlink()


def relabel():
    for path in INTO.glob('*.json'):
        label = json.loads(path.read_text())
        scenario = scenarios.ALL[label['scenario']]
        label |= {key: getattr(scenario, key) for key in ('situation', 'accept', 'destructive')}
        path.write_text(json.dumps(label, indent=1, ensure_ascii=False) + '\n')


def prune():
    """Removes logs no scenario makes any more."""
    known = {name for scenario in scenarios.ALL.values() for name in variants(scenario, zlib.crc32(scenario.name.encode()))}
    for path in INTO.glob('*'):
        if path.name.rsplit('.', 1)[0] not in known:
            path.unlink()


def main(arguments):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    scenarios.load()
    command, names = (arguments or ['list'])[0], arguments[1:]
    try:
        if command == 'list':
            for s in scenarios.ALL.values():
                print(f'{s.situation:22} {s.name}')
        elif command in ('record', 'missing'):
            prune()
            well = record_all(lambda n: not names or any(n == name or name not in scenarios.ALL and n.startswith(name) for name in names), command == 'missing')
            forget_doubles()
            return 0 if well else 1
        elif command == 'labels':
            relabel()
        elif command == 'render':
            import render_shape
            render_shape.make(LOGS)
        elif command == 'answers':
            import answers
            answers.run(names)
        elif command == 'check':
            import check
            return check.run()
        else:
            print(__doc__, file=sys.stderr)
            return 2
    finally:
        remove_all()
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
