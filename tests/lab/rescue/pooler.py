"""A PgBouncer before the server, as the platform's pooled URL has one."""
import shutil
import subprocess
import time

from server import PASSWORD, ROLE
from servers import free_port


class Pooler:
    def __init__(self, scene, mode):
        server = scene.cluster.server
        self.port, folder = free_port(), scene.service.folder / 'pooler'
        folder.mkdir()
        (folder / 'users').write_text(f'"{ROLE}" "{PASSWORD}"\n')
        (folder / 'pgbouncer.ini').write_text(
            f'[databases]\n{scene.database} = host=127.0.0.1 port={server.port} dbname={scene.database}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n'
            f'listen_port = {self.port}\nunix_socket_dir =\nauth_type = plain\nauth_file = {folder}/users\npool_mode = {mode}\ndefault_pool_size = 2\n'
            f'logfile = {folder}/log\n')
        for path in (folder.parent, folder, *folder.iterdir()):
            server.give(path)
        self.process = subprocess.Popen([shutil.which('pgbouncer'), '-q', folder / 'pgbouncer.ini'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, start_new_session=True, **server.identity())
        time.sleep(0.4)
        assert self.process.poll() is None, 'pgbouncer does not start'

    def remove(self):
        self.process.terminate()
        self.process.wait(10)
