-- 待办依该办的人自己的日子排，别的单位迟了的不推它到最前；全部一览照旧依一件最近的日子。
DROP INDEX "turns_whose";--> statement-breakpoint
DROP INDEX "turns_asked";--> statement-breakpoint
DROP INDEX "turns_opened";--> statement-breakpoint
DROP INDEX "turns_business";--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "due_by" date GENERATED ALWAYS AS (coalesce(due_on, '9999-12-31'::date)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "turns_whose" ON "turns" USING btree ("jurisdiction_id","role","unit","process","due_by","since","matter_id","stage","not_before","next_due_on","command","business_of");--> statement-breakpoint
CREATE INDEX "turns_asked" ON "turns" USING btree ("jurisdiction_id","asked_by","process","due_by","since","matter_id","role","unit","not_before","stage","next_due_on","business_of") WHERE "turns"."asked_by" is not null;--> statement-breakpoint
CREATE INDEX "turns_opened" ON "turns" USING btree ("jurisdiction_id","opened_by","process","due_by","since","matter_id","role","unit","not_before","stage","next_due_on","business_of") WHERE "turns"."opened_by" is not null;--> statement-breakpoint
CREATE INDEX "turns_business" ON "turns" USING btree ("jurisdiction_id","business_of","process","due_by","since","matter_id","role","unit","not_before","stage","next_due_on","command");