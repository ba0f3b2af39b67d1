CREATE TABLE "cleanup_items" (
	"jurisdiction_id" text NOT NULL,
	"matter_id" text NOT NULL,
	"n" integer NOT NULL,
	"entry_id" text,
	"document_id" text,
	"title" text NOT NULL,
	"number" text,
	"issuers" text[] NOT NULL,
	"unit" text,
	"unit_name" text,
	"published_on" date,
	"effective_date" date,
	"valid_until" date,
	"status" text NOT NULL,
	"status_on" date,
	"origin" text NOT NULL,
	"included" text NOT NULL,
	"text_hash" text,
	"after_decision" boolean NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cleanup_items_jurisdiction_id_matter_id_n_pk" PRIMARY KEY("jurisdiction_id","matter_id","n")
);
--> statement-breakpoint
CREATE TABLE "cleanup_notes" (
	"jurisdiction_id" text NOT NULL,
	"matter_id" text NOT NULL,
	"seq" integer NOT NULL,
	"n" integer,
	"kind" text NOT NULL,
	"body" jsonb NOT NULL,
	"by" text,
	"unit" text,
	"at" timestamp (3) with time zone NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "cleanup_notes_jurisdiction_id_matter_id_seq_pk" PRIMARY KEY("jurisdiction_id","matter_id","seq")
);
--> statement-breakpoint
CREATE TABLE "cleanups" (
	"jurisdiction_id" text NOT NULL,
	"matter_id" text NOT NULL,
	"kind" text NOT NULL,
	"issuers" text[] NOT NULL,
	"published_until" date NOT NULL,
	"frozen_on" date,
	"notice_until" date,
	"decided_on" date,
	"published_on" date,
	CONSTRAINT "cleanups_jurisdiction_id_matter_id_pk" PRIMARY KEY("jurisdiction_id","matter_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "cleanup_items_entry" ON "cleanup_items" USING btree ("jurisdiction_id","matter_id","entry_id") WHERE "cleanup_items"."entry_id" is not null;--> statement-breakpoint
CREATE INDEX "cleanup_items_of_entry" ON "cleanup_items" USING btree ("jurisdiction_id","entry_id");--> statement-breakpoint
CREATE INDEX "cleanup_notes_latest" ON "cleanup_notes" USING btree ("jurisdiction_id","matter_id","n","kind","seq");--> statement-breakpoint
CREATE INDEX "cleanups_published" ON "cleanups" USING btree ("jurisdiction_id","published_on");
--> statement-breakpoint
-- 普查目录与逐件的意见只增不改；一批的摘要由办理命令的程序写入案卷的台账（逐行记太多），核验另算一遍。
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['cleanup_items', 'cleanup_notes'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION dz_refuse()', name || '_append_only', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['cleanup_items', 'cleanup_notes', 'cleanups'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse()', name || '_no_truncate', name);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE TRIGGER cleanups_no_delete BEFORE DELETE ON cleanups FOR EACH ROW EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
CREATE TRIGGER cleanups_bound AFTER INSERT OR UPDATE ON cleanups FOR EACH ROW EXECUTE FUNCTION dz_bind_row('matter_id');
