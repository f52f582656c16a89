"""Reads texts, a JSON object a line, and says of each how PostgreSQL's own parser (libpg_query) reads it otherwise than the model of
its edition: the first line of that edition, made with names of letters alone. Prints a line for each such text, and at last a count.

Compared are the statements (the parse tree without its strings), the statements inside DO bodies (PL/pgSQL's own parser), and every
token of both: each must be the model's, but where a name stands in the model, the given name must stand, quoted."""
import json
import re
import sys

from pglast import parser

PLACES = re.compile(r'"(?:arg_|stmt_)?(?:location|len)":-?\d+,?')
STRINGS = re.compile(r'"(sval|rolename|query)":"(?:[^"\\]|\\.)*"')
DO = re.compile(r'"DoStmt":.*?"stmt_location":(\d+),"stmt_len":(\d+)')


def ident(name):
    return '"' + name.replace('"', '""') + '"'


def literal(name):
    doubled = name.replace("'", "''")
    return "E'" + doubled.replace('\\', '\\\\') + "'" if '\\' in doubled else f"'{doubled}'"


def skeleton(tree):
    return STRINGS.sub(r'"\1":""', PLACES.sub('', tree))


def tokens(text):
    """Every token, its kind and its text; the body of a DO opened up."""
    found = []
    for start, end, kind, _ in parser.scan(text):
        words = text[start:end + 1]
        if kind == 'SCONST' and words[0] == '$':
            tag = words[:words.index('$', 1) + 1]
            found += [('OPEN', ''), *tokens(words[len(tag):-len(tag)]), ('CLOSE', '')]
        else:
            found.append((kind, words))
    return found


def trees(text):
    """The statements, and PL/pgSQL's tree of each DO."""
    tree, whole = parser.parse_sql_json(text), text.encode()
    places = [(int(start), int(length)) for start, length in DO.findall(tree)]
    return [skeleton(tree), *(skeleton(parser.parse_plpgsql_json(whole[start:start + length].decode())) for start, length in places)]


def slots(given):
    """What stands for each name, by what stands for it in a text with other names."""
    names = {'role': given['role'], 'database': given['database'],
             'broken': 'public_broken_' + given['suffix'], 'attempt': 'public_attempt_' + given['suffix']}
    return {(kind, name): form(value) for name, value in names.items() for kind, form in (('IDENT', ident), ('SCONST', literal))}


class Model:
    def __init__(self, given):
        self.sql, self.trees = given['sql'], trees(given['sql'])
        names = {text: slot for slot, text in slots(given).items()}
        bare = {given['role']: ('IDENT', 'role')} if given['edition'] == 'as-written' else {}
        self.tokens = [(token, names.get(token[1]) or bare.get(token[1])) for token in tokens(given['sql'])]

    def difference(self, given):
        if given['sql'] == self.sql:
            return None
        if trees(given['sql']) != self.trees:
            return 'other statements'
        found, wanted = tokens(given['sql']), slots(given)
        if len(found) != len(self.tokens):
            return 'more or fewer tokens'
        for token, (model, slot) in zip(found, self.tokens):
            if slot is None and token == model:
                continue
            plain = given['edition'] == 'as-written' and slot == ('IDENT', 'role') and re.fullmatch('[a-z_][a-z0-9_]*', given['role'])
            if slot is None or token[0] != model[0] or token[1] not in (wanted[slot], given['role'] if plain else wanted[slot]):
                return f'{token} where the model has {model}'
        return None


def main():
    models, count = {}, 0
    for line in sys.stdin:
        given = json.loads(line)
        if given['edition'] not in models:
            models[given['edition']] = Model(given)
            continue
        count += 1
        try:
            difference = models[given['edition']].difference(given)
        except parser.ParseError as error:
            difference = f'a syntax error: {error}'
        if difference:
            print(json.dumps({'difference': difference, **{name: given[name] for name in ('edition', 'role', 'database', 'suffix')}}))
    print(f'{count} read')


main()
