-- What a stranger plants so that whoever counts or reads rows runs code: views, policies, foreign tables, and expressions that
-- PostgreSQL computes while it plans. Everybody may read all of it.
CREATE FOREIGN DATA WRAPPER planted;
CREATE SERVER planted FOREIGN DATA WRAPPER planted;
GRANT USAGE ON FOREIGN SERVER planted TO planted_stranger;
SET ROLE planted_stranger;
SET search_path = pg_catalog;
CREATE FUNCTION planted.one(text) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RAISE WARNING 'FIRED %', $1; RETURN 1; END$$;
CREATE FUNCTION planted.is_one(text, int) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RAISE WARNING 'FIRED %', $1; RETURN true; END$$;
CREATE OPERATOR planted.=? (LEFTARG = text, RIGHTARG = int, FUNCTION = planted.is_one);

-- Each stands in public under its own name, and as `alembic_version` in a schema of its own.
CREATE PROCEDURE planted.plant(what text, definition text) LANGUAGE plpgsql AS $plant$
DECLARE place text; beside text; is_here text;
BEGIN
  EXECUTE format('CREATE SCHEMA %I; GRANT USAGE ON SCHEMA %1$I TO PUBLIC', what);
  FOREACH place IN ARRAY ARRAY['public.' || quote_ident(what), quote_ident(what) || '.alembic_version'] LOOP
    beside := format('%I.%I', what, CASE WHEN place LIKE 'public.%' THEN 'of public' ELSE 'of this' END);
    is_here := format('%s: %s', what, place);
    EXECUTE replace(replace(replace(definition, '{table}', place), '{beside}', beside), '{what}', quote_literal(is_here));
    EXECUTE format('GRANT SELECT ON %s TO PUBLIC', place);
    INSERT INTO planted.all_of_it VALUES (is_here, 'any', format('SELECT pg_catalog.count(*) FROM %s', place));
  END LOOP;
END $plant$;

CALL planted.plant('view', 'CREATE VIEW {table} AS SELECT ''x''::text AS version_num WHERE planted.one({what}) = 1');
CALL planted.plant('policy', 'CREATE TABLE {table} AS SELECT ''x''::text AS version_num; ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
  CREATE POLICY planted ON {table} USING (planted.one({what}) = 1)');
CALL planted.plant('index', 'CREATE TABLE {table} (version_num text); CREATE INDEX ON {table} ((version_num || planted.one({what})))');
CALL planted.plant('partial index', 'CREATE TABLE {table} (version_num text); CREATE INDEX ON {table} (version_num) WHERE 1 = planted.one({what})');
CALL planted.plant('index with an operator', 'CREATE TABLE {table} (version_num text); CREATE INDEX ON {table} (version_num) WHERE {what} OPERATOR(planted.=?) 1');
CALL planted.plant('exclusion', 'CREATE TABLE {table} (version_num text, EXCLUDE (version_num WITH =) WHERE (1 = planted.one({what})))');
CALL planted.plant('partition key', 'CREATE TABLE {table} (version_num text) PARTITION BY LIST ((version_num || planted.one({what})));
  CREATE TABLE {beside} PARTITION OF {table} DEFAULT');
CALL planted.plant('foreign table', 'CREATE FOREIGN TABLE {table} (version_num text) SERVER planted');
CALL planted.plant('foreign partition', 'CREATE TABLE {table} (version_num text) PARTITION BY LIST (version_num);
  CREATE FOREIGN TABLE {beside} PARTITION OF {table} DEFAULT SERVER planted');
CALL planted.plant('foreign child', 'CREATE TABLE {table} (version_num text); CREATE FOREIGN TABLE {beside} () INHERITS ({table}) SERVER planted');
DO $$ BEGIN
  IF current_setting('server_version_num')::int >= 140000 THEN
    CALL planted.plant('statistics', 'CREATE TABLE {table} AS SELECT n::text AS version_num FROM generate_series(1, 100) n;
      CREATE STATISTICS {beside} ON version_num, (version_num || planted.one({what})) FROM {table}; ANALYZE {table}');
  END IF;
END $$;
RESET ALL;
RESET ROLE;
