CREATE TABLE "office_acts" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "office_acts_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id"),
	CONSTRAINT "office_acts_kind" CHECK ("office_acts"."kind" in ('person_added','person_disabled','person_enabled','posts_changed','password_reset','unit_added','unit_changed'))
);
--> statement-breakpoint
ALTER TABLE "office_acts" ADD CONSTRAINT "office_acts_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "office_acts_at" ON "office_acts" USING btree ("jurisdiction_id","at" DESC NULLS LAST,"id");--> statement-breakpoint
-- 管理记录只增不改。
CREATE TRIGGER office_acts_append_only BEFORE UPDATE OR DELETE ON "office_acts" FOR EACH ROW EXECUTE FUNCTION dz_refuse();
--> statement-breakpoint
CREATE TRIGGER office_acts_no_truncate BEFORE TRUNCATE ON "office_acts" FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse();
