"""Which rows a database holds, and whether those that should be kept are there afterwards."""
import hashlib
import json

TABLES = ('claims', 'couriers', 'customers', 'depots', 'invoices', 'parcels', 'payments', 'scans')
COLUMNS = """SELECT json_object_agg(t.name, t.found) FROM (
  SELECT c.relname AS name, json_build_object('schema', n.nspname, 'columns', (
    SELECT json_agg(a.attname ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)) AS found
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') {visible}) t"""


def rows(cluster, database, visible=False, wanted=None, ignore=(), schema=None):
    """`{table: {columns, rows: {id: digest}}}` of every table of the service, wherever it stands, or only where the service sees it.

    `wanted` is an earlier answer whose columns are looked at again; `ignore` names what a rescue changes on purpose (`table.column`, or a table)."""
    search = cluster.admin(f"SELECT coalesce((SELECT split_part(s, '=', 2) FROM pg_db_role_setting, unnest(setconfig) s WHERE s LIKE 'search_path=%' "
                           f"AND setdatabase = (SELECT oid FROM pg_database WHERE datname = '{database}') LIMIT 1), 'public')")
    search = schema or search
    before = f'SET search_path = {search};'
    found = json.loads(cluster.admin(before + COLUMNS.format(visible='AND pg_table_is_visible(c.oid)' if visible else ''), database) or '{}') or {}
    state, queries = {}, []
    for table in TABLES:
        if table not in found or table in ignore:
            continue
        columns = [c for c in (wanted[table]['columns'] if wanted and table in wanted else found[table]['columns']) if c in found[table]['columns']]
        columns = [c for c in columns if f'{table}.{c}' not in ignore]
        listed = ', '.join(f'"{c}"' for c in columns)
        queries.append(f"SELECT '{table}', id, md5(ROW({listed})::text) FROM \"{found[table]['schema']}\".\"{table}\"")
        state[table] = {'columns': columns, 'rows': {}}
    for line in cluster.admin(';\n'.join(queries), database).split('\n'):
        if line:
            table, key, digest = line.split('|')
            state[table]['rows'][key] = digest
    return state


def lost(before, after):
    """What of `before` is not in `after`, in words; nothing when every row and every column of it is there."""
    problems = []
    for table, was in before.items():
        now = after.get(table)
        if now is None:
            if was['rows']:
                problems.append(f'{table}: the table is gone, with {len(was["rows"])} rows')
            continue
        gone = [c for c in was['columns'] if c not in now['columns']]
        if gone:
            problems.append(f'{table}: columns gone: {", ".join(gone)}')
        missing = sum(key not in now['rows'] for key in was['rows'])
        changed = sum(key in now['rows'] and now['rows'][key] != digest for key, digest in was['rows'].items()) if not gone else 0
        if missing or changed:
            problems.append(f'{table}: {missing} rows gone, {changed} changed')
    return problems


def counts(state):
    return {table: [len(was['rows']), hashlib.sha256(json.dumps(sorted(was['rows'].items())).encode()).hexdigest()[:12]] for table, was in state.items()}
