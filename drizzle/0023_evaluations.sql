CREATE TABLE "evaluation_texts" (
	"jurisdiction_id" text NOT NULL,
	"matter_id" text NOT NULL,
	"n" integer NOT NULL,
	"kind" text NOT NULL,
	"part" text NOT NULL,
	"body" jsonb NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "evaluation_texts_jurisdiction_id_matter_id_n_pk" PRIMARY KEY("jurisdiction_id","matter_id","n")
);
--> statement-breakpoint
CREATE TABLE "evaluations" (
	"jurisdiction_id" text NOT NULL,
	"matter_id" text NOT NULL,
	"entry_id" text NOT NULL,
	"ground" text NOT NULL,
	"planned_on" date NOT NULL,
	"published_on" date,
	"conclusion" text,
	"pending_since" date,
	CONSTRAINT "evaluations_jurisdiction_id_matter_id_pk" PRIMARY KEY("jurisdiction_id","matter_id")
);
--> statement-breakpoint
CREATE TABLE "expiry_alerts" (
	"jurisdiction_id" text NOT NULL,
	"entry_id" text NOT NULL,
	"valid_until" date NOT NULL,
	"months" integer NOT NULL,
	"due_on" date NOT NULL,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"owner_unit" text NOT NULL,
	"owner_role" text NOT NULL,
	CONSTRAINT "expiry_alerts_jurisdiction_id_entry_id_valid_until_months_pk" PRIMARY KEY("jurisdiction_id","entry_id","valid_until","months")
);
--> statement-breakpoint
CREATE TABLE "validity_answers" (
	"jurisdiction_id" text NOT NULL,
	"entry_id" text NOT NULL,
	"valid_until" date,
	"quote" text,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "validity_answers_jurisdiction_id_entry_id_pk" PRIMARY KEY("jurisdiction_id","entry_id")
);
--> statement-breakpoint
CREATE INDEX "evaluations_entry" ON "evaluations" USING btree ("jurisdiction_id","entry_id","published_on");--> statement-breakpoint
CREATE INDEX "evaluations_published" ON "evaluations" USING btree ("published_on" DESC NULLS LAST,"matter_id");--> statement-breakpoint
CREATE INDEX "expiry_alerts_due" ON "expiry_alerts" USING btree ("jurisdiction_id","valid_until","entry_id");--> statement-breakpoint
CREATE INDEX "register_entries_valid_until" ON "register_entries" USING btree ("jurisdiction_id","valid_until") WHERE "register_entries"."valid_until" is not null;--> statement-breakpoint
CREATE INDEX "register_entries_created" ON "register_entries" USING btree ("jurisdiction_id","created_at");--> statement-breakpoint
-- 后评估一行不删，随所属事项改写；其文字、届满提醒、有效期的确认只增不改；摘要都随所属事项记在台账里。
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT * FROM (VALUES ('evaluations', 'matter_id'), ('evaluation_texts', 'matter_id,n'), ('expiry_alerts', 'entry_id,valid_until,months'), ('validity_answers', 'entry_id')) AS x(name, key) LOOP
    IF t.name = 'evaluations' THEN
      EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION dz_refuse()', t.name || '_no_delete', t.name);
    ELSE
      EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION dz_refuse()', t.name || '_append_only', t.name);
    END IF;
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse()', t.name || '_no_truncate', t.name);
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION dz_bind_row(%s)', t.name || '_bound', t.name,
      (SELECT string_agg(quote_literal(c), ', ') FROM unnest(string_to_array(t.key, ',')) c));
  END LOOP;
END $$;
--> statement-breakpoint
-- 导入的条目没有有效期的，经人确认正文所写的以后补记一次；其余照旧不得更改。
CREATE OR REPLACE FUNCTION dz_register_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before_events jsonb := OLD.force_events;
  free text[] := ARRAY['force_events', 'interpretation', 'interpretation_url']
    || CASE WHEN NEW.search_form > OLD.search_form THEN ARRAY['search', 'search_form'] ELSE ARRAY[]::text[] END
    || CASE WHEN OLD.origin = 'imported' AND OLD.valid_until IS NULL THEN ARRAY['valid_until'] ELSE ARRAY[]::text[] END;
BEGIN
  IF (to_jsonb(NEW) - free) IS DISTINCT FROM (to_jsonb(OLD) - free) THEN
    RAISE EXCEPTION '已公布的文件不得更改：%', OLD.title USING ERRCODE = 'DZ001';
  END IF;
  IF OLD.interpretation IS NOT NULL AND (NEW.interpretation IS DISTINCT FROM OLD.interpretation OR NEW.interpretation_url IS DISTINCT FROM OLD.interpretation_url) THEN
    RAISE EXCEPTION '已公布的解读不得更改：%', OLD.title USING ERRCODE = 'DZ001';
  END IF;
  IF jsonb_array_length(NEW.force_events) < jsonb_array_length(before_events)
     OR EXISTS (SELECT 1 FROM jsonb_array_elements(before_events) WITH ORDINALITY AS o(event, n) WHERE NEW.force_events -> (o.n::int - 1) IS DISTINCT FROM o.event) THEN
    RAISE EXCEPTION '效力事件只能追加：%', OLD.title USING ERRCODE = 'DZ001';
  END IF;
  RETURN NEW;
END $$;
