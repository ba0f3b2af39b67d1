CREATE TABLE "filing_reviews" (
	"jurisdiction_id" text NOT NULL,
	"matter_id" text NOT NULL,
	"entry_id" text NOT NULL,
	"document_id" text NOT NULL,
	"track" text NOT NULL,
	"recipient" text NOT NULL,
	"opened_on" date NOT NULL,
	"filed_on" date,
	"registered_on" date,
	"number" text,
	"closed_on" date,
	"outcome" text,
	CONSTRAINT "filing_reviews_jurisdiction_id_matter_id_pk" PRIMARY KEY("jurisdiction_id","matter_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "filing_reviews_once" ON "filing_reviews" USING btree ("jurisdiction_id","document_id","track");--> statement-breakpoint
CREATE INDEX "filing_reviews_recipient" ON "filing_reviews" USING btree ("jurisdiction_id","recipient","opened_on");
--> statement-breakpoint
ALTER TABLE "filing_reviews" ADD CONSTRAINT "filing_reviews_matter_fk" FOREIGN KEY ("jurisdiction_id","matter_id") REFERENCES "public"."matters"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- 一件备案一行，随快照改写，不删；摘要随备案记在台账里。
CREATE TRIGGER filing_reviews_no_delete BEFORE DELETE ON filing_reviews FOR EACH ROW EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
CREATE TRIGGER filing_reviews_no_truncate BEFORE TRUNCATE ON filing_reviews FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
CREATE TRIGGER filing_reviews_bound AFTER INSERT OR UPDATE ON filing_reviews FOR EACH ROW EXECUTE FUNCTION dz_bind_row('matter_id');
