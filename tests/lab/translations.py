#!/usr/bin/env python3
"""Are the messages of tests/fixtures/translations.toml those of PostgreSQL's catalogues, and does no other message of the server open
a way to deleting that its English keeps closed? Run by hand where a translated PostgreSQL is installed (Debian: postgresql-15).

    tests/lab/translations.py [PROGRAM]      PROGRAM: the built `runbook`; without it `./x runbook`
"""
import gettext
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = [sys.argv[1]] if len(sys.argv) > 1 else [str(ROOT / 'x'), 'runbook']
# In a run of Alembic, so that deleting is reachable where the situation allows it.
BEFORE = 'INFO  [alembic.runtime.migration] Running upgrade  -> 3f9a1c0b72de, first\n'
STARRED = {'duplicate-table', 'undefined-table', 'unknown-revision', 'version-table-missing', 'duplicate-object'}
PLACE = re.compile(r"%(?:(\d+)\$)?[-+ #0']*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:ll|l|z|h)?([a-zA-Z%])")
VALUES = ('orders', 'audit', 'phone', 'shop', 'mood', 'touch')


def catalogues():
    """By language: the messages of the newest server installed here."""
    found = {}
    for path in sorted(pathlib.Path('/usr/share/locale').glob('*/LC_MESSAGES/postgres-*.mo')):
        with path.open('rb') as file:
            messages = gettext.GNUTranslations(file)._catalog
        # Of plurals the first form is enough.
        found[path.parts[4]] = {key[0] if isinstance(key, tuple) else key: text for key, text in messages.items() if key}
    return found


def filled(text):
    """The message with a value at each place."""
    places = iter(range(100))

    def value(match):
        if match[2] == '%':
            return '%'
        place = int(match[1]) - 1 if match[1] else next(places)
        return VALUES[place % len(VALUES)] if match[2] in 'sm' else str(place + 1)
    return PLACE.sub(value, text).replace('\n', ' ')


def diagnosed(logs):
    """What the program says of each log, in order."""
    answers = []
    with tempfile.TemporaryDirectory() as folder:
        names = [pathlib.Path(folder) / str(index) for index in range(len(logs))]
        for name, log in zip(names, logs):
            name.write_text(BEFORE + log + '\n')
        for start in range(0, len(names), 2000):
            made = subprocess.run([*PROGRAM, 'diagnose', '--format', 'json', *names[start:start + 2000]], stdout=subprocess.PIPE, check=True)
            answers += map(json.loads, made.stdout.splitlines())
    return answers


def printed(original, text, messages):
    """As psql prints it: Chinese says of some things that are skipped what it says of those that are missing."""
    word = 'NOTICE' if original.endswith(', skipping') else 'ERROR'
    return f'{messages.get(word, word)}:  {filled(text)}'


def deletes(answer):
    return any(way['risk'] == 'destructive' for way in answer['reachable'])


def differences(table, found):
    """Where the table is not the catalogue."""
    for message in table['message']:
        for language, text in message['in'].items():
            if language in found and found[language].get(message['english']) != text:
                yield f'{language}: {text!r} is {found[language].get(message["english"])!r}'
    for language, words in table['severity'].items():
        for word in ('ERROR', 'NOTICE'):
            if language in found and found[language].get(word, word) != words[word.lower()]:
                yield f'{language}: {words[word.lower()]!r} is not {word}'


def openings(languages, found):
    """Where a translation is read as a situation from which deleting is reachable, and its English is not read so."""
    every = sorted({english for language in languages for english in found[language]})
    english = dict(zip(every, diagnosed([printed(text, text, {}) for text in every])))
    for language in languages:
        messages = found[language]
        for original, answer in zip(messages, diagnosed([printed(original, text, messages) for original, text in messages.items()])):
            same = english[original]
            if (answer['situation'] in STARRED and answer['situation'] != same['situation']) or deletes(answer) and not deletes(same):
                yield f'{language}: {messages[original]!r} is {answer["situation"]}, {original!r} is {same["situation"]}'
    print(f'{len(every)} messages in {len(languages)} languages read')


def main():
    found = catalogues()
    table = tomllib.loads((ROOT / 'tests/fixtures/translations.toml').read_text())
    languages = sorted(set(table['severity']) & set(found))
    if not languages:
        sys.exit('no translated PostgreSQL is installed here')
    print('catalogues here:', ', '.join(languages), '· not here:', ', '.join(sorted(set(table['severity']) - set(found))))
    problems = [*differences(table, found), *openings(languages, found)]
    print('\n'.join(problems))
    sys.exit(f'{len(problems)} problems' if problems else None)


main()
