"""Reads SQL texts, a JSON string a line, and says what in them a session's search_path decides: names without their schema in
statements that may be sent alone. Prints a JSON list of such places for each.

A statement outside DO must name `pg_catalog` itself: functions, operators, types, tables. What SQL writes without a way to name a schema
(IN, BETWEEN, LIKE, IS DISTINCT FROM, NULLIF, CASE x WHEN, USING) is not allowed. A DO must begin with the setting of search_path, and
declare nothing of a type without its schema. Both by PostgreSQL's own parser (libpg_query)."""
import json
import re
import sys

from pglast import parser

BUILT_IN = 'pg_catalog'
PIN = r"PERFORM pg_catalog\.set_config\('search_path', 'pg_catalog, pg_temp', true\)[,;]"
# What names no function, operator or type, and no table that is read.
PLAIN = {'TransactionStmt', 'VariableSetStmt', 'DropStmt', 'CreateSchemaStmt', 'GrantStmt'}


def strings(names):
    return [part['String']['sval'] for part in names or []]


def is_built_in(names):
    return len(names) == 2 and names[0] == BUILT_IN


def expression(kind, node):
    names = strings(node.get('name'))
    if kind in ('AEXPR_OP', 'AEXPR_OP_ANY', 'AEXPR_OP_ALL') and is_built_in(names):
        return None
    return f'operator {" ".join(names)} ({kind})'


def sublink(node):
    wanted = ('EXISTS_SUBLINK', 'EXPR_SUBLINK', 'ARRAY_SUBLINK')
    if node['subLinkType'] in wanted or is_built_in(strings(node.get('operName'))):
        return None
    return 'IN (SELECT …)'


def inner(text):
    """SQL that a function is handed as a string."""
    return found(parser.parse_sql_json(re.sub(r'%I\.(%I|\w+)', 'pg_catalog.x', text))) if text.upper().startswith('SELECT ') else []


def look(name, node, tables):
    """What is wrong with one node, if it is of a kind that names something."""
    if name == 'FuncCall' and not is_built_in(strings(node['funcname'])):
        return f'function {".".join(strings(node["funcname"]))}'
    if name == 'A_Expr':
        return expression(node['kind'], node)
    if name in ('TypeName', 'typeName') and not is_built_in(strings(node.get('names'))):
        return f'type {".".join(strings(node.get("names")))}'
    if name == 'RangeVar' and node.get('schemaname') != BUILT_IN and node['relname'] not in tables:
        return f'table {node["relname"]}'
    if name == 'SubLink':
        return sublink(node)
    if name == 'CaseExpr' and 'arg' in node:
        return 'CASE x WHEN'
    if name == 'JoinExpr' and ('usingClause' in node or node.get('isNatural')):
        return 'JOIN … USING'
    if name == 'SortBy' and node.get('useOp'):
        return 'ORDER BY … USING'
    if name in ('RangeTableSample', 'CollateClause', 'RangeFunctionCast'):
        return name
    return None


def common_tables(tree):
    if isinstance(tree, list):
        return set().union(*map(common_tables, tree))
    if not isinstance(tree, dict):
        return set()
    own = {tree['CommonTableExpr']['ctename']} if 'CommonTableExpr' in tree else set()
    return own.union(*map(common_tables, tree.values()))


def walk(tree, tables):
    if isinstance(tree, list):
        return [place for one in tree for place in walk(one, tables)]
    if not isinstance(tree, dict):
        return []
    places = []
    for name, node in tree.items():
        wrong = look(name, node, tables) if isinstance(node, dict) else None
        places += [wrong] if wrong else []
        if name == 'A_Const' and 'sval' in node:
            places += inner(node['sval'].get('sval', ''))
        places += walk(node, tables)
    return places


def do_block(node):
    text = next(arg['DefElem']['arg']['String']['sval'] for arg in node['args'] if arg['DefElem']['defname'] == 'as')
    head, _, body = text.partition('BEGIN\n')
    places = [] if re.match(rf'\s*{PIN}', body) else ['DO does not begin with the setting of search_path']
    for line in head.split('\n'):
        if line.strip() and not re.fullmatch(r'(DECLARE )?\w+ pg_catalog\.\w+;', line):
            places.append(f'declaration {line}')
    return places


def found(json_tree):
    places = []
    for statement in json.loads(json_tree)['stmts']:
        (kind, node), = statement['stmt'].items()
        if kind == 'DoStmt':
            places += do_block(node)
        elif kind == 'SelectStmt':
            places += walk(node, common_tables(node))
        elif kind not in PLAIN:
            places.append(f'statement {kind}')
    return places


for line in sys.stdin:
    print(json.dumps(found(parser.parse_sql_json(json.loads(line)))))
