CREATE TABLE "acts" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"title" text NOT NULL,
	"document_number" text,
	"issuers" text[] NOT NULL,
	"published_on" date NOT NULL,
	"effective_date" date NOT NULL,
	"status" text NOT NULL,
	"status_since" date,
	"source" text NOT NULL,
	"known_from" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "acts_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"body_id" text NOT NULL,
	"session" text NOT NULL,
	"date" date NOT NULL,
	CONSTRAINT "sessions_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "acts_title" ON "acts" USING btree ("jurisdiction_id","title");--> statement-breakpoint
CREATE INDEX "sessions_meeting" ON "sessions" USING btree ("jurisdiction_id","body_id","date");--> statement-breakpoint
-- 上位法的事实只增不改，会议一行不删；两者的摘要都随所属事项记在台账里。
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['acts', 'sessions'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION dz_bind_row(''id'')', name || '_bound', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse()', name || '_no_truncate', name);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE TRIGGER acts_append_only BEFORE UPDATE OR DELETE ON acts FOR EACH ROW EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
CREATE TRIGGER sessions_no_delete BEFORE DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION dz_refuse();
