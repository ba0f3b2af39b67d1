CREATE TABLE "auth_version" (
	"id" integer PRIMARY KEY NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "auth_version_single" CHECK ("auth_version"."id" = 1)
);
--> statement-breakpoint
CREATE FUNCTION dz_auth_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO auth_version (id, n) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = auth_version.n + 1;
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['auth_users','people','person_roles','delegations','units'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH STATEMENT EXECUTE FUNCTION dz_auth_changed()', t || '_auth_changed', t);
    EXECUTE format('CREATE TRIGGER %I AFTER TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION dz_auth_changed()', t || '_auth_emptied', t);
  END LOOP;
END $$;
