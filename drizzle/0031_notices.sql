CREATE TABLE "calendar_tokens" (
	"jurisdiction_id" text NOT NULL,
	"person" text NOT NULL,
	"digest" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "calendar_tokens_jurisdiction_id_person_pk" PRIMARY KEY("jurisdiction_id","person")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"channel" text NOT NULL,
	"target" text NOT NULL,
	"event" text NOT NULL,
	"template" text NOT NULL,
	"data" jsonb NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"error" text,
	CONSTRAINT "deliveries_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "notice_cursors" (
	"jurisdiction_id" text NOT NULL,
	"name" text NOT NULL,
	"idx" bigint NOT NULL,
	CONSTRAINT "notice_cursors_jurisdiction_id_name_pk" PRIMARY KEY("jurisdiction_id","name")
);
--> statement-breakpoint
CREATE TABLE "notice_preferences" (
	"jurisdiction_id" text NOT NULL,
	"person" text NOT NULL,
	"channel" text NOT NULL,
	"address" text NOT NULL,
	"rhythm" text NOT NULL,
	"suspended_why" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notice_preferences_jurisdiction_id_person_channel_pk" PRIMARY KEY("jurisdiction_id","person","channel")
);
--> statement-breakpoint
CREATE TABLE "notice_queue" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "notice_queue_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "notice_reads" (
	"jurisdiction_id" text NOT NULL,
	"person" text NOT NULL,
	"notice_id" text NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notice_reads_jurisdiction_id_person_notice_id_pk" PRIMARY KEY("jurisdiction_id","person","notice_id")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"matter_id" text NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text,
	"command" text NOT NULL,
	"event" text NOT NULL,
	"role" text NOT NULL,
	"unit" text NOT NULL,
	"count" integer,
	"not_before" date,
	"due_on" date,
	CONSTRAINT "notices_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"matter_id" text NOT NULL,
	"kind" text NOT NULL,
	"command" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"role" text NOT NULL,
	"unit" text NOT NULL,
	"rung" integer,
	"due_on" date,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text,
	"words" text,
	CONSTRAINT "reminders_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "saved_filters" (
	"jurisdiction_id" text NOT NULL,
	"person" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"list" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "saved_filters_jurisdiction_id_person_id_pk" PRIMARY KEY("jurisdiction_id","person","id")
);
--> statement-breakpoint
CREATE TABLE "subscription_contacts" (
	"jurisdiction_id" text NOT NULL,
	"subscription_id" text NOT NULL,
	"address" text NOT NULL,
	"confirm_digest" text,
	"token" text NOT NULL,
	CONSTRAINT "subscription_contacts_jurisdiction_id_subscription_id_pk" PRIMARY KEY("jurisdiction_id","subscription_id")
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"about" text NOT NULL,
	"rhythm" text NOT NULL,
	"state" text NOT NULL,
	"suspended_why" text,
	"matter_id" text,
	"shown" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"last_sent_at" timestamp (3) with time zone,
	CONSTRAINT "subscriptions_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"label" text NOT NULL,
	"url" text NOT NULL,
	"types" text[] NOT NULL,
	"active" boolean NOT NULL,
	"inactive_why" text,
	"generation" integer NOT NULL,
	"rotated_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "webhooks_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_cursors" ADD CONSTRAINT "notice_cursors_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_jurisdiction_id_matter_id_matters_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","matter_id") REFERENCES "public"."matters"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_jurisdiction_id_matter_id_matters_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","matter_id") REFERENCES "public"."matters"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_tokens_digest" ON "calendar_tokens" USING btree ("jurisdiction_id","digest");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_once" ON "deliveries" USING btree ("jurisdiction_id","event","target","channel");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("state","next_at");--> statement-breakpoint
CREATE INDEX "deliveries_target" ON "deliveries" USING btree ("jurisdiction_id","target","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "notices_whose" ON "notices" USING btree ("jurisdiction_id","role","unit","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "notices_matter" ON "notices" USING btree ("jurisdiction_id","matter_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "reminders_whose" ON "reminders" USING btree ("jurisdiction_id","role","unit","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "reminders_matter" ON "reminders" USING btree ("jurisdiction_id","matter_id","command");--> statement-breakpoint
CREATE INDEX "subscription_contacts_address" ON "subscription_contacts" USING btree ("jurisdiction_id","address");--> statement-breakpoint
CREATE INDEX "subscriptions_matter" ON "subscriptions" USING btree ("jurisdiction_id","matter_id");--> statement-breakpoint
CREATE INDEX "subscriptions_state" ON "subscriptions" USING btree ("jurisdiction_id","state","kind");
--> statement-breakpoint
-- 案卷一办成就有的消息：与台账同一语句写下，只增不改；台账最后一条记下共几条，核验逐条比对。
CREATE TRIGGER notices_append_only BEFORE UPDATE OR DELETE ON notices FOR EACH ROW EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
CREATE TRIGGER notices_no_truncate BEFORE TRUNCATE ON notices FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
-- 催办与提醒：由办公事务的命令写下，摘要记在办公事务的台账里。
CREATE TRIGGER reminders_append_only BEFORE UPDATE OR DELETE ON reminders FOR EACH ROW EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
CREATE TRIGGER reminders_no_truncate BEFORE TRUNCATE ON reminders FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
CREATE TRIGGER reminders_bound AFTER INSERT OR UPDATE ON reminders FOR EACH ROW EXECUTE FUNCTION dz_bind_row('id');--> statement-breakpoint
-- 推送到哪里是管理员登记的事实：每次改动记在办公台账里。
CREATE TRIGGER webhooks_recorded_insert AFTER INSERT ON webhooks REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION dz_office_changed('id');--> statement-breakpoint
CREATE TRIGGER webhooks_recorded_update AFTER UPDATE ON webhooks REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION dz_office_changed('id');--> statement-breakpoint
CREATE TRIGGER webhooks_recorded_delete AFTER DELETE ON webhooks REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION dz_office_changed('id');--> statement-breakpoint
-- 升级以前的公开行为不再推送：从现有的最后一条以后开始。
INSERT INTO notice_cursors (jurisdiction_id, name, idx) SELECT t.jurisdiction_id, 'public', max(t.idx) FROM tlog_entries t GROUP BY t.jurisdiction_id;
