#!/usr/bin/env python3
"""The rescue laboratory: services broken for real, and brought back by doing what the page says. README.md says how to add one.

    rescue.py list                    every rescue
    rescue.py proof [NAME…]           breaks, and repairs as the rescue itself says: is it a rescue at all?
    rescue.py walk [NAME…]            breaks, and does what the page says, with true answers
    rescue.py unsure [NAME…]          the same, with 'not sure' to everything
    rescue.py faults [NAME…]          does it with plans that are broken on purpose: each must be noticed
    rescue.py quick                   what `./x test` runs: true answers on PostgreSQL 13 and 18, 'not sure' on 18, and the broken plans
    rescue.py full                    everything on all six servers with the four drivers in turn; writes content/rescues.toml
"""
import concurrent.futures
import json
import os
import pathlib
import queue
import shutil
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
import gaps
import program
import proof_page
import rescues
from acts import Scene
from faults import FAULTS
from looker import Looker
from server import Cluster, Laptop
from servers import MAJORS, remove_all
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


def recovered(scene, keep, looker):
    """Looks at everything that must be so: what is wrong, and which rows are lost. A service that is not live is deployed first."""
    if not scene.expected.get('recovered', True):
        return [], check.lost(keep, scene.snapshot(wanted=keep))
    if not scene.live and not scene.deploy()[0]:
        return ['the deploy fails:\n' + scene.log], []
    problems = [said[-500:]] if (said := looker.look(scene.service.repository, scene.service.settings())) else []
    kept_in = scene.expected.get('kept_in')
    return problems, check.lost(keep, scene.snapshot(visible=True, wanted=keep, schema=kept_in))


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
        wrong, missing = recovered(scene, keep, laptop.looker)
        return {'log': log, 'said': said, 'problems': [*wrong, *missing], 'walk': walk, 'unsure': unsure, 'kept': check.counts(keep)}
    finally:
        scene.remove()


def walked_through(answers):
    """Breaks it, and does what the page says."""
    def work(rescue, cluster, environment, driver, number, laptop):
        scene = Scene(rescue, cluster, environment, driver, number, laptop)
        true = answers == 'true'
        walk = Walk(scene, (rescue.answers if true else UNSURE).__getitem__)
        expected = scene.expected = rescue.expect if true else {**rescue.expect, **rescue.unsure}
        problems, missing = [], []
        try:
            keep, log = broken(scene)
            try:
                walk.go()
                wrong, missing = recovered(scene, keep, laptop.looker)
                problems = [*wrong, *missing, *walk.verdict(expected.get('outcome'), expected.get('steps'), expected.get('questions'))]
            except Stuck as stuck:
                problems = [str(stuck), *walk.differs]
            return {'kind': answers, 'log': log, 'problems': problems, 'said': program.diagnose(log, {}), 'outcomes': walk.outcomes, 'given': walk.given, 'steps': walk.steps, 'rounds': walk.rounds,
                    'printed': walk.printed, 'lost': missing, 'kept': check.counts(keep)}
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
                wrong, missing = recovered(scene, keep, laptop.looker)
                found = [*wrong, *missing, *walk.verdict(rescue.expect.get('outcome'))]
            except Stuck as stuck:
                found = [str(stuck)]
            return {'kind': 'fault', 'fault': name, 'found': found, 'problems': [] if found else [f'nobody notices that {name}']}
        finally:
            scene.remove()
    return work


WORKS = {'proof': proof, 'walk': walked_through('true'), 'unsure': walked_through('unsure')}


def chosen(work, names, majors):
    """(work, rescue, driver, major) of everything to do: every rescue on these servers, with the four drivers in turn."""
    for index, rescue in enumerate(rescues.load(names)):
        if any('pooler' in act for act in rescue.broken) and not shutil.which('pgbouncer'):
            print(f'absent {rescue.name}: there is no pgbouncer')
            continue
        for turn, major in enumerate(m for m in majors if m in rescue.majors):
            yield work, rescue, rescue.drivers[(index + turn) % len(rescue.drivers)], major


def what(result):
    """Which kind of walk it was, behind the rescue's name."""
    return {'unsure': ', not sure', 'fault': f", but {result.get('fault')}"}.get(result.get('kind'), '')


def run_all(jobs):
    """One rescue more at a time than there are cores: each waits a quarter of its time."""
    environment, clusters = environments.Environment(ENVIRONMENT), {}
    for _, _, _, major in jobs:
        if major not in clusters:
            clusters[major] = Cluster(major, environment)
    width = int(os.environ.get('RESCUE_JOBS') or os.cpu_count() + 1)
    laptops = queue.SimpleQueue()
    for _ in range(width):
        laptops.put(Laptop(environments.postgres(LAPTOP), Looker(environment)))

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
        gaps.open_instead(result, rescue.name)
        result |= {'rescue': rescue.name, 'driver': driver, 'major': major, 'seconds': round(time.monotonic() - began, 1)}
        word = 'open  ' if 'open' in result else 'FAILED' if result['problems'] else 'ok    '
        print(f"{word} {result['seconds']:5.1f} s  {rescue.name}{what(result)} ({driver}, PostgreSQL {major})", flush=True)
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
    results.extend(gaps.closed(results))
    still_open = sum('open' in r for r in results)
    print(f'{still_open} open, as gaps.toml says')
    print(f"{sum(not r['problems'] for r in results) - still_open} recovered, {sum(bool(r['problems']) for r in results)} not")
    return results


def plain(names, majors, unsure_majors):
    """True answers and 'not sure' on these servers."""
    return [*chosen(WORKS['walk'], names, majors), *chosen(WORKS['unsure'], names, unsure_majors)]


def broken_plans(names, major):
    """Every plan that is broken on purpose, and the rescues as they are: what fails anyway proves nothing."""
    wanted = [fault for fault in FAULTS if not names or fault[1] in names]
    spoilt = [(spoiled(fault), rescue, rescue.drivers[0], major) for fault in wanted for rescue in rescues.load([fault[1]]) if rescue.name == fault[1]]
    return spoilt, [(WORKS['walk'], rescue, rescue.drivers[0], major) for rescue in {job[1].name: job[1] for job in spoilt}.values()]


def jobs_of(command, names, majors):
    if command in WORKS:
        return list(chosen(WORKS[command], names, majors))
    if command == 'quick':
        return [*plain(names, (13, 18), (18,)), *broken_plans(names, 18)[0]]
    if command == 'full':
        return [*plain(names, MAJORS, MAJORS), *broken_plans(names, 18)[0]]
    return [job for part in broken_plans(names, majors[-1]) for job in part]


def main(arguments):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    command, names = (arguments or ['list'])[0], arguments[1:]
    try:
        if command == 'list':
            for rescue in rescues.load(names):
                print(f'{rescue.name:24} {rescue.title}')
        elif command in (*WORKS, 'quick', 'full', 'faults'):
            majors = tuple(int(major) for major in os.environ.get('RESCUE_MAJORS', '13,18').split(','))
            results = run_all(jobs_of(command, names, majors))
            if command == 'full' and not names:
                proof_page.write(results, rescues.load())
            return 1 if any(result['problems'] for result in results) else 0
        else:
            print(__doc__, file=sys.stderr)
            return 2
    finally:
        remove_all()
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
