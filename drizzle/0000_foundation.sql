CREATE TABLE "artefacts" (
	"jurisdiction_id" text NOT NULL,
	"document_id" text NOT NULL,
	"kind" text NOT NULL,
	"n" integer NOT NULL,
	"title" text,
	"body" text,
	"attachment" jsonb,
	"bases" jsonb,
	"hash" text NOT NULL,
	"created_by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "artefacts_jurisdiction_id_document_id_kind_n_pk" PRIMARY KEY("jurisdiction_id","document_id","kind","n")
);
--> statement-breakpoint
CREATE TABLE "blobs" (
	"jurisdiction_id" text NOT NULL,
	"sha256" text NOT NULL,
	"size" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "blobs_jurisdiction_id_sha256_pk" PRIMARY KEY("jurisdiction_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "command_log" (
	"jurisdiction_id" text NOT NULL,
	"command_id" text NOT NULL,
	"document_id" text NOT NULL,
	"command_type" text NOT NULL,
	"person" text,
	"status" integer NOT NULL,
	"answer" json NOT NULL,
	"request_hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "command_log_jurisdiction_id_command_id_pk" PRIMARY KEY("jurisdiction_id","command_id")
);
--> statement-breakpoint
CREATE TABLE "comment_contacts" (
	"jurisdiction_id" text NOT NULL,
	"comment_id" text NOT NULL,
	"name" text,
	"contact" text,
	CONSTRAINT "comment_contacts_jurisdiction_id_comment_id_pk" PRIMARY KEY("jurisdiction_id","comment_id")
);
--> statement-breakpoint
CREATE TABLE "comment_dispositions" (
	"jurisdiction_id" text NOT NULL,
	"comment_id" text NOT NULL,
	"n" integer NOT NULL,
	"document_id" text NOT NULL,
	"disposition" text NOT NULL,
	"reason" text NOT NULL,
	"text_version" integer,
	"created_by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "comment_dispositions_jurisdiction_id_comment_id_n_pk" PRIMARY KEY("jurisdiction_id","comment_id","n"),
	CONSTRAINT "comment_dispositions_value" CHECK ("comment_dispositions"."disposition" in ('adopted','partly_adopted','not_adopted'))
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"document_id" text NOT NULL,
	"consultation_id" text NOT NULL,
	"receipt" text NOT NULL,
	"anchor" jsonb,
	"body" text NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "comments_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "deadlines" (
	"jurisdiction_id" text NOT NULL,
	"document_id" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"starts_on" date NOT NULL,
	"due_on" date NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"met_on" date,
	"provisional" boolean NOT NULL,
	"sends" text,
	"sent_command_id" text,
	CONSTRAINT "deadlines_jurisdiction_id_document_id_key_pk" PRIMARY KEY("jurisdiction_id","document_id","key"),
	CONSTRAINT "deadlines_status" CHECK ("deadlines"."status" in ('open','met','paused','cancelled'))
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"stage" text NOT NULL,
	"snapshot" jsonb NOT NULL,
	"title" text NOT NULL,
	"tier" text NOT NULL,
	"drafting_unit" text NOT NULL,
	"lead_issuer" text NOT NULL,
	"pack_version" text NOT NULL,
	"proposed_by" text NOT NULL,
	"involved_units" text[] NOT NULL,
	"ledger_seq" integer NOT NULL,
	"ledger_head" text NOT NULL,
	"next_due_on" date,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "documents_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id"),
	CONSTRAINT "documents_stage_known" CHECK (split_part("documents"."stage", '.', 1) in ('initiation','drafting','consultation','coordination','assessment','legality_review','deliberation','signing','numbering','publication','effective','closed')),
	CONSTRAINT "documents_version" CHECK ("documents"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "holiday_notices" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"year" integer NOT NULL,
	"source" text NOT NULL,
	"days" jsonb NOT NULL,
	"loaded_at" timestamp (3) with time zone NOT NULL,
	"loaded_by" text,
	CONSTRAINT "holiday_notices_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "ledger_events" (
	"jurisdiction_id" text NOT NULL,
	"document_id" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"command_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"body" jsonb NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "ledger_events_jurisdiction_id_document_id_seq_pk" PRIMARY KEY("jurisdiction_id","document_id","seq"),
	CONSTRAINT "ledger_events_seq" CHECK ("ledger_events"."seq" >= 1),
	CONSTRAINT "ledger_events_hash" CHECK ("ledger_events"."hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "ledger_seals" (
	"jurisdiction_id" text NOT NULL,
	"day" date NOT NULL,
	"documents" integer NOT NULL,
	"events" bigint NOT NULL,
	"root" text NOT NULL,
	"prev_seal" text NOT NULL,
	"seal" text NOT NULL,
	"heads" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ledger_seals_jurisdiction_id_day_pk" PRIMARY KEY("jurisdiction_id","day")
);
--> statement-breakpoint
CREATE TABLE "public_consultations" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"document_id" text NOT NULL,
	"n" integer NOT NULL,
	"title" text NOT NULL,
	"drafting_unit_name" text NOT NULL,
	"issuer_names" text[] NOT NULL,
	"body" text NOT NULL,
	"text_hash" text NOT NULL,
	"explanatory_note" text NOT NULL,
	"channels" text[] NOT NULL,
	"groups" text[] NOT NULL,
	"contact" text,
	"shortened" jsonb,
	"minimum" jsonb NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closes_on" date NOT NULL,
	"closes_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"extensions" jsonb NOT NULL,
	"feedback" jsonb,
	"feedback_at" timestamp (3) with time zone,
	CONSTRAINT "public_consultations_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "refusals" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"document_id" text NOT NULL,
	"command_id" text NOT NULL,
	"command_type" text NOT NULL,
	"kind" text NOT NULL,
	"stage" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" jsonb NOT NULL,
	"detail" text NOT NULL,
	"verdicts" jsonb NOT NULL,
	"pack_version" text NOT NULL,
	CONSTRAINT "refusals_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "rule_packs" (
	"jurisdiction_id" text NOT NULL,
	"version" text NOT NULL,
	"effective_from" date NOT NULL,
	"body" jsonb NOT NULL,
	"loaded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rule_packs_jurisdiction_id_version_pk" PRIMARY KEY("jurisdiction_id","version")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"jurisdiction_id" text NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	CONSTRAINT "settings_jurisdiction_id_key_pk" PRIMARY KEY("jurisdiction_id","key")
);
--> statement-breakpoint
CREATE TABLE "texts" (
	"jurisdiction_id" text NOT NULL,
	"document_id" text NOT NULL,
	"n" integer NOT NULL,
	"hash" text NOT NULL,
	"body" text NOT NULL,
	"attachments" jsonb NOT NULL,
	"note" text,
	"kind" text NOT NULL,
	"created_by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "texts_jurisdiction_id_document_id_n_pk" PRIMARY KEY("jurisdiction_id","document_id","n")
);
--> statement-breakpoint
CREATE TABLE "auth_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"id_token" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_rate_limits" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"username" text,
	"display_username" text,
	"must_change_password" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delegations" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"from_person_id" text NOT NULL,
	"to_person_id" text NOT NULL,
	"unit_id" text NOT NULL,
	"role" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"revoked_at" timestamp with time zone,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "delegations_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id"),
	CONSTRAINT "delegations_dates" CHECK ("delegations"."ends_on" >= "delegations"."starts_on"),
	CONSTRAINT "delegations_not_self" CHECK ("delegations"."from_person_id" <> "delegations"."to_person_id")
);
--> statement-breakpoint
CREATE TABLE "jurisdictions" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"parent_id" text
);
--> statement-breakpoint
CREATE TABLE "people" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"unit_id" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "people_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
CREATE TABLE "person_roles" (
	"jurisdiction_id" text NOT NULL,
	"person_id" text NOT NULL,
	"unit_id" text NOT NULL,
	"role" text NOT NULL,
	"starts_on" date,
	"ends_on" date,
	CONSTRAINT "person_roles_jurisdiction_id_person_id_unit_id_role_pk" PRIMARY KEY("jurisdiction_id","person_id","unit_id","role")
);
--> statement-breakpoint
CREATE TABLE "units" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"parent_id" text,
	"eligible" boolean DEFAULT false NOT NULL,
	"eligible_since" date,
	"eligible_until" date,
	"area_code" text,
	"body_code" text,
	"sort" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "units_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id"),
	CONSTRAINT "units_kind" CHECK ("units"."kind" in ('government','office','department','township','internal','temporary','npc','superior'))
);
--> statement-breakpoint
CREATE TABLE "number_series" (
	"jurisdiction_id" text NOT NULL,
	"series" text NOT NULL,
	"year" integer NOT NULL,
	"kind" text NOT NULL,
	"last_seq" integer NOT NULL,
	CONSTRAINT "number_series_jurisdiction_id_series_year_pk" PRIMARY KEY("jurisdiction_id","series","year"),
	CONSTRAINT "number_series_kind" CHECK ("number_series"."kind" in ('document','registry','index'))
);
--> statement-breakpoint
CREATE TABLE "numbers" (
	"jurisdiction_id" text NOT NULL,
	"series" text NOT NULL,
	"year" integer NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"status" text NOT NULL,
	"document_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"reserved_for" text,
	"expires_on" date,
	"void_reason" text,
	"void_approver" text,
	"voided_at" timestamp (3) with time zone,
	CONSTRAINT "numbers_jurisdiction_id_series_year_seq_pk" PRIMARY KEY("jurisdiction_id","series","year","seq"),
	CONSTRAINT "numbers_status" CHECK ("numbers"."status" in ('issued','reserved','void')),
	CONSTRAINT "numbers_reserved" CHECK ("numbers"."status" <> 'reserved' or "numbers"."expires_on" is not null),
	CONSTRAINT "numbers_void" CHECK ("numbers"."status" <> 'void' or ("numbers"."void_reason" is not null and "numbers"."void_approver" is not null and "numbers"."voided_at" is not null)),
	CONSTRAINT "numbers_seq" CHECK ("numbers"."seq" >= 1)
);
--> statement-breakpoint
CREATE TABLE "register_entries" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"origin" text NOT NULL,
	"source_id" text,
	"source_name" text,
	"document_id" text,
	"title" text NOT NULL,
	"document_number" text,
	"document_number_raw" text,
	"registry_number" text,
	"index_number" text,
	"wjbs" text,
	"wjbs_source" text,
	"wjbs_missing" text[],
	"issuers" text[] NOT NULL,
	"lead_issuer" text,
	"tier" text,
	"category" text,
	"genre" text,
	"subject" text,
	"region" text,
	"adoption_date" date,
	"published_on" date,
	"effective_date" date,
	"valid_until" date,
	"disclosure" text NOT NULL,
	"force_events" jsonb NOT NULL,
	"source_status" text,
	"body" text NOT NULL,
	"text_hash" text NOT NULL,
	"attachments" jsonb NOT NULL,
	"interpretation" text,
	"interpretation_url" text,
	"summary" text,
	"keywords" text[],
	"interpreter_unit" text,
	"metadata" jsonb NOT NULL,
	"search" "tsvector" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "register_entries_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id"),
	CONSTRAINT "register_entries_origin" CHECK ("register_entries"."origin" in ('made','imported'))
);
--> statement-breakpoint
ALTER TABLE "artefacts" ADD CONSTRAINT "artefacts_jurisdiction_id_document_id_documents_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","document_id") REFERENCES "public"."documents"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deadlines" ADD CONSTRAINT "deadlines_jurisdiction_id_document_id_documents_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","document_id") REFERENCES "public"."documents"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holiday_notices" ADD CONSTRAINT "holiday_notices_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_events" ADD CONSTRAINT "ledger_events_jurisdiction_id_document_id_documents_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","document_id") REFERENCES "public"."documents"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_consultations" ADD CONSTRAINT "public_consultations_jurisdiction_id_document_id_documents_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","document_id") REFERENCES "public"."documents"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_packs" ADD CONSTRAINT "rule_packs_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "texts" ADD CONSTRAINT "texts_jurisdiction_id_document_id_documents_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","document_id") REFERENCES "public"."documents"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_accounts" ADD CONSTRAINT "auth_accounts_user_id_auth_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_sessions" ADD CONSTRAINT "auth_sessions_user_id_auth_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_user_id_auth_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_jurisdiction_id_unit_id_units_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","unit_id") REFERENCES "public"."units"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_roles" ADD CONSTRAINT "person_roles_jurisdiction_id_person_id_people_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","person_id") REFERENCES "public"."people"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_roles" ADD CONSTRAINT "person_roles_jurisdiction_id_unit_id_units_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","unit_id") REFERENCES "public"."units"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "number_series" ADD CONSTRAINT "number_series_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_entries" ADD CONSTRAINT "register_entries_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comment_dispositions_document" ON "comment_dispositions" USING btree ("jurisdiction_id","document_id");--> statement-breakpoint
CREATE UNIQUE INDEX "comments_receipt_key" ON "comments" USING btree ("jurisdiction_id","receipt");--> statement-breakpoint
CREATE INDEX "comments_consultation" ON "comments" USING btree ("jurisdiction_id","consultation_id","at","id");--> statement-breakpoint
CREATE INDEX "comments_document" ON "comments" USING btree ("jurisdiction_id","document_id");--> statement-breakpoint
CREATE INDEX "deadlines_due" ON "deadlines" USING btree ("due_at") WHERE "deadlines"."status" = 'open' and "deadlines"."sends" is not null;--> statement-breakpoint
CREATE INDEX "deadlines_open" ON "deadlines" USING btree ("jurisdiction_id","kind","due_on") WHERE "deadlines"."status" = 'open';--> statement-breakpoint
CREATE INDEX "deadlines_provisional" ON "deadlines" USING btree ("jurisdiction_id","document_id") WHERE "deadlines"."provisional" and "deadlines"."status" = 'open';--> statement-breakpoint
CREATE INDEX "documents_list" ON "documents" USING btree ("jurisdiction_id","updated_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "documents_stage" ON "documents" USING btree ("jurisdiction_id","stage","updated_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "documents_unit" ON "documents" USING btree ("jurisdiction_id","drafting_unit","updated_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "documents_involved" ON "documents" USING gin ("involved_units");--> statement-breakpoint
CREATE INDEX "ledger_events_at" ON "ledger_events" USING btree ("jurisdiction_id","at");--> statement-breakpoint
CREATE INDEX "public_consultations_open" ON "public_consultations" USING btree ("closes_at","id");--> statement-breakpoint
CREATE INDEX "public_consultations_document" ON "public_consultations" USING btree ("jurisdiction_id","document_id");--> statement-breakpoint
CREATE INDEX "refusals_document" ON "refusals" USING btree ("jurisdiction_id","document_id","at");--> statement-breakpoint
CREATE INDEX "auth_accounts_user" ON "auth_accounts" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "auth_rate_limits_key" ON "auth_rate_limits" USING btree ("key");--> statement-breakpoint
CREATE UNIQUE INDEX "auth_sessions_token_key" ON "auth_sessions" USING btree ("token");--> statement-breakpoint
CREATE INDEX "auth_sessions_user" ON "auth_sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "auth_users_email_key" ON "auth_users" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "auth_users_username_key" ON "auth_users" USING btree ("username");--> statement-breakpoint
CREATE INDEX "delegations_to" ON "delegations" USING btree ("jurisdiction_id","to_person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "people_user_key" ON "people" USING btree ("jurisdiction_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "units_name_key" ON "units" USING btree ("jurisdiction_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "numbers_text_key" ON "numbers" USING btree ("jurisdiction_id","kind","text");--> statement-breakpoint
CREATE UNIQUE INDEX "numbers_one_per_document" ON "numbers" USING btree ("jurisdiction_id","kind","document_id") WHERE "numbers"."status" = 'issued' and "numbers"."document_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "register_entries_source_key" ON "register_entries" USING btree ("jurisdiction_id","source_name","source_id") WHERE "register_entries"."source_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "register_entries_document_key" ON "register_entries" USING btree ("jurisdiction_id","document_id") WHERE "register_entries"."document_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "register_entries_wjbs_key" ON "register_entries" USING btree ("jurisdiction_id","wjbs") WHERE "register_entries"."wjbs" is not null and "register_entries"."wjbs_source" = 'AUTHORITY_ISSUED';--> statement-breakpoint
CREATE INDEX "register_entries_published" ON "register_entries" USING btree ("published_on" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "register_entries_title" ON "register_entries" USING btree ("jurisdiction_id","title");--> statement-breakpoint
CREATE INDEX "register_entries_number" ON "register_entries" USING btree ("document_number");--> statement-breakpoint
CREATE INDEX "register_entries_search" ON "register_entries" USING gin ("search");