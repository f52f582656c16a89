-- What a stranger plants so that a name without its schema means something else: a twin of every built-in function, operator, table
-- and type, in schemas that a manipulated search_path names first, and in `public` better matches for calls that PostgreSQL would
-- convert. Each says FIRED when it is called, and then does what its model does, so that whoever calls it goes on. Types are apart:
-- an expression of other types than expected would fail before it calls anything.
SET ROLE planted_stranger;
CREATE SCHEMA planted;
CREATE SCHEMA planted_types;
GRANT USAGE ON SCHEMA planted, planted_types TO PUBLIC;
-- What was planted, which path finds it, and how it is called plainly.
CREATE TABLE planted.all_of_it (what text PRIMARY KEY, path text, call text);
CREATE FUNCTION planted.fired(text) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RAISE WARNING 'FIRED %', $1; RETURN true; END$$;
CREATE TYPE planted.mood AS ENUM ('fine');
SET search_path = pg_catalog;

-- A type that plpgsql can take, and a NULL of it; what is polymorphic stands for one it can be.
CREATE FUNCTION planted.is_plain(oid) RETURNS bool LANGUAGE sql AS $$
  SELECT typnamespace = 'pg_catalog'::regnamespace AND (typtype <> 'p' OR typname LIKE 'any_%' OR typname = 'record') FROM pg_type WHERE oid = $1 $$;
CREATE FUNCTION planted.example(oid) RETURNS text LANGUAGE sql AS $$
  SELECT CASE WHEN typname ~ '^any.*multirange$' THEN 'NULL::pg_catalog.int4multirange' WHEN typname ~ '^any.*range$' THEN 'NULL::pg_catalog.int4range'
    WHEN typname = 'anyenum' THEN 'NULL::planted.mood' WHEN typname ~ '^any.*array$' AND typname !~ 'nonarray' THEN 'NULL::pg_catalog.int4[]'
    WHEN typname LIKE 'any_%' THEN 'NULL::pg_catalog.int4' WHEN typname = 'record' THEN '(SELECT ROW(1, 2))'
    WHEN typelem <> 0 AND typlen = -1 AND typname LIKE '\_%' THEN format('NULL::pg_catalog.%I[]', (SELECT e.typname FROM pg_type e WHERE e.oid = t.typelem))
    ELSE format('NULL::pg_catalog.%I', typname) END
  FROM pg_type t WHERE oid = $1 $$;
CREATE FUNCTION planted.examples(oid[]) RETURNS text LANGUAGE sql AS $$
  SELECT coalesce(string_agg(planted.example(type), ', ' ORDER BY place), '') FROM unnest($1) WITH ORDINALITY AS all_of(type, place) $$;

-- Twins of functions.
DO $plant$
DECLARE f record; what text; body text;
BEGIN
  FOR f IN SELECT p.*, ARRAY(SELECT unnest(proargtypes::oid[])) AS types, 'o' = ANY (proargmodes) OR 't' = ANY (proargmodes) AS gives_columns, pg_get_function_result(p.oid) AS gives,
      (SELECT string_agg(CASE coalesce(mode, 'i') WHEN 'i' THEN '' WHEN 'v' THEN 'VARIADIC ' ELSE 'OUT ' || quote_ident(name) || ' ' END || format_type(type, NULL), ', ' ORDER BY n)
        FROM unnest(coalesce(proallargtypes, proargtypes::oid[]), proargmodes, proargnames) WITH ORDINALITY AS a(type, mode, name, n)) AS takes,
      (SELECT string_agg('$' || n, ', ' ORDER BY n) FROM generate_series(1, pronargs) n) AS arguments
    FROM pg_proc p WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f' AND provariadic <> '"any"'::regtype AND NOT coalesce('b' = ANY (proargmodes), false)
      AND NOT EXISTS (SELECT 1 FROM unnest(coalesce(proallargtypes, proargtypes::oid[])) t WHERE NOT planted.is_plain(t))
      AND (planted.is_plain(prorettype) OR prorettype = 'void'::regtype) AND NOT (prorettype = 'record'::regtype AND proallargtypes IS NULL) LOOP
    what := format('twin of function %s(%s)', f.proname, oidvectortypes(f.proargtypes));
    body := CASE WHEN f.proretset OR f.gives_columns OR f.prorettype = 'void'::regtype THEN '' WHEN f.provolatile = 'v' THEN 'NULL'
      ELSE format('pg_catalog.%I(%s)', f.proname, CASE WHEN f.provariadic = 0 THEN f.arguments ELSE regexp_replace(f.arguments, '(\$\d+)$', 'VARIADIC \1') END) END;
    EXECUTE format('CREATE FUNCTION planted.%I(%s) %s %s LANGUAGE plpgsql AS %L', f.proname, f.takes, CASE WHEN f.gives_columns AND NOT f.proretset THEN '' ELSE 'RETURNS ' || regexp_replace(f.gives, 'TABLE\(.*', 'SETOF record') END,
      CASE f.provolatile WHEN 'v' THEN 'VOLATILE' WHEN 's' THEN 'STABLE' ELSE 'IMMUTABLE' END,
      format('BEGIN RAISE WARNING USING MESSAGE = %L; RETURN %s; END', 'FIRED ' || what, body));
    INSERT INTO planted.all_of_it VALUES (what, 'planted', format('SELECT %I(%s)', f.proname,
      CASE WHEN f.provariadic = 0 THEN planted.examples(f.types) ELSE regexp_replace(planted.examples(f.types), '([^,]+)$', 'VARIADIC \1') END));
  END LOOP;
