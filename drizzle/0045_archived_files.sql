CREATE TABLE "archived_files" (
	"jurisdiction_id" text NOT NULL,
	"document_id" text NOT NULL,
	"archive_no" text,
	"archive_key" text,
	"retention" text,
	"year" integer NOT NULL,
	"kept_until" date,
	"archived_at" timestamp (3) with time zone NOT NULL,
	"archived_by" text,
	"files" integer NOT NULL,
	"manifest_hash" text NOT NULL,
	CONSTRAINT "archived_files_jurisdiction_id_document_id_pk" PRIMARY KEY("jurisdiction_id","document_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "archived_files_number" ON "archived_files" USING btree ("jurisdiction_id","archive_key") WHERE "archived_files"."archive_key" is not null;--> statement-breakpoint
CREATE INDEX "archived_files_list" ON "archived_files" USING btree ("jurisdiction_id","archived_at" DESC NULLS LAST,"document_id");--> statement-breakpoint
CREATE INDEX "archived_files_kept" ON "archived_files" USING btree ("jurisdiction_id","kept_until") WHERE "archived_files"."kept_until" is not null;--> statement-breakpoint
-- 此前归档的，保管期限与档号只在台账里：照台账补成一行一件；同一个档号先前给过两件的，后一件照样写着，只是不占这个号。
INSERT INTO archived_files (jurisdiction_id, document_id, archive_no, archive_key, retention, year, kept_until, archived_at, archived_by, files, manifest_hash)
SELECT a.j, a.id, a.no, CASE WHEN row_number() OVER (PARTITION BY a.j, a.key ORDER BY a.at, a.id) = 1 THEN a.key END, a.retention, a.year,
  CASE WHEN a.retention ~ '[0-9]{1,3}\s*年' AND a.retention !~ '永久'
    THEN make_date(a.year + substring(a.retention FROM '([0-9]{1,3})\s*年')::int, 12, 31) END,
  a.at, a.by, a.files, a.manifest
FROM (
  SELECT DISTINCT ON (e.jurisdiction_id, e.matter_id) e.jurisdiction_id AS j, e.matter_id AS id, e.at,
    nullif(btrim(e.body #>> '{payload,archiveNo}'), '') AS no,
    nullif(upper(regexp_replace(translate(normalize(e.body #>> '{payload,archiveNo}', NFKC), '‐‑‒–—―−﹣•・∙⋅‧･', '--------······'), '\s', '', 'g')), '') AS key,
    nullif(btrim(normalize(e.body #>> '{payload,retention}', NFKC)), '') AS retention,
    extract(year FROM coalesce(m.snapshot #>> '{context,dossier,numbers,adoptionDate}', m.snapshot #>> '{context,dossier,publication,publishedOn}',
      to_char(e.at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD'))::date)::int AS year,
    e.body #>> '{actor,person}' AS by, coalesce((e.body #>> '{payload,files}')::int, 0) AS files, coalesce(e.body #>> '{payload,manifestHash}', '') AS manifest
  FROM ledger_events e JOIN matters m ON m.jurisdiction_id = e.jurisdiction_id AND m.id = e.matter_id
  WHERE e.type = 'FileArchived'
  ORDER BY e.jurisdiction_id, e.matter_id, e.seq
) a;
--> statement-breakpoint
-- 归档的记载只增不改，摘要随案卷记在台账里；补成的各行立一次基线。
DO $$
BEGIN
  CREATE TRIGGER archived_files_append_only BEFORE UPDATE OR DELETE ON archived_files FOR EACH ROW EXECUTE FUNCTION dz_refuse();
  CREATE TRIGGER archived_files_no_truncate BEFORE TRUNCATE ON archived_files FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse();
  CREATE TRIGGER archived_files_bound AFTER INSERT OR UPDATE ON archived_files FOR EACH ROW EXECUTE FUNCTION dz_bind_row('document_id');
  PERFORM dz_office_baseline('archived_files', ARRAY['document_id']);
END $$;
