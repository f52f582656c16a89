"""Cuts SQL texts into their statements, as PostgreSQL's own parser (libpg_query) does: for each line, a JSON string, a JSON list."""
import json
import sys

from pglast import parser

for line in sys.stdin:
    print(json.dumps(parser.split(json.loads(line))))
