"""A server that speaks the operator's language. Only the server's own words change; SQLSTATE and classes stay."""
import environments
import scenarios
from scenarios import connections, data, locks, objects, permissions, relations
from servers import Server

LANGUAGES = ('de', 'fr', 'es', 'ru', 'zh_CN', 'ja', 'pt_BR', 'it', 'ko', 'sv', 'uk')
_server = []


def speaking(language):
    """The one translated server, its language set; None where it has no such translation."""
    native, have = environments.translated_postgres()
    if not native or language not in have:
        return None
    folder, made = environments.locales(LANGUAGES)
    if language not in made:
        return None
    if not _server or not _server[0].process:
        _server[:] = [Server(native, environment={'LOCPATH': str(folder)})]
        _server[0].settings.pop('lc_messages')
        _server[0].start().ready()
        _server[0].version = _server[0].psql('SHOW server_version').stdout.split()[0]
    _server[0].psql(f"ALTER SYSTEM SET lc_messages = '{made[language]}'")
    _server[0].psql('SELECT pg_reload_conf()')
    return _server[0]


def translated(original, language):
    def run(lab):
        server = speaking(language)
        if not server:
            raise scenarios.Absent(f'no PostgreSQL here speaks {language}')
        lab.drop_database()
        lab.server = server
        lab.make_database()
        original.run(lab)
    run.__name__ = f'{original.name}_{language.lower()}'
    scenarios.scenario(original.situation, destructive=original.destructive, accept=original.accept, facts=original.facts, drivers=original.drivers,
                       majors=(15,), variants=1)(run)


ORIGINALS = (relations.create_all_before_history, relations.parent_table_lost, objects.column_made_by_hand, objects.enum_left_over,
             permissions.table_of_another_owner, data.not_null_over_nulls, connections.wrong_password, locks.lock_timeout,
             objects.public_dropped, connections.no_such_database)
for run in ORIGINALS:
    for language in LANGUAGES[:7]:
        translated(scenarios.ALL[run.__name__], language)
for run in (relations.altered_table_lost, permissions.select_refused, objects.unique_index_over_doubles):
    for language in LANGUAGES[7:]:
        translated(scenarios.ALL[run.__name__], language)
