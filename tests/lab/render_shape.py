"""Wraps recorded program output in the shape of a deploy log of Render: markers, pip's own output, time stamps, retries, what the
instance before still says, and in some a planted URL whose password the label names. Every choice follows from the log's name."""
import datetime
import hashlib
import json
import random
import re
import zlib

import environments

COUNT, LINES = 80, 300
TROUBLE = '==> Common ways to troubleshoot your deploy: https://render.com/docs/troubleshooting-deploys'
SERVE = 'uvicorn app.main:app --host 0.0.0.0 --port $PORT'
PORTS = ('==> No open ports detected, continuing to scan...',
         '==> Docs on specifying a port: https://render.com/docs/web-services#port-binding')


def chosen(logs):
    """One log for each scenario, the rarest situations first, up to COUNT: (name, text, label)."""
    by_scenario = {}
    for path in sorted((logs / 'lab').glob('*.json')):
        label = json.loads(path.read_text())
        by_scenario.setdefault(label['scenario'], []).append((path.stem, path.with_suffix('.log').read_text(), label))
    of_situation = {}
    for scenario, found in sorted(by_scenario.items(), key=lambda item: zlib.crc32(item[0].encode())):
        found = found[zlib.crc32(scenario.encode()) % len(found)]
        if 'psql' not in scenario and found[2]['situation'] != 'unknown':
            of_situation.setdefault(found[2]['situation'], []).append(found)
    picked = []
    while len(picked) < COUNT and any(of_situation.values()):
        for situation in sorted(of_situation):
            if of_situation[situation] and len(picked) < COUNT:
                picked.append(of_situation[situation].pop(0))
    return picked


def pip_output(name):
    """What pip printed when the log's environment was made."""
    names = [part for part in name.split('.') if part in environments.ALEMBIC]
    lines = (environments.CACHE / f'venv-{(names or ["others"])[0]}' / 'pip.txt').read_text().splitlines()
    lines = [re.sub(r'-r \S+', '-r requirements.txt', line) for line in lines]
    return [line for line in lines if line.strip() and not line.startswith(('Looking in', '[notice]', 'WARNING'))]


def good_starts(logs):
    """Recorded starts that went well: what the deploy before printed, and what its instance goes on to print."""
    return [path.read_text().splitlines() for path in sorted((logs / 'lab').glob('migrated_and_started.*.log'))]


class Deploy:
    def __init__(self, name, dice, label):
        self.name, self.dice, self.lines, self.label = name, dice, [], label
        self.python = label['versions'].get('python', '3.11.7')
        self.commit = hashlib.sha1(name.encode()).hexdigest()
        self.repository = dice.choice(('acme/true911', 'northwind/orders-api', 'ledgerly/backend', 'fleetview/api'))
        self.build = dice.choice(('pip install -r requirements.txt', 'pip install --upgrade pip && pip install -r requirements.txt', './build.sh'))

    def say(self, *lines):
        self.lines += lines

    def built(self, start, predeploy=None):
        d = self.dice
        self.say(f'==> Cloning from https://github.com/{self.repository}', f'==> Checking out commit {self.commit} in branch {d.choice(("main", "main", "release"))}',
                 f'==> Using Python version {self.python} (default)', '==> Docs on specifying a Python version: https://render.com/docs/python-version',
                 f"==> Running build command '{self.build}'...", *pip_output(self.name), '==> Uploading build...',
                 f'==> Uploaded in {d.uniform(5, 15):.1f}s. Compression took {d.uniform(1, 4):.1f}s', '==> Build successful 🎉')
        if predeploy:
            self.say('==> Running pre-deploy command', f"==> Running '{predeploy}'")
        else:
            self.say('==> Deploying...', *(['==> Setting WEB_CONCURRENCY=1 by default, based on available CPUs in the instance'] if d.random() < .5 else []),
                     f"==> Running '{start}'")


