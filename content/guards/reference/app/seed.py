"""Fills a demo with its data, and does nothing anywhere else.

    alembic upgrade head && python -m app.seed && uvicorn ...

Outside a demo it exits with 0: it stands in a chain of `&&`, where a refusal would keep the web server from starting. An error in a
demo is an error: the chain stops.
"""
import os
import sys

from app import reset_guard


def is_demo(environ=os.environ):
    """Whether APP_MODE is exactly `demo`, as for a reset."""
    name, wanted = reset_guard.REQUIRED[0]
    return reset_guard.is_exactly(environ.get(name), wanted)


def run(fill, environ=os.environ):
    """Calls `fill` in a demo. The exit code: always 0."""
    if is_demo(environ):
        fill()
    else:
        print('seed: APP_MODE is not exactly demo, so there is nothing to do')
    return 0


def fill():
    """Put the demo's rows here; running it twice should change nothing the second time."""


if __name__ == '__main__':
    sys.exit(run(fill))