END $plant$;

-- Twins of aggregates, each with a step and an end of its own.
DO $plant$
DECLARE f record; what text;
BEGIN
  FOR f IN SELECT p.oid, p.proname, proargtypes, ARRAY(SELECT unnest(proargtypes::oid[])) AS types, format_type(prorettype, NULL) AS gives
    FROM pg_proc p WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'a' AND provariadic = 0 AND proallargtypes IS NULL
      AND NOT EXISTS (SELECT 1 FROM pg_aggregate WHERE aggfnoid = p.oid AND aggkind <> 'n') AND prorettype <> 'internal'::regtype
      AND NOT EXISTS (SELECT 1 FROM unnest(proargtypes::oid[]) t WHERE NOT planted.is_plain(t)) LOOP
    what := format('twin of aggregate %s(%s)', f.proname, oidvectortypes(f.proargtypes));
    CONTINUE WHEN f.gives LIKE 'any%' OR f.gives = 'record';
    EXECUTE format('CREATE FUNCTION planted.%I(%s) RETURNS %s LANGUAGE plpgsql AS %L', 'step of ' || f.proname,
      concat_ws(', ', f.gives, (SELECT string_agg(format_type(t, NULL), ', ' ORDER BY n) FROM unnest(f.types) WITH ORDINALITY AS all_of(t, n))), f.gives, 'BEGIN RETURN $1; END');
    EXECUTE format('CREATE FUNCTION planted.%I(%s) RETURNS %s LANGUAGE plpgsql AS %L', 'end of aggregate ' || f.oid, f.gives, f.gives,
      format('BEGIN RAISE WARNING USING MESSAGE = %L; RETURN $1; END', 'FIRED ' || what));
    EXECUTE format('CREATE AGGREGATE planted.%I(%s) (SFUNC = planted.%I, STYPE = %s, FINALFUNC = planted.%I)', f.proname,
      CASE WHEN f.types = '{}' THEN '*' ELSE (SELECT string_agg(format_type(t, NULL), ', ' ORDER BY n) FROM unnest(f.types) WITH ORDINALITY AS all_of(t, n)) END,
      'step of ' || f.proname, f.gives, 'end of aggregate ' || f.oid);
    INSERT INTO planted.all_of_it VALUES (what, 'planted', format('SELECT %I(%s)', f.proname, CASE WHEN f.types = '{}' THEN '*' ELSE planted.examples(f.types) END));
  END LOOP;
END $plant$;

