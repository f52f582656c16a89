"""Does what a reader does: answers, follows the plan step by step and literally, hands back what was printed, deploys, looks."""
import json
import random
import re

import program
from program import Asked
from render_shape import dress

LIMITS = {'move-aside': 16, 'option-a': 20, 'option-b': 20}
# Forms of render_shape: a time stamp before every line, two of them; and markers in bold.
FORMS = (0, 1, 2)
# What a reader sees in the log when a step begins with "only if".
SEEN = (('exists already or is missing', re.compile(r'already exists|does not exist')),)
QUOTED = re.compile(r'`([^`]+)`')
STEPS, QUESTIONS, ROUNDS, TURNS = 14, 7, 3, 60


class Stuck(Exception):
    """The page's words lead no further."""


class Walk:
    """One rescue from a failed deploy to a service that is back, or to where the reader is stuck."""

    def __init__(self, scene, answer, spoil=None):
        """`answer` gives the answer to a question's id; `spoil` changes a plan before it is followed, to see that this is found out."""
        self.scene, self.answer, self.spoil = scene, answer, spoil
        self.given, self.outputs, self.done, self.outcomes, self.printed = dict(scene.rescue.volunteered), [], [], [], []
        self.counted, self.rounds, self.differs, self.mistyped = set(), 0, [], scene.rescue.mistyped

    # ---- the rounds ----

    def go(self):
        """Follows plans until a deploy is live."""
        while True:
            self.rounds += 1
            self.follow()
            if self.scene.live or not self.scene.expected.get('recovered', True):
                return
            if self.rounds == ROUNDS or not self.deployed:
                raise Stuck(f'the plan of {self.outcomes[-1]} is at its end, and the service is not back:\n{self.scene.log}' if self.deployed else
                            f'the plan of {self.outcomes[-1]} is at its end, and nothing was deployed')
            # The reader begins again with the new log; what was found out before still holds only if it is asked again.
            self.given, self.outputs, self.done = {}, [], []

    def plan(self):
        """The plan as it is now, with every question on the way answered."""
        names = self.names()
        while True:
            try:
                said = program.plan(self.log, self.given, names, self.outputs)
                break
            except Asked as asked:
                if asked.question in self.given:
                    raise Stuck(f'asks {asked.question} again, answered {self.given[asked.question]}') from None
                try:
                    self.given[asked.question] = self.answer(asked.question)
                except KeyError:
                    raise Stuck(f'asks {asked.question}, and nobody there knows the answer') from None
        if not self.outputs and self.rounds == 1:
            self.compare(said, names)
        plan = json.loads(said)
        if self.spoil:
            plan = self.spoil(plan, names)
        self.steps_now = plan['steps']
        if plan['contradiction']:
            raise Stuck(f"contradiction: {plan['contradiction']}")
        if not self.outcomes or self.outcomes[-1] != plan['outcome']['id']:
            self.outcomes.append(plan['outcome']['id'])
        return plan

    def names(self):
        """What the reader types into the plan's fields."""
        values = {'host': '{host}', 'try_url': '{try_url}', **self.scene.rescue.values}
        return {'role': self.mistyped or self.scene.names['role'], 'database': self.scene.names['database'],
                'values': {key: self.scene.filled(value) for key, value in values.items()}}

    @property
    def steps(self):
        return len(self.counted)

    def compare(self, said, names):
        """The same log as the platform's page shows it must give the same plan, byte for byte."""
        for form in FORMS:
            wrapped = dress(self.log.splitlines(), random.Random(7), form)
            if program.plan(wrapped, self.given, names, []) != said:
                self.differs.append(f'the plan is another one when the log has the prefixes of form {form}')

    def follow(self):
        self.deployed, self.scene.live, self.log = False, False, self.scene.log
        plan = self.plan()
        for _ in range(TURNS):
            step = next((one for one in plan['steps'] if self.is_next(one)), None)
            if step is None:
                return
            self.done.append((plan['outcome']['id'], step['id'], step['text']))
            if step['conditional'] is None:
                self.counted.add((self.rounds, step['id']))
            failed = self.deployed
            names, said = self.names(), self.do(step)
            if self.scene.names['database'] != names['database']:
                # The outputs tell of another database; what they told is known by now, and answered so when it is asked again.
                self.outputs, self.given, self.answer = [], dict(self.scene.rescue.volunteered), self.scene.rescue.answers.__getitem__
            if step['reads'] and said is not None:
                path = self.scene.service.folder / f'output-{len(self.outputs)}'
                path.write_text(said)
                self.outputs.append((step['id'], path))
                plan = self.plan()
            elif self.names() != names:
                plan = self.plan()
            if self.deployed and not failed and not self.scene.live:
                return  # the new log is read
        raise Stuck(f'the plan never ends: {[one for _, one, _ in self.done[-8:]]}')

    def is_next(self, step):
        if step['phase'] == 'prevent' or self.is_done(step):
            return False
        return step['conditional'] is None or self.holds(step)

    def is_done(self, step):
        """Done in this plan, or in exactly these words in another one: a name that is another by now does not undo a step."""
        return any(one == step['id'] and (outcome == self.outcomes[-1] or text == step['text']) for outcome, one, text in self.done)

    def holds(self, step):
        """A step that is done only then: what it quotes was printed, or the one who is there knows that it is so."""
        said = f"{step['conditional']} {step['title']}"
        printed = '\n'.join(self.printed)
        return (any(word in printed for word in QUOTED.findall(said)) or any(word in said for word in self.scene.rescue.conditions)
                or any(words in said and pattern.search(self.log) for words, pattern in SEEN))

    # ---- one step ----

    def do(self, step):
        """Gives what was printed; `None` for what is done by hand."""
        self.printed.append(f"--- {step['id']} ({step['place']}, {step['kind']}): {step['title']}")
        if step['text'] is None:
            raise Stuck(f"{step['id']}: it has no text, a name is missing")
        if missing := [one for one in step['needs'] if one not in {done for _, done, _ in self.done}]:
            raise Stuck(f"{step['id']} needs {', '.join(missing)} first")
        if step['act']:
            self.by_hand(step)
        if step['kind'] == 'manual':
            if not step['act']:
                raise Stuck(f"{step['id']}: a step by hand that names no act")
            return None
        code, said = self.in_psql(step) if step['kind'] == 'sql' else self.in_shell(step)
        self.printed.append(said)
        if step['phase'] == 'check' and 'Traceback (most recent call last)' in said:
            raise Stuck(f"{step['id']}: looks at nothing: {said[-300:]}")
        if code and self.mistyped:
            self.mistyped = None  # the name is looked at again, and what was done with it is done anew
            self.done = [done for done in self.done if self.scene.rescue.mistyped not in (done[2] or '')]
            return said
        if code and not step['reads'] and not self.was_foreseen(step, said):
            raise Stuck(f"{step['id']}: ends with {code}: {said[-700:]}")
        return said

    def was_foreseen(self, step, said):
        """Whether a later step is for just what was printed."""
        later = self.steps_now[[one['id'] for one in self.steps_now].index(step['id']) + 1:]
        return any(one['conditional'] and any(word in said for word in QUOTED.findall(f"{one['conditional']} {one['title']}")) for one in later)

    def in_psql(self, step):
        """A transaction left open is ended as the plan says: `COMMIT` after a look, which the server turns into `ROLLBACK` after an error."""
        text = step['text']
        if re.match(r'\s*BEGIN;', text, re.I) and not re.search(r'^(COMMIT|ROLLBACK);', text, re.I | re.M):
            text += '\nCOMMIT;\n'
        code, said = self.scene.psql(text, step['as'] or 'app')
        return code or int(bool(re.search(r'^(psql:.*: )?ERROR:', said, re.M))), said

    def in_shell(self, step):
        if step['shell'] not in ('sh', 'bash'):
            raise Stuck(f"{step['id']}: no such shell: {step['shell']}")
        return self.scene.terminal(step['place'], step['as']).run(step['text'])

    def by_hand(self, step):
        act = step['act']
        method = getattr(self, 'act_' + act['name'].replace('-', '_'), None)
        if not method:
            raise Stuck(f"{step['id']}: no such act: {act['name']}")
        method(step, act.get('target'), act.get('value'))

    def act_look(self, step, target, value):
        pass

    def act_suspend(self, step, target, value):
        self.scene.suspended = True

    def act_resume(self, step, target, value):
        self.scene.suspended = False

    def act_deploy(self, step, target, value):
        if self.scene.suspended:
            raise Stuck(f"{step['id']}: a suspended service cannot be deployed")
        self.known('deploys', step, target, value, [])
        self.deployed = True
        self.scene.deploy()

    def act_edit(self, step, target, value):
        """A file whose text is given is written; anything else is what the developer there knows to change."""
        if value is not None and re.fullmatch(r'[\w.-]+\.\w+', target or ''):
            (self.scene.laptop / target).write_text(value)
            return
        self.known('edits', step, target, value)

    def act_set_variable(self, step, target, value):
        if step['place'] == 'dashboard':
            self.known('variables', step, target, value)
        elif self.in_shell({**step, 'shell': 'sh'})[0]:
            self.printed.append('the terminal answers with an error')

    def known(self, kind, step, target, value, otherwise=None):
        """What the person there does when told to: the first entry whose words stand in the step's id, target, value or text."""
        said = ' '.join(part for part in (step['id'], target, value, step['text']) if part)
        for entry in getattr(self.scene.rescue, kind):
            if entry['told'] in said:
                return self.scene.do(self.scene.rescue.proof if entry['do'] == 'proof' else entry['do'])
        if otherwise is None:
            raise Stuck(f"{step['id']}: told to {step['act']['name']} {target}, and nobody there knows what")
        return self.scene.do(otherwise)

    # ---- what came of it ----

    def verdict(self, outcome, most_steps=None, most_questions=None):
        """What is wrong with the way, although it led back."""
        yield from self.differs
        ends = self.outcomes[-1]
        if outcome and ends not in outcome:
            yield f'ends in {ends}, not in {" or ".join(outcome)}'
        limit = most_steps or LIMITS.get(ends, STEPS)
        if self.steps > limit:
            yield f'{self.steps} steps, more than {limit}'
        if len(self.given) > (most_questions or QUESTIONS):
            yield f'{len(self.given)} questions, more than {most_questions or QUESTIONS}'
