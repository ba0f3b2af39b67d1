CREATE TABLE "citations" (
	"jurisdiction_id" text NOT NULL,
	"source" text NOT NULL,
	"n" integer NOT NULL,
	"entry_id" text,
	"document_id" text,
	"version" integer,
	"act_key" text,
	"act_name" text,
	"document_number" text,
	"targets" text[] NOT NULL,
	"articles" text[] NOT NULL,
	"role" text NOT NULL,
	"found" text NOT NULL,
	"certainty" text NOT NULL,
	"element" text,
	"address" text NOT NULL,
	"start_at" integer NOT NULL,
	"end_at" integer NOT NULL,
	"quote" text NOT NULL,
	CONSTRAINT "citations_jurisdiction_id_source_n_pk" PRIMARY KEY("jurisdiction_id","source","n"),
	CONSTRAINT "citations_role" CHECK ("citations"."role" in ('basis','cites','amends','repeals','replaces','implements')),
	CONSTRAINT "citations_found" CHECK ("citations"."found" in ('parsed','declared','by_hand')),
	CONSTRAINT "citations_certainty" CHECK ("citations"."certainty" in ('exact','ambiguous','not_in_library','unbound'))
);
--> statement-breakpoint
CREATE TABLE "impact_checks" (
	"jurisdiction_id" text NOT NULL,
	"matter_id" text NOT NULL,
	"entry_id" text NOT NULL,
	"event_key" text NOT NULL,
	"act_key" text NOT NULL,
	"act_title" text NOT NULL,
	"event_on" date NOT NULL,
	"role" text NOT NULL,
	"opened_on" date NOT NULL,
	"outcome" text,
	"confirmed_on" date,
	CONSTRAINT "impact_checks_jurisdiction_id_matter_id_pk" PRIMARY KEY("jurisdiction_id","matter_id")
);
--> statement-breakpoint
ALTER TABLE "acts" ADD COLUMN "level" text;--> statement-breakpoint
ALTER TABLE "acts" ADD COLUMN "aliases" text[];--> statement-breakpoint
ALTER TABLE "acts" ADD COLUMN "articles" text[];--> statement-breakpoint
ALTER TABLE "acts" ADD COLUMN "commencement" jsonb;--> statement-breakpoint
ALTER TABLE "acts" ADD COLUMN "replaced_by" text;--> statement-breakpoint
ALTER TABLE "acts" ADD COLUMN "corrects" text;--> statement-breakpoint
ALTER TABLE "acts" ADD COLUMN "key" text;--> statement-breakpoint
ALTER TABLE "impact_checks" ADD CONSTRAINT "impact_checks_matter_fk" FOREIGN KEY ("jurisdiction_id","matter_id") REFERENCES "public"."matters"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "citations_act" ON "citations" USING btree ("act_key","jurisdiction_id") WHERE "citations"."entry_id" is not null;--> statement-breakpoint
CREATE INDEX "citations_number" ON "citations" USING btree ("document_number") WHERE "citations"."entry_id" is not null and "citations"."document_number" is not null;--> statement-breakpoint
CREATE INDEX "citations_entry" ON "citations" USING btree ("jurisdiction_id","entry_id") WHERE "citations"."entry_id" is not null;--> statement-breakpoint
CREATE INDEX "citations_document" ON "citations" USING btree ("jurisdiction_id","document_id") WHERE "citations"."document_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "impact_checks_once" ON "impact_checks" USING btree ("jurisdiction_id","entry_id","event_key");--> statement-breakpoint
CREATE INDEX "impact_checks_event" ON "impact_checks" USING btree ("jurisdiction_id","event_key");--> statement-breakpoint
-- 核查一行随快照改写，不删；摘要随案卷记在台账里。引用由文本算出，可以重建，不记台账。
CREATE TRIGGER impact_checks_no_delete BEFORE DELETE ON impact_checks FOR EACH ROW EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
CREATE TRIGGER impact_checks_no_truncate BEFORE TRUNCATE ON impact_checks FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
CREATE TRIGGER impact_checks_bound AFTER INSERT OR UPDATE ON impact_checks FOR EACH ROW EXECUTE FUNCTION dz_bind_row('matter_id');
