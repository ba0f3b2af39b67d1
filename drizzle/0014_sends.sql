CREATE TABLE "sends" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"from_document" text NOT NULL,
	"to_document" text NOT NULL,
	"command" jsonb NOT NULL,
	"via" text[] NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"outcome" text,
	"detail" text,
	CONSTRAINT "sends_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id"),
	CONSTRAINT "sends_outcome" CHECK (("sends"."settled_at" is null) = ("sends"."outcome" is null) and "sends"."outcome" in ('accepted','refused'))
);
--> statement-breakpoint
CREATE INDEX "sends_pending" ON "sends" USING btree ("at","id") WHERE "sends"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "register_entries_changed" ON "register_entries" USING btree ("jurisdiction_id") WHERE "register_entries"."force_events" <> '[]'::jsonb;
--> statement-breakpoint
-- 发件箱：发出的命令不得更改；结果只记一次。
CREATE FUNCTION dz_sends_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(NEW) - 'settled_at' - 'outcome' - 'detail') IS DISTINCT FROM (to_jsonb(OLD) - 'settled_at' - 'outcome' - 'detail') OR OLD.settled_at IS NOT NULL THEN
    RAISE EXCEPTION '发往另一件案卷的命令不得更改，结果只记一次：%', OLD.id USING ERRCODE = 'DZ001';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER sends_guard BEFORE UPDATE ON sends FOR EACH ROW EXECUTE FUNCTION dz_sends_guard();
--> statement-breakpoint
CREATE TRIGGER sends_no_delete BEFORE DELETE ON sends FOR EACH ROW EXECUTE FUNCTION dz_refuse();
--> statement-breakpoint
CREATE TRIGGER sends_no_truncate BEFORE TRUNCATE ON sends FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse();
