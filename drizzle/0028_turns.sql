CREATE TABLE "matter_marks" (
	"jurisdiction_id" text NOT NULL,
	"person" text NOT NULL,
	"matter_id" text NOT NULL,
	"seen_at" timestamp (3) with time zone,
	"followed" boolean DEFAULT false NOT NULL,
	CONSTRAINT "matter_marks_jurisdiction_id_person_matter_id_pk" PRIMARY KEY("jurisdiction_id","person","matter_id")
);
--> statement-breakpoint
CREATE TABLE "matter_search" (
	"jurisdiction_id" text NOT NULL,
	"matter_id" text NOT NULL,
	"seq" integer NOT NULL,
	"made" text NOT NULL,
	"heading" text NOT NULL,
	"number" text,
	"registry_number" text,
	"text_n" integer,
	"search" "tsvector" NOT NULL,
	CONSTRAINT "matter_search_jurisdiction_id_matter_id_pk" PRIMARY KEY("jurisdiction_id","matter_id")
);
--> statement-breakpoint
CREATE TABLE "turns" (
	"jurisdiction_id" text NOT NULL,
	"matter_id" text NOT NULL,
	"command" text NOT NULL,
	"role" text NOT NULL,
	"unit" text NOT NULL,
	"count" integer,
	"since" timestamp (3) with time zone NOT NULL,
	"asked_by" text,
	"not_before" date,
	"due_on" date,
	CONSTRAINT "turns_jurisdiction_id_matter_id_command_role_unit_pk" PRIMARY KEY("jurisdiction_id","matter_id","command","role","unit")
);
--> statement-breakpoint
ALTER TABLE "matters" ADD COLUMN "turn_form" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "matter_marks" ADD CONSTRAINT "matter_marks_jurisdiction_id_matter_id_matters_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","matter_id") REFERENCES "public"."matters"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matter_search" ADD CONSTRAINT "matter_search_jurisdiction_id_matter_id_matters_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","matter_id") REFERENCES "public"."matters"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turns" ADD CONSTRAINT "turns_jurisdiction_id_matter_id_matters_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","matter_id") REFERENCES "public"."matters"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "matter_marks_recent" ON "matter_marks" USING btree ("jurisdiction_id","person","seen_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "matter_search_tokens" ON "matter_search" USING gin ("search");--> statement-breakpoint
CREATE INDEX "turns_whose" ON "turns" USING btree ("jurisdiction_id","role","unit","matter_id");