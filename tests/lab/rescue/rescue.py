#!/usr/bin/env python3
"""The rescue laboratory: services broken for real, and brought back by doing what the page says. README.md says how to add one.

    rescue.py list                    every rescue
    rescue.py proof [NAME…]           breaks, and repairs as the rescue itself says: is it a rescue at all?
    rescue.py walk [NAME…]            breaks, and does what the page says, with true answers
    rescue.py unsure [NAME…]          the same, with 'not sure' to everything
    rescue.py faults [NAME…]          does it with plans that are broken on purpose: each must be noticed
"""
import concurrent.futures
import json
import os
import pathlib
import queue
import signal
import sys
import time
import tomllib
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
sys.dont_write_bytecode = True

import check
import environments
import program
import rescues
from acts import Scene
from faults import FAULTS
from server import Cluster, Laptop
from servers import remove_all
from walk import Stuck, Walk

ENVIRONMENT, LAPTOP = 'sa21', 18
TREE = pathlib.Path(os.environ.get('RUNBOOK_CONTENT') or HERE.parents[2] / 'content') / 'trees/render-database-recovery.toml'
QUESTIONS = tomllib.loads(TREE.read_text())['question']
UNSURE = {question['id']: question.get('not_sure') or question.get('assumed') for question in QUESTIONS}


def asked(log, answer):
    """Answers what is asked, one after the other: the questions with the answers given, and the last word."""
    given = {}
    while True:
        said = program.diagnose(log, given)
        if said['question'] is None:
            return given, said
        one = said['question']['id']
        given[one] = answer(one)


def broken(scene):
    """Breaks it and deploys: gives the rows to keep and the log of the deploy that failed."""
    scene.do(scene.rescue.broken)
    keep = scene.keep()
    live, log = scene.deploy()
    if live:
        raise AssertionError('the deploy does not fail:\n' + log)
    scene.log = scene.earlier + log
    return keep, scene.log


def recovered(scene, keep):
    """Deploys, and looks at everything that must be so: gives what is wrong."""
    live, log = scene.deploy()
    if not live:
        return ['the deploy fails:\n' + log]
    code, said = scene.service.run('python -m app.smoke')
    problems = [] if code == 0 else ['the smoke test fails: ' + said[-600:]]
    after = scene.snapshot(visible=True, wanted=keep)
    kept_in = scene.rescue.expect.get('kept_in')
    problems += check.lost(keep, scene.snapshot(visible=True, wanted=keep, schema=kept_in) if kept_in else after)
    code, said = scene.service.run('alembic check')
    if code:
        problems.append('alembic check: ' + said.strip().split('\n')[-1][-400:])
    return problems


def walked(log, answer):
    """A walk in a line: what was asked and answered, and where it ends."""
    try:
        given, said = asked(log, answer)
    except KeyError as question:
        return f'asks {question}: no answer'
    return ' '.join([*(f'{key}={value}' for key, value in given.items()), f"→ {said['outcome']['id']}"])


def proof(rescue, cluster, environment, driver, number, laptop):
    """Breaks it, and repairs it as the rescue itself says."""
    scene = Scene(rescue, cluster, environment, driver, number, laptop)
    try:
        keep, log = broken(scene)
        said = program.diagnose(log, {})
        walk = walked(log, rescue.answers.__getitem__)
        unsure = walked(log, UNSURE.__getitem__)
        scene.do(rescue.proof)
        problems = recovered(scene, keep)
        return {'log': log, 'said': said, 'problems': problems, 'walk': walk, 'unsure': unsure, 'kept': check.counts(keep)}
    finally:
        scene.remove()


def walked_through(answers):
    """Breaks it, and does what the page says."""
    def work(rescue, cluster, environment, driver, number, laptop):
        scene = Scene(rescue, cluster, environment, driver, number, laptop)
        true = answers == 'true'
        walk = Walk(scene, (rescue.answers if true else UNSURE).__getitem__)
        result, problems = {}, []
        try:
            keep, log = broken(scene)
            try:
                walk.go()
                expected = rescue.expect if true else {**rescue.expect, **rescue.unsure}
                problems = [*recovered(scene, keep), *walk.verdict(expected.get('outcome'), expected.get('steps'), expected.get('questions'))]
            except Stuck as stuck:
                problems = [str(stuck)]
            except KeyError as question:
                problems = [f'asks {question}, and nobody there knows the answer']
            return {'log': log, 'problems': problems, 'outcomes': walk.outcomes, 'given': walk.given, 'steps': walk.steps, 'rounds': walk.rounds,
                    'printed': walk.printed, 'kept': check.counts(keep)}
        finally:
            scene.remove()
    return work


