"""A connection to PostgreSQL with whichever driver the service has: psycopg, psycopg2, pg8000 or asyncpg.

`connect(url)` reads the URL a service has in DATABASE_URL, SQLAlchemy's spellings (`postgresql+asyncpg://...?ssl=require`) included:
user, password, server, port, database and the TLS mode; other parameters are left out. What comes back has `rows(sql)` and `close()`,
and begins no transaction by itself. `of(connection)` makes the same of a connection the service has already (any DB-API one).
"""
import asyncio
import importlib.util
import ssl
import urllib.parse

AMBIGUOUS = 'the URL cannot be read; a raw @, /, ? or # in the password is written %40, %2F, %3F, %23'
DRIVERS = ('psycopg', 'psycopg2', 'pg8000', 'asyncpg')


class Address:
    """What a URL says."""

    def __init__(self, url):
        try:
            parts = urllib.parse.urlsplit(url.strip())
            port = parts.port
        except ValueError:  # its words may repeat a piece of the password
            raise ValueError(AMBIGUOUS) from None
        if parts.scheme.partition('+')[0] not in ('postgres', 'postgresql'):
            raise ValueError('this is not a URL of PostgreSQL')
        if parts.fragment or '@' in parts.path + parts.query or parts.netloc.count('@') > 1:
            raise ValueError(AMBIGUOUS)
        more = dict(urllib.parse.parse_qsl(parts.query))
        self.user = urllib.parse.unquote(parts.username or more.get('user', ''))
        self.password = urllib.parse.unquote(parts.password) if parts.password else more.get('password')
        self.host = more.get('host') or parts.hostname or 'localhost'
        self.port = int(more['port']) if more.get('port', '').isdigit() else port or 5432
        self.database = urllib.parse.unquote(parts.path.lstrip('/')) or self.user
        self.sslmode = more.get('sslmode') or more.get('ssl') or 'prefer'

    def is_socket(self):
        return self.host.startswith('/')


def connect(url, driver=None):
    """Connects with `driver`, or with the first of DRIVERS that is installed."""
    found = driver or next((name for name in DRIVERS if importlib.util.find_spec(name)), None)
    if found is None:
        raise RuntimeError('no driver for PostgreSQL is installed: one of ' + ', '.join(DRIVERS))
    return {'psycopg': _psycopg, 'psycopg2': _psycopg2, 'pg8000': _pg8000, 'asyncpg': _Asyncpg}[found](Address(url))


def of(connection):
    """The same for a connection that is there already."""
    return connection if hasattr(connection, 'rows') else _DbApi(connection)


def _psycopg(address):
    import psycopg
    return _DbApi(psycopg.connect(autocommit=True, **_libpq(address)))


def _psycopg2(address):
    import psycopg2
    connection = psycopg2.connect(**_libpq(address))
    connection.autocommit = True
    return _DbApi(connection)


def _libpq(address):
    return {'host': address.host, 'port': address.port, 'user': address.user, 'password': address.password,
            'dbname': address.database, 'sslmode': address.sslmode, 'connect_timeout': 15}


def _pg8000(address):
    import pg8000.dbapi
    named = {'user': address.user, 'password': address.password, 'database': address.database, 'timeout': 60}
    if address.is_socket():
        named['unix_sock'] = f'{address.host}/.s.PGSQL.{address.port}'
    else:
        named.update(host=address.host, port=address.port)
    try:
        connection = pg8000.dbapi.connect(ssl_context=_tls(address), **named)
    except pg8000.dbapi.InterfaceError:
        if address.sslmode not in ('prefer', 'allow'):
            raise
        connection = pg8000.dbapi.connect(**named)
    connection.autocommit = True
    return _DbApi(connection)


def _tls(address):
    """As libpq reads the modes: `require` encrypts and looks at no certificate."""
    if address.is_socket() or address.sslmode == 'disable':
        return None
    context = ssl.create_default_context()
    if not address.sslmode.startswith('verify'):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


class _DbApi:
    def __init__(self, connection):
        self.connection = connection

    def rows(self, sql):
        """Runs one statement; what it gives, as a list of tuples."""
        cursor = self.connection.cursor()
        try:
            cursor.execute(sql)
            return [tuple(row) for row in cursor.fetchall()] if cursor.description else []
        finally:
            cursor.close()

    def close(self):
        self.connection.close()


class _Asyncpg:
    """asyncpg in an event loop of its own: for scripts, not for use inside the service's."""

    def __init__(self, address):
        import asyncpg
        self.loop = asyncio.new_event_loop()
        self.connection = self._wait(asyncpg.connect(
            host=address.host, port=address.port, user=address.user, password=address.password, database=address.database,
            ssl=None if address.is_socket() else address.sslmode, timeout=15, statement_cache_size=0))

    def _wait(self, coming):
        try:
            return self.loop.run_until_complete(coming)
        except BaseException:
            if not hasattr(self, 'connection'):
                self.loop.close()
            raise

    def rows(self, sql):
        return [tuple(row) for row in self._wait(self.connection.fetch(sql))]

    def close(self):
        self._wait(self.connection.close())
        self.loop.close()
