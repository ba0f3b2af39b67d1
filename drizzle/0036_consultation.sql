CREATE TABLE "attachment_texts" (
	"jurisdiction_id" text NOT NULL,
	"sha256" text NOT NULL,
	"text" text,
	"note" text,
	CONSTRAINT "attachment_texts_jurisdiction_id_sha256_pk" PRIMARY KEY("jurisdiction_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "comment_attachments" (
	"jurisdiction_id" text NOT NULL,
	"comment_id" text NOT NULL,
	"n" integer NOT NULL,
	"document_id" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"sha256" text NOT NULL,
	"size" integer NOT NULL,
	CONSTRAINT "comment_attachments_jurisdiction_id_comment_id_n_pk" PRIMARY KEY("jurisdiction_id","comment_id","n")
);
--> statement-breakpoint
CREATE TABLE "comment_entries" (
	"jurisdiction_id" text NOT NULL,
	"comment_id" text NOT NULL,
	"document_id" text NOT NULL,
	"consultation_id" text NOT NULL,
	"channel" text NOT NULL,
	"source" text,
	"received_on" date NOT NULL,
	"late" boolean NOT NULL,
	"content_key" text NOT NULL,
	"invitation_id" text,
	"entered_by" text,
	CONSTRAINT "comment_entries_jurisdiction_id_comment_id_pk" PRIMARY KEY("jurisdiction_id","comment_id")
);
--> statement-breakpoint
CREATE TABLE "comment_groups" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"document_id" text NOT NULL,
	"n" integer NOT NULL,
	"outcome" text NOT NULL,
	"members" text[] NOT NULL,
	"label" text,
	"reason" text,
	"created_by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "comment_groups_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "comment_holds" (
	"jurisdiction_id" text NOT NULL,
	"comment_id" text NOT NULL,
	"n" integer NOT NULL,
	"document_id" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"created_by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "comment_holds_jurisdiction_id_comment_id_n_pk" PRIMARY KEY("jurisdiction_id","comment_id","n")
);
--> statement-breakpoint
CREATE TABLE "comment_publications" (
	"jurisdiction_id" text NOT NULL,
	"consultation_id" text NOT NULL,
	"document_id" text NOT NULL,
	"created_by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "comment_publications_jurisdiction_id_consultation_id_pk" PRIMARY KEY("jurisdiction_id","consultation_id")
);
--> statement-breakpoint
CREATE TABLE "comment_redactions" (
	"jurisdiction_id" text NOT NULL,
	"comment_id" text NOT NULL,
	"n" integer NOT NULL,
	"document_id" text NOT NULL,
	"outcome" text NOT NULL,
	"spans" jsonb NOT NULL,
	"reason" text,
	"created_by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "comment_redactions_jurisdiction_id_comment_id_n_pk" PRIMARY KEY("jurisdiction_id","comment_id","n")
);
--> statement-breakpoint
CREATE TABLE "consultation_invitations" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"document_id" text NOT NULL,
	"consultation_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"created_by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "consultation_invitations_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "hearing_contacts" (
	"jurisdiction_id" text NOT NULL,
	"registration_id" text NOT NULL,
	"name" text NOT NULL,
	"contact" text NOT NULL,
	CONSTRAINT "hearing_contacts_jurisdiction_id_registration_id_pk" PRIMARY KEY("jurisdiction_id","registration_id")
);
--> statement-breakpoint
CREATE TABLE "hearing_registrations" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"matter_id" text NOT NULL,
	"receipt" text NOT NULL,
	"category" text NOT NULL,
	"statement" text NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "hearing_registrations_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE INDEX "comment_attachments_document" ON "comment_attachments" USING btree ("jurisdiction_id","document_id");--> statement-breakpoint
CREATE INDEX "comment_entries_consultation" ON "comment_entries" USING btree ("jurisdiction_id","consultation_id");--> statement-breakpoint
CREATE INDEX "comment_entries_invitation" ON "comment_entries" USING btree ("jurisdiction_id","invitation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "comment_groups_document" ON "comment_groups" USING btree ("jurisdiction_id","document_id","n");--> statement-breakpoint
CREATE INDEX "comment_holds_document" ON "comment_holds" USING btree ("jurisdiction_id","document_id");--> statement-breakpoint
CREATE INDEX "comment_redactions_document" ON "comment_redactions" USING btree ("jurisdiction_id","document_id");--> statement-breakpoint
CREATE INDEX "consultation_invitations_round" ON "consultation_invitations" USING btree ("jurisdiction_id","consultation_id");--> statement-breakpoint
CREATE INDEX "consultation_invitations_id" ON "consultation_invitations" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "hearing_registrations_receipt" ON "hearing_registrations" USING btree ("jurisdiction_id","receipt");--> statement-breakpoint
CREATE INDEX "hearing_registrations_matter" ON "hearing_registrations" USING btree ("jurisdiction_id","matter_id");
--> statement-breakpoint
-- 征求意见的各项记录：怎样收到、附件、待核、归组、公开前的处理、邀请、听证报名，一经写下即不改不删；摘要记在各件的台账里。
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT * FROM (VALUES
    ('comment_entries', 'comment_id'), ('comment_attachments', 'comment_id,n'), ('comment_holds', 'comment_id,n'), ('comment_groups', 'id'),
    ('comment_redactions', 'comment_id,n'), ('comment_publications', 'consultation_id'), ('consultation_invitations', 'id'),
    ('hearing_registrations', 'id')
  ) AS x(name, key) LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION dz_refuse()', t.name || '_append_only', t.name);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse()', t.name || '_no_truncate', t.name);
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION dz_bind_row(%s)', t.name || '_bound', t.name,
      (SELECT string_agg(quote_literal(c), ', ') FROM unnest(string_to_array(t.key, ',')) c));
  END LOOP;
END $$;
