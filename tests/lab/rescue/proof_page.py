"""Writes what the page /proof tells of the rescues."""
import datetime
import json
import pathlib

import program

CONTENT = pathlib.Path(__file__).resolve().parents[3] / 'content/rescues.toml'
HEAD = """# What came of every rescue of tests/lab/rescue: services broken for real, and brought back by doing literally what the page says.
# Written by `./x lab rescue`.

"""


def text(value):
    return json.dumps(value, ensure_ascii=False)


def entry(rescue, results):
    """One rescue, over all servers and drivers it ran on; what went wrong anywhere is said."""
    true = [result for result in results if result.get('kind') == 'true']
    unsure = [result for result in results if result.get('kind') == 'unsure']
    good = [result for result in true if not result['problems']]
    lost = sorted({problem for result in true for problem in result.get('lost', [])})
    one = (good or true)[0]
    lines = ['[[rescue]]', f'id = {text(rescue.name)}', f'broken = {text(rescue.title)}', f"said = {text(program.headline(one['log']))}",
             f"outcome = {text(one['outcomes'][-1])}", f"steps = {max(result['steps'] for result in good or true)}",
             f"questions = {max(len(result['given']) for result in good or true)}", f'lost = {text(lost)}',
             f"servers = {text(sorted({result['major'] for result in good}))}",
             f"drivers = {text(sorted({result['driver'] for result in good}))}",
             f"not_sure = {text(sorted({result['outcomes'][-1] for result in unsure if not result['problems']}))}",
             f"failed = {text(sorted({str(result['major']) + ' ' + result['driver'] for result in true + unsure if result['problems']}))}"]
    return '\n'.join(lines) + '\n'


def write(results, all_rescues):
    day = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    entries = [entry(rescue, [result for result in results if result['rescue'] == rescue.name]) for rescue in all_rescues]
    CONTENT.write_text(HEAD + f'date = {text(day)}\n\n' + '\n'.join(entries))