def one(name, text, label, starts, index):
    dice = random.Random(zlib.crc32(name.encode()))
    deploy = Deploy(name, dice, label)
    command = label.get('command', 'alembic upgrade head')
    well = 'healthy' in [label['situation'], *label['accept']] and label['scenario'] != 'port_never_opened'
    healthy, serves = well, any(word in command for word in ('uvicorn', 'gunicorn', 'worker', 'make.py', 'pip '))
    start = command if serves else f'{command} && {SERVE}'
    secret, leak = None, []
    if index % 3 == 0:
        secret = hashlib.sha256(f'render/{name}'.encode()).hexdigest()[:22] + 'Zt'
        url = f'postgresql://orders_prod_user:{secret}@dpg-{deploy.commit[:20]}-a{dice.choice(("", ".oregon-postgres.render.com", ".frankfurt-postgres.render.com"))}/orders_prod'
        leak = [dice.choice(('app.config: DATABASE_URL={}', '+ export DATABASE_URL={}', 'connecting to {}', "settings: {{'database_url': '{}'}}")).format(url)]
    body = text.splitlines()
    predeploy = not serves and not healthy and index % 7 == 3
    attempts = 1 if healthy or predeploy else dice.choice((1, 2, 3))
    if len(body) > 200:
        attempts = min(attempts, 2)
    end = ['==> Pre-deploy failed'] if predeploy else ['==> Exited with status 1', TROUBLE]
    if label['scenario'] == 'port_never_opened':
        end = [PORTS[0], PORTS[0], PORTS[1], '==> Port scan timeout reached, no open ports detected. Bind your service to at least one port. '
               "If you don't need to receive traffic on any port, create a background worker instead.", '==> Timed Out', TROUBLE]
    good = dice.choice(starts)
    requests = [line for line in good if ' - "' in line]
    fill = iter(lambda: client(dice.choice(requests), dice), None)

    def before():
        # The deploy before this one, which went well, and what its instance says while this one fails.
        earlier = Deploy(name, dice, label)
        earlier.commit = hashlib.sha1(f'{name}/before'.encode()).hexdigest()
        earlier.repository, earlier.build = deploy.repository, deploy.build
        earlier.built(f'alembic upgrade head && python -m app.seed && {SERVE}')
        opened = next(at for at, line in enumerate(good) if ' - "' in line)
        earlier.say(*good[:opened], '==> Your service is live 🎉')
        return earlier.lines

    deploy.built(start, command if predeploy else None)
    built = len(deploy.lines)
    for number in range(attempts):
        if number:
            deploy.say(f"==> Running '{start}'")
        early = len(body) > 12 and attempts > 1 and dice.random() < .4 and not healthy
        if early:
            deploy.say('==> Exited with status 1')
        asked = next((at for at, line in enumerate(body) if ' - "' in line), len(body))
        if healthy:
            deploy.say(*leak, *body[:asked], '==> Your service is live 🎉', *(line for line in body[asked:] if ' - "' in line))
        else:
            deploy.say(*leak, *body)
            deploy.say(*(end[1:] if early else end))
    head = before() if len(deploy.lines) < LINES else []
    missing = LINES - len(head) - len(deploy.lines)
    # The instance before goes on serving: its lines stand before the failure, between its attempts and after it.
    said = [next(fill) for _ in range(max(missing + dice.randrange(5, 60), 0 if len(deploy.lines) > LINES else 12))]
    cut = len(said) * 2 // 3
    lines = head + said[:cut] + deploy.lines[:built] + deploy.lines[built:] + ([] if healthy else said[cut:])
    while len(lines) < LINES:
        lines.insert(len(head), next(fill))
    return dress(lines, dice, index), secret


def client(line, dice):
    """The same request from another port."""
    return re.sub(r':[0-9]+ - "', f':{dice.randrange(32768, 60999)} - "', line)


def dress(lines, dice, index):
    """Time stamps in one of the forms Render's log comes in, or bold markers and none."""
    clock = datetime.datetime(2026, 11, 3, 6, 12, 40, tzinfo=datetime.timezone.utc) + datetime.timedelta(hours=dice.randrange(400), seconds=dice.randrange(3000))
    form, out = index % 4, []
    for line in lines:
        clock += datetime.timedelta(milliseconds=dice.choice((3, 8, 15, 40, 120, 600)) if not line.startswith('==>') else dice.randrange(200, 3000))
        if form == 0:
            out.append(clock.strftime('%Y-%m-%dT%H:%M:%S.%f') + f'{dice.randrange(1000):03}Z {line}')
        elif form == 1:
            out.append(f'{clock.strftime("%b %d %I:%M:%S %p")}  {line}')
        elif form == 2:
            line = f'\x1b[1m{line}\x1b[0m' if line.startswith('==>') else re.sub(r'^(INFO|WARNI|ERROR)( +\[)', '\x1b[32m\\1\x1b[0m\\2', line)
            out.append(line)
        else:
            out.append(line)
    return '\n'.join(out) + '\n'


def make(logs):
    into, starts = logs / 'lab-render', good_starts(logs)
    into.mkdir(exist_ok=True)
    for old in into.glob('*'):
        old.unlink()
    for index, (name, text, label) in enumerate(chosen(logs)):
        dressed, secret = one(name, text, label, starts, index)
        kept = {key: value for key, value in label.items() if key not in ('secret', 'versions', 'command', 'scenario', 'accept', 'situation', 'destructive')}
        made = {key: label[key] for key in ('situation', 'accept', 'destructive', 'scenario')}
        if label['scenario'] == 'port_never_opened':
            made['accept'] = []  # Render's own lines say it here
        made |= {'from': name, 'versions': label['versions'], 'secret': secret or label.get('secret'), **kept}
        (into / f'{name}.log').write_text(dressed)
        (into / f'{name}.json').write_text(json.dumps(made, indent=1, ensure_ascii=False) + '\n')
    counts = [path.read_text().count('\n') for path in into.glob('*.log')]
    print(f'{len(counts)} deploy logs, {sum(count >= LINES for count in counts)} of {LINES} lines or more')
