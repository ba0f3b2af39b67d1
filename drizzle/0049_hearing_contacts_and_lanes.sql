-- 听证报名里认得出同一个人的联系方式，与联系方式同删；对外通知各渠道自取自的。
ALTER TABLE "hearing_contacts" ADD COLUMN "keys" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "hearing_contacts_keys" ON "hearing_contacts" USING gin ("keys");--> statement-breakpoint
CREATE INDEX "deliveries_lane" ON "deliveries" USING btree ("channel","next_at") WHERE state = 'due';