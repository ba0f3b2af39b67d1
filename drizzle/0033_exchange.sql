CREATE TABLE "exchange_files" (
	"jurisdiction_id" text NOT NULL,
	"sha256" text NOT NULL,
	"n" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "exchange_files_jurisdiction_id_sha256_n_pk" PRIMARY KEY("jurisdiction_id","sha256","n")
);
--> statement-breakpoint
CREATE TABLE "exchange_messages" (
	"jurisdiction_id" text NOT NULL,
	"peer" text NOT NULL,
	"direction" text NOT NULL,
	"seq" bigint NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"about" text NOT NULL,
	"matter_id" text,
	"step" text,
	"draft" text,
	"manifest" text,
	"note" text,
	"digest" text,
	"leaf" "bytea",
	"at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"why" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "exchange_messages_jurisdiction_id_peer_direction_seq_pk" PRIMARY KEY("jurisdiction_id","peer","direction","seq"),
	CONSTRAINT "exchange_messages_direction" CHECK ("exchange_messages"."direction" in ('out','in')),
	CONSTRAINT "exchange_messages_kind" CHECK ("exchange_messages"."kind" in ('command','receipt')),
	CONSTRAINT "exchange_messages_signed" CHECK (("exchange_messages"."state" = 'draft') = ("exchange_messages"."manifest" is null) and ("exchange_messages"."manifest" is null) = ("exchange_messages"."note" is null) and ("exchange_messages"."manifest" is null) = ("exchange_messages"."digest" is null) and ("exchange_messages"."manifest" is null) = ("exchange_messages"."leaf" is null))
);
--> statement-breakpoint
CREATE TABLE "exchange_peers" (
	"jurisdiction_id" text NOT NULL,
	"name" text NOT NULL,
	"label" text NOT NULL,
	"address" text NOT NULL,
	"keys" text[] NOT NULL,
	"retired" text[] NOT NULL,
	"tracks" text[] NOT NULL,
	"files_to" text,
	"receives_at" text,
	"active" boolean NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "exchange_peers_jurisdiction_id_name_pk" PRIMARY KEY("jurisdiction_id","name")
);
--> statement-breakpoint
CREATE TABLE "exchange_streams" (
	"jurisdiction_id" text NOT NULL,
	"peer" text NOT NULL,
	"direction" text NOT NULL,
	"next" bigint DEFAULT 0 NOT NULL,
	"fails" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone,
	"contact_at" timestamp (3) with time zone,
	"error" text,
	CONSTRAINT "exchange_streams_jurisdiction_id_peer_direction_pk" PRIMARY KEY("jurisdiction_id","peer","direction"),
	CONSTRAINT "exchange_streams_direction" CHECK ("exchange_streams"."direction" in ('out','in'))
);
--> statement-breakpoint
ALTER TABLE "exchange_files" ADD CONSTRAINT "exchange_files_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange_messages" ADD CONSTRAINT "exchange_messages_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange_peers" ADD CONSTRAINT "exchange_peers_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange_streams" ADD CONSTRAINT "exchange_streams_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "exchange_messages_id" ON "exchange_messages" USING btree ("jurisdiction_id","peer","direction","id");--> statement-breakpoint
CREATE INDEX "exchange_messages_about" ON "exchange_messages" USING btree ("jurisdiction_id","about");--> statement-breakpoint
CREATE INDEX "exchange_messages_matter" ON "exchange_messages" USING btree ("jurisdiction_id","matter_id","at");--> statement-breakpoint
CREATE INDEX "exchange_messages_open" ON "exchange_messages" USING btree ("jurisdiction_id","peer","direction","seq") WHERE "exchange_messages"."state" in ('draft','waiting','rejected','incomplete','held');
--> statement-breakpoint
-- 两套系统之间的往来：一经签名即不改，只记到了哪一步；不删。
CREATE FUNCTION dz_exchange_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.jurisdiction_id IS DISTINCT FROM OLD.jurisdiction_id OR NEW.peer IS DISTINCT FROM OLD.peer
    OR NEW.direction IS DISTINCT FROM OLD.direction OR NEW.seq IS DISTINCT FROM OLD.seq
    OR NEW.id IS DISTINCT FROM OLD.id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.about IS DISTINCT FROM OLD.about
    OR NEW.step IS DISTINCT FROM OLD.step OR NEW.at IS DISTINCT FROM OLD.at
    OR (OLD.manifest IS NOT NULL AND (NEW.manifest IS DISTINCT FROM OLD.manifest OR NEW.note IS DISTINCT FROM OLD.note
      OR NEW.digest IS DISTINCT FROM OLD.digest OR NEW.leaf IS DISTINCT FROM OLD.leaf))
    OR (OLD.manifest IS NULL AND NEW.manifest IS NULL AND NEW.draft IS DISTINCT FROM OLD.draft)
  THEN
    RAISE EXCEPTION '往来消息一经写下不得更改' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER exchange_messages_guard BEFORE UPDATE ON exchange_messages FOR EACH ROW EXECUTE FUNCTION dz_exchange_guard();--> statement-breakpoint
CREATE TRIGGER exchange_messages_no_delete BEFORE DELETE ON exchange_messages FOR EACH ROW EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
CREATE TRIGGER exchange_messages_no_truncate BEFORE TRUNCATE ON exchange_messages FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
CREATE TRIGGER exchange_files_append_only BEFORE UPDATE OR DELETE ON exchange_files FOR EACH ROW EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
CREATE TRIGGER exchange_files_no_truncate BEFORE TRUNCATE ON exchange_files FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse();--> statement-breakpoint
-- 对方是谁、用什么公钥，是管理员登记的事实：每次改动记在办公台账里。
CREATE TRIGGER exchange_peers_recorded_insert AFTER INSERT ON exchange_peers REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION dz_office_changed('name');--> statement-breakpoint
CREATE TRIGGER exchange_peers_recorded_update AFTER UPDATE ON exchange_peers REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION dz_office_changed('name');--> statement-breakpoint
CREATE TRIGGER exchange_peers_recorded_delete AFTER DELETE ON exchange_peers REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION dz_office_changed('name');
