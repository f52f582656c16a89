"""The short part: are labels and logs well-formed, neutral and distinct, and do three failures still come out as recorded?"""
import hashlib
import json
import pathlib
import re
import tempfile
import zlib

import __main__ as lab
import scenarios

SITUATIONS = ('duplicate-table undefined-table unknown-revision version-table-missing duplicate-object broken-chain multiple-heads not-up-to-date '
              'concurrent-start permission schema-missing extension-missing data-violation migration-defect lock-or-timeout server-state connection '
              'configuration aborted-transaction app-error other-stack healthy unknown').split()
AGAIN = ('table_made_by_hand', 'branch_switch', 'wrong_password')
ENVIRONMENT = 'sa21'
VOLATILE = re.compile(r'[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,]+Z?|\b[0-9]{2}:[0-9]{2}:[0-9]{2}\b|0x[0-9a-f]+|\b[0-9a-f]{16,}\b|\b[0-9]+\b|\x1b\[[0-9;]*m')


def distinct(text):
    """One name for all texts that differ in times, numbers and identifiers alone."""
    return hashlib.sha256(VOLATILE.sub('#', text).encode()).hexdigest()


def problems():
    seen = {}
    for folder in ('recorded', 'render', 'lab', 'lab-render'):
        for path in sorted((lab.LOGS / folder).glob('*.log')):
            text, label = path.read_text(), json.loads(path.with_suffix('.json').read_text())
            named = f'{folder}/{path.stem}'
            if not {label['situation'], *label['accept']} <= set(SITUATIONS):
                yield f'{named}: no such situation'
            if label['destructive'] not in ('never', 'depends'):
                yield f'{named}: destructive is never or depends'
            if folder.startswith('lab'):
                if label['scenario'] not in scenarios.ALL:
                    yield f'{named}: no scenario makes it'
                if label.get('secret') and label['secret'] not in text:
                    yield f'{named}: its secret does not stand in it'
                for word in lab.not_neutral(text):
                    yield f'{named}: tells of this machine: {word}'
                if folder == 'lab-render' and text.count('\n') < 300:
                    yield f'{named}: shorter than 300 lines'
            same = seen.setdefault(distinct(text), named)
            if same != named and folder.startswith('lab'):
                yield f'{named}: the same as {same}'
    print(f'{len(seen)} distinct logs')


def recorded_there(scenario, index):
    """The variants of the one environment that the short part needs, so that tests install no other."""
    for turn, (made, variant) in enumerate(lab.variants(scenario, index).items()):
        if variant[0] == ENVIRONMENT and (lab.INTO / f'{made}.log').exists():
            yield made, variant, index + turn


def again():
    """Provokes three failures anew; everything but numbers must come out as recorded."""
    with tempfile.TemporaryDirectory() as into:
        for name in AGAIN:
            scenario = scenarios.ALL[name]
            index = zlib.crc32(name.encode())
            made, (env, driver, major), number = next(recorded_there(scenario, index))
            lab.record(scenario, made, env, driver, major, number, pathlib.Path(into))
            now, then = [(folder / f'{made}.log').read_text() for folder in (pathlib.Path(into), lab.INTO)]
            if distinct(now) != distinct(then):
                yield f'{made}: comes out otherwise than recorded'


def run():
    found = [*problems(), *again()]
    print('\n'.join(found) or 'all well')
    return 1 if found else 0
