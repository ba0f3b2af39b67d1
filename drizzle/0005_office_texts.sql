CREATE TABLE "finding_waivers" (
	"jurisdiction_id" text NOT NULL,
	"command_id" text NOT NULL,
	"n" integer NOT NULL,
	"document_id" text NOT NULL,
	"text_version" integer NOT NULL,
	"finding" text NOT NULL,
	"quote" text NOT NULL,
	"element" text,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"person" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "finding_waivers_jurisdiction_id_command_id_n_pk" PRIMARY KEY("jurisdiction_id","command_id","n"),
	CONSTRAINT "finding_waivers_by" CHECK ("finding_waivers"."by" in ('drafter','reviewer')),
	CONSTRAINT "finding_waivers_reason" CHECK ("finding_waivers"."reason" <> '')
);
--> statement-breakpoint
CREATE TABLE "review_findings" (
	"jurisdiction_id" text NOT NULL,
	"document_id" text NOT NULL,
	"n" integer NOT NULL,
	"text_version" integer NOT NULL,
	"linter" text NOT NULL,
	"findings" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "review_findings_jurisdiction_id_document_id_n_pk" PRIMARY KEY("jurisdiction_id","document_id","n")
);
--> statement-breakpoint
CREATE TABLE "working_copies" (
	"jurisdiction_id" text NOT NULL,
	"document_id" text NOT NULL,
	"revision" bigint NOT NULL,
	"based_on" integer,
	"body" text NOT NULL,
	"waivers" jsonb NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "working_copies_jurisdiction_id_document_id_pk" PRIMARY KEY("jurisdiction_id","document_id")
);
--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "anchor_element" text;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "anchor_address" text;--> statement-breakpoint
ALTER TABLE "finding_waivers" ADD CONSTRAINT "finding_waivers_jurisdiction_id_document_id_documents_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","document_id") REFERENCES "public"."documents"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_findings" ADD CONSTRAINT "review_findings_jurisdiction_id_document_id_documents_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","document_id") REFERENCES "public"."documents"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "working_copies" ADD CONSTRAINT "working_copies_jurisdiction_id_document_id_documents_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","document_id") REFERENCES "public"."documents"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "finding_waivers_document" ON "finding_waivers" USING btree ("jurisdiction_id","document_id","text_version");