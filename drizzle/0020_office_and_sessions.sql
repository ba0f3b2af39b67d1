CREATE TABLE "acts" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"title" text NOT NULL,
	"document_number" text,
	"issuers" text[] NOT NULL,
	"published_on" date NOT NULL,
	"effective_date" date NOT NULL,
	"status" text NOT NULL,
	"status_since" date,
	"source" text NOT NULL,
	"known_from" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "acts_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"body_id" text NOT NULL,
	"session" text NOT NULL,
	"date" date NOT NULL,
	CONSTRAINT "sessions_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "acts_title" ON "acts" USING btree ("jurisdiction_id","title");--> statement-breakpoint
CREATE INDEX "sessions_meeting" ON "sessions" USING btree ("jurisdiction_id","body_id","date");