CREATE TABLE "bodies" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"unit_id" text NOT NULL,
	"form" text,
	"seat_id" text,
	"active" boolean DEFAULT true NOT NULL,
	"sort" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "bodies_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id"),
	CONSTRAINT "bodies_kind" CHECK ("bodies"."kind" in ('meeting','review')),
	CONSTRAINT "bodies_shape" CHECK (("bodies"."kind" = 'meeting') = ("bodies"."seat_id" is null))
);
--> statement-breakpoint
ALTER TABLE "office_acts" DROP CONSTRAINT "office_acts_kind";--> statement-breakpoint
ALTER TABLE "bodies" ADD CONSTRAINT "bodies_jurisdiction_id_unit_id_units_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","unit_id") REFERENCES "public"."units"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bodies" ADD CONSTRAINT "bodies_jurisdiction_id_seat_id_units_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","seat_id") REFERENCES "public"."units"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bodies_name_key" ON "bodies" USING btree ("jurisdiction_id","name");--> statement-breakpoint
CREATE INDEX "bodies_unit" ON "bodies" USING btree ("jurisdiction_id","unit_id");--> statement-breakpoint
ALTER TABLE "office_acts" ADD CONSTRAINT "office_acts_kind" CHECK ("office_acts"."kind" in ('person_added','person_disabled','person_enabled','posts_changed','password_reset','unit_added','unit_changed','body_added','body_changed'));