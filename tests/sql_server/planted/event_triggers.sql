-- A superuser's event triggers whose function is a stranger's: that one may replace it at any time.
CREATE FUNCTION planted.on_change() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN RAISE WARNING 'FIRED event trigger at %', tg_event; END$$;
ALTER FUNCTION planted.on_change() OWNER TO planted_stranger;
CREATE EVENT TRIGGER at_start ON ddl_command_start EXECUTE FUNCTION planted.on_change();
CREATE EVENT TRIGGER at_end ON ddl_command_end EXECUTE FUNCTION planted.on_change();
CREATE EVENT TRIGGER at_drop ON sql_drop EXECUTE FUNCTION planted.on_change();
CREATE EVENT TRIGGER switched_off ON ddl_command_end EXECUTE FUNCTION planted.on_change();
ALTER EVENT TRIGGER switched_off DISABLE;
