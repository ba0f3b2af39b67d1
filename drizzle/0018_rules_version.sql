CREATE TABLE "rules_version" (
	"id" integer PRIMARY KEY NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "rules_version_single" CHECK ("rules_version"."id" = 1)
);

--> statement-breakpoint
-- 规则包、放假通知每有变动，版次加一；版次与变动同一事务，看得见这一版次的，也看得见变动。
CREATE FUNCTION dz_rules_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO rules_version (id, n) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = rules_version.n + 1;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER rule_packs_rules_changed AFTER INSERT OR UPDATE OR DELETE ON rule_packs FOR EACH STATEMENT EXECUTE FUNCTION dz_rules_changed();
--> statement-breakpoint
CREATE TRIGGER holiday_notices_rules_changed AFTER INSERT OR UPDATE OR DELETE ON holiday_notices FOR EACH STATEMENT EXECUTE FUNCTION dz_rules_changed();
