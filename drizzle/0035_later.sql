ALTER TABLE "matter_marks" ADD COLUMN "later_until" date;--> statement-breakpoint
ALTER TABLE "matter_marks" ADD COLUMN "later_why" text;--> statement-breakpoint
ALTER TABLE "matter_marks" ADD COLUMN "later_version" integer;--> statement-breakpoint
CREATE INDEX "matter_marks_later" ON "matter_marks" USING btree ("jurisdiction_id","person","later_until") WHERE "matter_marks"."later_until" is not null;