-- Twins of operators.
DO $plant$
DECLARE o record; what text; does text;
BEGIN
  FOR o IN SELECT p.oid, oprname, oprleft, oprright, format_type(nullif(oprleft, 0), NULL) AS l, format_type(oprright, NULL) AS r, format_type(oprresult, NULL) AS gives
    FROM pg_operator p WHERE oprnamespace = 'pg_catalog'::regnamespace AND oprkind <> 'r'
      AND (oprleft = 0 OR planted.is_plain(oprleft)) AND planted.is_plain(oprright) AND planted.is_plain(oprresult) LOOP
    what := format('twin of operator %s(%s, %s)', o.oprname, coalesce(o.l, 'none'), o.r);
    does := 'operator ' || o.oid;
    EXECUTE format('CREATE FUNCTION planted.%I(%s) RETURNS %s IMMUTABLE LANGUAGE plpgsql AS %L', does, concat_ws(', ', o.l, o.r), o.gives,
      format('BEGIN RAISE WARNING USING MESSAGE = %L; RETURN %s; END', 'FIRED ' || what,
        CASE WHEN o.l IS NULL THEN format('OPERATOR(pg_catalog.%s) $1', o.oprname) ELSE format('$1 OPERATOR(pg_catalog.%s) $2', o.oprname) END));
    EXECUTE format('CREATE OPERATOR planted.%s (%s RIGHTARG = %s, FUNCTION = planted.%I)', o.oprname, 'LEFTARG = ' || o.l || ',', o.r, does);
    INSERT INTO planted.all_of_it VALUES (what, 'planted', format('SELECT %s %s %s', CASE WHEN o.l IS NULL THEN '' ELSE planted.example(o.oprleft) END, o.oprname, planted.example(o.oprright)));
  END LOOP;
END $plant$;

-- Twins of types: domains whose check is the stranger's. `regclass` is an enumeration with casts instead.
DO $plant$
DECLARE t record; what text;
BEGIN
  FOR t IN SELECT typname, CASE WHEN typtype = 'p' THEN 'text' ELSE typname END AS model FROM pg_type
    WHERE typnamespace = 'pg_catalog'::regnamespace AND typname <> 'regclass'
      AND (typtype = 'r' OR (typtype = 'b' AND typcategory <> 'A') OR typname IN ('record', 'void', 'any', 'cstring')) LOOP
    what := 'twin of type ' || t.typname;
    EXECUTE format('CREATE DOMAIN planted_types.%I AS pg_catalog.%I CHECK (planted.fired(%L))', t.typname, t.model, what);
    INSERT INTO planted.all_of_it VALUES (what, 'planted_types', format('SELECT NULL::%I', t.typname));
  END LOOP;
END $plant$;

CREATE TYPE planted_types.regclass AS ENUM ('pg_namespace', 'pg_class', 'pg_proc', 'pg_type', 'pg_depend', 'pg_extension', 'pg_operator');
CREATE FUNCTION planted_types.cast_out(planted_types.regclass) RETURNS oid LANGUAGE plpgsql AS $$BEGIN RAISE WARNING 'FIRED cast of regclass to oid'; RETURN ('pg_catalog.' || $1)::regclass; END$$;
CREATE FUNCTION planted_types.cast_in(oid) RETURNS planted_types.regclass LANGUAGE plpgsql AS $$BEGIN RAISE WARNING 'FIRED cast of oid to regclass'; RETURN NULL; END$$;
CREATE CAST (planted_types.regclass AS oid) WITH FUNCTION planted_types.cast_out(planted_types.regclass) AS IMPLICIT;
CREATE CAST (oid AS planted_types.regclass) WITH FUNCTION planted_types.cast_in(oid) AS IMPLICIT;
INSERT INTO planted.all_of_it VALUES ('cast of regclass to oid', 'planted_types', 'SELECT ''pg_class''::regclass::pg_catalog.oid'),
  ('cast of oid to regclass', 'planted_types', 'SELECT 1::pg_catalog.oid::regclass');

-- Twins of the catalogue's tables and views.
DO $plant$
DECLARE c record; what text;
BEGIN
  FOR c IN SELECT relname FROM pg_class AS t WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind IN ('r', 'v') AND has_table_privilege('public', oid, 'SELECT')
      AND NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = t.oid AND attnum > 0 AND atttypid = 'anyarray'::regtype) LOOP
    what := 'twin of table ' || c.relname;
    EXECUTE format('CREATE VIEW planted.%I AS SELECT * FROM pg_catalog.%I WHERE planted.fired(%L)', c.relname, c.relname, what);
    EXECUTE format('GRANT SELECT ON planted.%I TO PUBLIC', c.relname);
    INSERT INTO planted.all_of_it VALUES (what, 'planted', format('SELECT 1 FROM %I LIMIT 0', c.relname));
  END LOOP;
END $plant$;

