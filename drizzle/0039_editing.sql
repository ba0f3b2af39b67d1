CREATE TABLE "invitation_names" (
	"jurisdiction_id" text NOT NULL,
	"invitation_id" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "invitation_names_jurisdiction_id_invitation_id_pk" PRIMARY KEY("jurisdiction_id","invitation_id")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "editing" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"document_id" text NOT NULL,
	"process" text NOT NULL,
	"person" text NOT NULL,
	"name" text NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "editing_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
ALTER TABLE "consultation_invitations" ALTER COLUMN "name" DROP NOT NULL;