def spoiled(fault):
    """A rescue with a plan that is broken on purpose: it must not come to a good end."""
    name, _, spoil = fault

    def work(rescue, cluster, environment, driver, number, laptop):
        scene = Scene(rescue, cluster, environment, driver, number, laptop)
        walk = Walk(scene, rescue.answers.__getitem__, spoil)
        try:
            keep, _ = broken(scene)
            try:
                walk.go()
                found = [*recovered(scene, keep), *walk.verdict(rescue.expect.get('outcome'))]
            except (Stuck, KeyError) as stuck:
                found = [str(stuck)]
            return {'fault': name, 'found': found, 'problems': [] if found else [f'nobody notices that {name}']}
        finally:
            scene.remove()
    return work


WORKS = {'proof': proof, 'walk': walked_through('true'), 'unsure': walked_through('unsure')}


def chosen(work, names, majors):
    """(work, rescue, driver, major) of everything to do: every rescue on these servers, with the four drivers in turn."""
    for index, rescue in enumerate(rescues.load(names)):
        for turn, major in enumerate(m for m in majors if m in rescue.majors):
            yield work, rescue, rescue.drivers[(index + turn) % len(rescue.drivers)], major


def run_all(jobs):
    """One rescue a core at a time."""
    environment, clusters = environments.Environment(ENVIRONMENT), {}
    for _, _, _, major in jobs:
        if major not in clusters:
            clusters[major] = Cluster(major, environment)
    width = int(os.environ.get('RESCUE_JOBS') or os.cpu_count())
    laptops = queue.SimpleQueue()
    for _ in range(width):
        laptops.put(Laptop(environments.postgres(LAPTOP)))

    def one(numbered):
        number, (work, rescue, driver, major) = numbered
        began, laptop = time.monotonic(), laptops.get()
        try:
            result = work(rescue, clusters[major], environment, driver, number, laptop)
            laptop.clear()
        except Exception as error:
            result = {'problems': [f'{type(error).__name__}: {error}'], 'trace': traceback.format_exc()}
        finally:
            laptops.put(laptop)
        result |= {'rescue': rescue.name, 'driver': driver, 'major': major, 'seconds': round(time.monotonic() - began, 1)}
        print(f"{'ok    ' if not result['problems'] else 'FAILED'} {result['seconds']:5.1f} s  {rescue.name} ({driver}, PostgreSQL {major})", flush=True)
        for problem in result['problems']:
            print('        ' + problem.replace('\n', '\n        '), flush=True)
        if result['problems'] and os.environ.get('VERBOSE'):
            print(result.get('trace', ''))
        if os.environ.get('RESCUE_OUT'):
            with open(os.environ['RESCUE_OUT'], 'a') as out:
                out.write(json.dumps(result, ensure_ascii=False) + '\n')
        return result

    with concurrent.futures.ThreadPoolExecutor(width) as pool:
        results = list(pool.map(one, enumerate(jobs)))
    print(f"{sum(not r['problems'] for r in results)} recovered, {sum(bool(r['problems']) for r in results)} not")
    return results


def main(arguments):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    command, names = (arguments or ['list'])[0], arguments[1:]
    majors = tuple(int(m) for m in os.environ.get('RESCUE_MAJORS', '13,18').split(','))
    try:
        if command == 'list':
            for rescue in rescues.load(names):
                print(f'{rescue.name:24} {rescue.title}')
        elif command in WORKS:
            results = run_all(list(chosen(WORKS[command], names, majors)))
            return 1 if any(r['problems'] for r in results) else 0
        elif command == 'faults':
            wanted = [fault for fault in FAULTS if not names or fault[1] in names]
            jobs = [(spoiled(fault), rescue, rescue.drivers[0], majors[-1]) for fault in wanted for rescue in rescues.load([fault[1]])]
            results = run_all(jobs)
            for result in results:
                print(f"{result.get('fault')}: {(result.get('found') or ['nothing'])[0][:160]}")
            return 1 if any(r['problems'] for r in results) else 0
        else:
            print(__doc__, file=sys.stderr)
            return 2
    finally:
        remove_all()
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
