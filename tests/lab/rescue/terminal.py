"""A terminal that stays open, as a reader's does: what one command exports, the next one sees."""
import os
import re
import select
import subprocess
import time

HIDDEN = re.compile(r'\bread -rs (\w+)')


class Terminal:
    def __init__(self, folder, variables, typed):
        """`typed`: what is typed where a command asks for something by name, without showing it."""
        self.typed, self.count = typed, 0
        self.process = subprocess.Popen(['bash', '--norc', '--noprofile'], cwd=folder, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, start_new_session=True)

    def run(self, command, seconds=90):
        """Runs a command to its end: its exit code and all it printed."""
        self.count += 1
        mark = f'\x01{self.count} '
        asked = [self.typed[name] for name in HIDDEN.findall(command)]
        # As one word to eval, so that the shell has read all of it before anything in it reads what is typed.
        quoted = "'" + command.replace("'", "'\\''") + "'"
        lines = [f'eval {quoted}', *asked, f"printf '\\001%s %s\\n' {self.count} $?"]
        self.process.stdin.write(('\n'.join(lines) + '\n').encode())
        self.process.stdin.flush()
        said, end = b'', time.monotonic() + seconds
        while True:
            at = said.find(mark.encode())
            if at >= 0 and said.endswith(b'\n'):
                code = int(said[at + len(mark):].split()[0])
                return code, said[:at].decode('utf-8', 'replace')
            ready, _, _ = select.select([self.process.stdout], [], [], 0.2)
            if ready:
                part = os.read(self.process.stdout.fileno(), 65536)
                if not part:
                    return self.process.wait(), said.decode('utf-8', 'replace')
                said += part
            elif time.monotonic() > end:
                return 124, said.decode('utf-8', 'replace') + f'\nnothing more came for {seconds} s'

    def close(self):
        self.process.kill()
        self.process.wait(10)
        self.process.stdin.close()
        self.process.stdout.close()
