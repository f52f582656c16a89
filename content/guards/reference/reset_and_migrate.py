from app import reset_guard
reset_guard.stop_unless_allowed()

import subprocess
import sys

import reset_db


def main():
    """Deletes everything, then builds the tables again; stops at the first error."""
    reset_db.main()
    subprocess.run([sys.executable, '-m', 'alembic', 'upgrade', 'head'], check=True)


if __name__ == '__main__':
    sys.exit(main())
