DROP INDEX "filing_reviews_once";--> statement-breakpoint
ALTER TABLE "filing_reviews" ADD COLUMN "decided_on" date;--> statement-breakpoint
CREATE INDEX "filing_reviews_decided" ON "filing_reviews" USING btree ("jurisdiction_id","decided_on") WHERE "filing_reviews"."decided_on" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "filing_reviews_once" ON "filing_reviews" USING btree ("jurisdiction_id","document_id","track") WHERE "filing_reviews"."decided_on" is null;