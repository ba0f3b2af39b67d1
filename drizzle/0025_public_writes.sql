CREATE TABLE "public_writes" (
	"scope" text NOT NULL,
	"transaction" bigint NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "public_writes_scope_transaction_pk" PRIMARY KEY("scope","transaction")
);
--> statement-breakpoint
DROP INDEX "matters_list";--> statement-breakpoint
DROP INDEX "matters_stage";--> statement-breakpoint
DROP INDEX "matters_unit";--> statement-breakpoint
DROP INDEX "matters_deviating";--> statement-breakpoint
CREATE INDEX "matters_list" ON "matters" USING btree ("jurisdiction_id","process","updated_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "matters_stage" ON "matters" USING btree ("jurisdiction_id","process","stage","updated_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "matters_unit" ON "matters" USING btree ("jurisdiction_id","unit","updated_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "matters_deviating" ON "matters" USING btree ("jurisdiction_id","updated_at" DESC NULLS FIRST) WHERE ("matters"."snapshot" #>> '{context,dossier,deviations}') <> '[]' or ("matters"."snapshot" #>> '{context,dossier,classification,emergency}') like '{%';
--> statement-breakpoint
-- 公众所见每有变动，同一事务记一行：记住的答复是否还成立，看各行 n 的合计。各事务各写各的行，互不等候。
CREATE FUNCTION dz_public_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_LEVEL = 'ROW' THEN
    IF NEW.process IN ('normative-document', 'office') THEN
      RETURN NULL;
    END IF;
  END IF;
  INSERT INTO public_writes (scope, transaction, n) VALUES (TG_ARGV[0], pg_current_xact_id()::text::bigint, 1)
    ON CONFLICT (scope, transaction) DO UPDATE SET n = public_writes.n + 1;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER register_entries_public_changed AFTER INSERT OR UPDATE OR DELETE ON register_entries FOR EACH STATEMENT EXECUTE FUNCTION dz_public_changed('register');
--> statement-breakpoint
-- 文件自己的办理（草案、审核）不在公众的页面上；其余各种事项有的公开。
CREATE TRIGGER matters_public_changed AFTER INSERT OR UPDATE ON matters FOR EACH ROW EXECUTE FUNCTION dz_public_changed('public');
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['acts','cleanups','cleanup_items','evaluations','impact_checks','jurisdictions','units','rule_packs','holiday_notices','public_consultations'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH STATEMENT EXECUTE FUNCTION dz_public_changed(''public'')', t || '_public_changed', t);
  END LOOP;
END $$;
