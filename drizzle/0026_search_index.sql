CREATE TABLE "search_blocks" (
	"part" bigint NOT NULL,
	"n" integer NOT NULL,
	"b" "bytea" NOT NULL,
	CONSTRAINT "search_blocks_part_n_pk" PRIMARY KEY("part","n")
);
--> statement-breakpoint
CREATE TABLE "search_columns" (
	"part" bigint NOT NULL,
	"chunk" integer NOT NULL,
	"v" integer NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "search_columns_part_chunk_pk" PRIMARY KEY("part","chunk")
);
--> statement-breakpoint
CREATE TABLE "search_index" (
	"id" integer PRIMARY KEY NOT NULL,
	"generation" bigint NOT NULL,
	"revision" bigint NOT NULL,
	"form" smallint NOT NULL,
	"rebuilding_until" timestamp (3) with time zone,
	CONSTRAINT "search_index_single" CHECK ("search_index"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "search_parts" (
	"part" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_parts_part_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"generation" bigint NOT NULL,
	"entries" integer NOT NULL,
	"first_keys" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_pending" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"seq" bigint NOT NULL,
	"fresh" boolean NOT NULL,
	CONSTRAINT "search_pending_jurisdiction_id_id_pk" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
ALTER TABLE "register_entries" ALTER COLUMN "search" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "search_pending" ADD CONSTRAINT "search_pending_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_parts_generation" ON "search_parts" USING btree ("generation","part");
--> statement-breakpoint
-- 已经压得很紧，不再压缩；另存，读一块不必读别的栏。
ALTER TABLE search_blocks ALTER COLUMN b SET STORAGE EXTERNAL;
--> statement-breakpoint
CREATE SEQUENCE search_pending_seq;
--> statement-breakpoint
-- 新的条目、有变动的条目，同一事务里记下，检索时逐件看，直到并入索引。
CREATE FUNCTION dz_search_pending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_pending (jurisdiction_id, id, seq, fresh)
    SELECT jurisdiction_id, id, nextval('search_pending_seq'), TG_OP = 'INSERT' FROM written
    ON CONFLICT (jurisdiction_id, id) DO UPDATE SET seq = excluded.seq;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER register_entries_search_insert AFTER INSERT ON register_entries REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION dz_search_pending();
--> statement-breakpoint
CREATE TRIGGER register_entries_search_update AFTER UPDATE ON register_entries REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION dz_search_pending();
--> statement-breakpoint
-- 空的登记库，空的索引就是完整的；已有条目的，由工作者建成以后再用，此前照旧。
INSERT INTO search_index (id, generation, revision, form) SELECT 1, 1, 1, 1 WHERE NOT EXISTS (SELECT FROM register_entries);
