DROP INDEX "matters_stage";--> statement-breakpoint
DROP INDEX "matters_unit";--> statement-breakpoint
DROP INDEX "turns_whose";--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "process" text;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "stage" text;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "business_of" text;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "opened_by" text;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "next_due_on" date;--> statement-breakpoint
-- 已有的各行照所属事项的现状补齐；此后由办理的同一语句写。
UPDATE turns t SET process = m.process, stage = m.stage, business_of = m.unit, opened_by = m.opened_by, next_due_on = m.next_due_on
  FROM matters m WHERE m.jurisdiction_id = t.jurisdiction_id AND m.id = t.matter_id;--> statement-breakpoint
ALTER TABLE "turns" ALTER COLUMN "process" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "turns" ALTER COLUMN "stage" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "turns" ALTER COLUMN "business_of" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "presses_on" date GENERATED ALWAYS AS (coalesce(least(due_on, next_due_on), '9999-12-31'::date)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "matters_concerned" ON "matters" USING gin ("concerned_roles");--> statement-breakpoint
CREATE INDEX "matters_due" ON "matters" USING btree ("jurisdiction_id","process",(coalesce("next_due_on", '9999-12-31'::date)),"id");--> statement-breakpoint
CREATE INDEX "matters_title" ON "matters" USING btree ("jurisdiction_id","process","title" collate "C","id");--> statement-breakpoint
CREATE INDEX "turns_asked" ON "turns" USING btree ("jurisdiction_id","asked_by","process","presses_on","since","matter_id","role","unit","not_before") WHERE "turns"."asked_by" is not null;--> statement-breakpoint
CREATE INDEX "turns_opened" ON "turns" USING btree ("jurisdiction_id","opened_by","process","presses_on","since","matter_id","role","unit","not_before") WHERE "turns"."opened_by" is not null;--> statement-breakpoint
CREATE INDEX "turns_business" ON "turns" USING btree ("jurisdiction_id","business_of","process","presses_on","since","matter_id","role","unit","not_before");--> statement-breakpoint
CREATE INDEX "turns_pressing" ON "turns" USING btree ("jurisdiction_id","process","presses_on","since","matter_id");--> statement-breakpoint
CREATE INDEX "turns_since" ON "turns" USING btree ("jurisdiction_id","process","since","matter_id","role","unit");--> statement-breakpoint
CREATE INDEX "matters_stage" ON "matters" USING btree ("jurisdiction_id","process","stage","updated_at" DESC NULLS FIRST,"id","next_due_on");--> statement-breakpoint
CREATE INDEX "matters_unit" ON "matters" USING btree ("jurisdiction_id","process","unit","updated_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "turns_whose" ON "turns" USING btree ("jurisdiction_id","role","unit","process","presses_on","since","matter_id","stage","not_before","next_due_on");
--> statement-breakpoint
-- 反查的件数按登记库的版本记住：引用关系变了，版本也变。
CREATE TRIGGER citing_public_changed AFTER INSERT OR UPDATE OR DELETE ON citing FOR EACH STATEMENT EXECUTE FUNCTION dz_public_changed('register');