-- Better matches: functions that take a `name` where the built-in one takes a text, and the first values of those that take anything.
DO $plant$
DECLARE f record; what text; takes text;
BEGIN
  FOR f IN WITH
      texts AS (SELECT oid, proname, prorettype, ARRAY(SELECT unnest(proargtypes::oid[])) AS types, place FROM pg_proc, unnest(proargtypes::oid[]) WITH ORDINALITY AS a(type, place)
        WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f' AND provariadic = 0 AND NOT proretset AND proallargtypes IS NULL AND type = 'text'::regtype AND pronargs <= 3),
      named AS (SELECT DISTINCT ON (proname, types[:place - 1] || 'name'::regtype::oid || types[place + 1:]) proname, prorettype, types[:place - 1] || 'name'::regtype::oid || types[place + 1:] AS types FROM texts),
      anything AS (SELECT 'text'::regtype AS prorettype, proname::name, ARRAY['text'::regtype, a, b]::oid[] AS types FROM unnest(ARRAY['format', 'concat', 'concat_ws']) proname,
        unnest(ARRAY['name', 'oid', 'regclass', 'regprocedure', 'regtype']::regtype[]) a, unnest(ARRAY[NULL, 'name', 'text', 'regclass']::regtype[]) b)
    SELECT proname, prorettype, types FROM named WHERE planted.is_plain(prorettype) AND NOT EXISTS (SELECT 1 FROM unnest(types) t WHERE NOT planted.is_plain(t))
      AND NOT EXISTS (SELECT 1 FROM pg_proc p WHERE p.proname = named.proname AND p.pronamespace = 'pg_catalog'::regnamespace AND ARRAY(SELECT unnest(p.proargtypes::oid[])) = named.types)
    UNION ALL SELECT proname, prorettype, array_remove(types, NULL) FROM anything LOOP
    takes := (SELECT string_agg(format_type(t, NULL), ', ' ORDER BY n) FROM unnest(f.types) WITH ORDINALITY AS a(t, n));
    CONTINUE WHEN format_type(f.prorettype, NULL) LIKE 'any%' AND takes NOT LIKE '%any%';
    what := format('better match for function %s(%s)', f.proname, takes);
    EXECUTE format('CREATE FUNCTION public.%I(%s) RETURNS %s IMMUTABLE LANGUAGE plpgsql AS %L', f.proname, takes, format_type(f.prorettype, NULL),
      format('BEGIN RAISE WARNING USING MESSAGE = %L; RETURN NULL; END', 'FIRED ' || what));
    INSERT INTO planted.all_of_it VALUES (what, 'public', format('SELECT %I(%s)', f.proname, planted.examples(f.types)));
  END LOOP;
END $plant$;

-- Better matches for operators between any two of the types that catalogues have.
DO $plant$
DECLARE o record; what text; does text; types CONSTANT regtype[] := ARRAY['oid', 'regclass', 'regnamespace', 'regrole', 'name', 'text', '"char"', 'int4', 'int8', 'bool'];
BEGIN
  FOR o IN SELECT op, a, b FROM unnest(ARRAY['=', '<>', '<', '>', '||', '~', '!~']) op, unnest(types) a, unnest(types) b
    WHERE NOT EXISTS (SELECT 1 FROM pg_operator WHERE oprnamespace = 'pg_catalog'::regnamespace AND oprname = op AND oprleft = a AND oprright = b) LOOP
    what := format('better match for operator %s(%s, %s)', o.op, o.a, o.b);
    does := format('operator %s(%s, %s)', o.op, o.a, o.b);
    EXECUTE format('CREATE FUNCTION public.%I(%s, %s) RETURNS %s IMMUTABLE LANGUAGE plpgsql AS %L', does, o.a, o.b, CASE o.op WHEN '||' THEN 'text' ELSE 'bool' END,
      format('BEGIN RAISE WARNING USING MESSAGE = %L; RETURN $1::pg_catalog.text OPERATOR(pg_catalog.%s) $2::pg_catalog.text; END', 'FIRED ' || what, o.op));
    EXECUTE format('CREATE OPERATOR public.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = public.%I)', o.op, o.a, o.b, does);
    INSERT INTO planted.all_of_it VALUES (what, 'public', format('SELECT %s %s %s', planted.example(o.a), o.op, planted.example(o.b)));
  END LOOP;
END $plant$;
GRANT SELECT ON planted.all_of_it TO PUBLIC;
RESET ALL;
RESET ROLE;
