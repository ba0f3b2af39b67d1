-- 桌面的清单与件数只读索引：所问的栏都在里面，不再取行（决定 056）。案卷一行带着快照，为“能不能看”不必读它。
DROP INDEX "turns_whose";--> statement-breakpoint
DROP INDEX "turns_asked";--> statement-breakpoint
DROP INDEX "turns_opened";--> statement-breakpoint
DROP INDEX "turns_business";--> statement-breakpoint
DROP INDEX "turns_pressing";--> statement-breakpoint
DROP INDEX "turns_since";--> statement-breakpoint
CREATE INDEX "matters_seen" ON "matters" USING btree ("jurisdiction_id","process","stage","next_due_on","id","unit","involved_units","concerned_roles") WHERE (cardinality("involved_units") + cardinality("concerned_roles")) <= 24;--> statement-breakpoint
CREATE INDEX "matters_seen_wide" ON "matters" USING btree ("jurisdiction_id","process") WHERE not ((cardinality("involved_units") + cardinality("concerned_roles")) <= 24);--> statement-breakpoint
CREATE INDEX "turns_whose" ON "turns" USING btree ("jurisdiction_id","role","unit","process","presses_on","since","matter_id","stage","not_before","next_due_on","command","business_of");--> statement-breakpoint
CREATE INDEX "turns_asked" ON "turns" USING btree ("jurisdiction_id","asked_by","process","presses_on","since","matter_id","role","unit","not_before","stage","next_due_on","business_of") WHERE "turns"."asked_by" is not null;--> statement-breakpoint
CREATE INDEX "turns_opened" ON "turns" USING btree ("jurisdiction_id","opened_by","process","presses_on","since","matter_id","role","unit","not_before","stage","next_due_on","business_of") WHERE "turns"."opened_by" is not null;--> statement-breakpoint
CREATE INDEX "turns_business" ON "turns" USING btree ("jurisdiction_id","business_of","process","presses_on","since","matter_id","role","unit","not_before","stage","next_due_on","command");--> statement-breakpoint
CREATE INDEX "turns_pressing" ON "turns" USING btree ("jurisdiction_id","process","presses_on","since","matter_id","role","unit","not_before","stage","next_due_on","command","business_of");--> statement-breakpoint
CREATE INDEX "turns_since" ON "turns" USING btree ("jurisdiction_id","process","since","matter_id","role","unit","not_before","stage","next_due_on","command","business_of");
