-- 案卷成为“事项”的一种（docs/decisions/020）：documents 改名 matters，另有 process 一列；只有文件才有的列移入 documents。
-- 阶段由各种程序自己说，不再由库里的清单核对；标题等其余各列照旧。
ALTER TABLE "documents" RENAME TO "matters";--> statement-breakpoint
ALTER TABLE "matters" DROP CONSTRAINT "documents_stage_known";--> statement-breakpoint
ALTER TABLE "matters" ADD COLUMN "process" text DEFAULT 'normative-document' NOT NULL;--> statement-breakpoint
ALTER TABLE "matters" ALTER COLUMN "process" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "matters" RENAME COLUMN "drafting_unit" TO "unit";--> statement-breakpoint
ALTER TABLE "matters" RENAME COLUMN "proposed_by" TO "opened_by";--> statement-breakpoint
ALTER TABLE "matters" ALTER COLUMN "opened_by" DROP NOT NULL;--> statement-breakpoint
CREATE TABLE "documents" (
	"jurisdiction_id" text NOT NULL,
	"id" text NOT NULL,
	"tier" text NOT NULL,
	"lead_issuer" text NOT NULL,
	"filing" jsonb,
	CONSTRAINT "documents_jurisdiction_id_id_pk_side" PRIMARY KEY("jurisdiction_id","id")
);
--> statement-breakpoint
INSERT INTO "documents" SELECT "jurisdiction_id", "id", "tier", "lead_issuer", "snapshot"::jsonb #> '{value,effective,filing}' FROM "matters";--> statement-breakpoint
ALTER TABLE "matters" DROP COLUMN "tier";--> statement-breakpoint
ALTER TABLE "matters" DROP COLUMN "lead_issuer";--> statement-breakpoint
ALTER TABLE "matters" RENAME CONSTRAINT "documents_jurisdiction_id_id_pk" TO "matters_jurisdiction_id_id_pk";--> statement-breakpoint
ALTER TABLE "documents" RENAME CONSTRAINT "documents_jurisdiction_id_id_pk_side" TO "documents_jurisdiction_id_id_pk";--> statement-breakpoint
ALTER TABLE "matters" RENAME CONSTRAINT "documents_version" TO "matters_version";--> statement-breakpoint
ALTER TABLE "matters" RENAME CONSTRAINT "documents_jurisdiction_id_jurisdictions_id_fk" TO "matters_jurisdiction_id_jurisdictions_id_fk";--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_jurisdiction_id_id_matters_jurisdiction_id_id_fk" FOREIGN KEY ("jurisdiction_id","id") REFERENCES "public"."matters"("jurisdiction_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
DROP INDEX "documents_list";--> statement-breakpoint
DROP INDEX "documents_stage";--> statement-breakpoint
CREATE INDEX "matters_list" ON "matters" USING btree ("jurisdiction_id","process","updated_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "matters_stage" ON "matters" USING btree ("jurisdiction_id","process","stage","updated_at" DESC NULLS LAST,"id");--> statement-breakpoint
ALTER INDEX "documents_unit" RENAME TO "matters_unit";--> statement-breakpoint
ALTER INDEX "documents_involved" RENAME TO "matters_involved";--> statement-breakpoint
ALTER INDEX "documents_deviating" RENAME TO "matters_deviating";--> statement-breakpoint
ALTER TABLE "ledger_events" RENAME COLUMN "document_id" TO "matter_id";--> statement-breakpoint
ALTER TABLE "command_log" RENAME COLUMN "document_id" TO "matter_id";--> statement-breakpoint
ALTER TABLE "refusals" RENAME COLUMN "document_id" TO "matter_id";--> statement-breakpoint
ALTER TABLE "deadlines" RENAME COLUMN "document_id" TO "matter_id";--> statement-breakpoint
ALTER TABLE "sends" RENAME COLUMN "from_document" TO "from_matter";--> statement-breakpoint
ALTER TABLE "sends" RENAME COLUMN "to_document" TO "to_matter";--> statement-breakpoint
ALTER TABLE "sends" ADD COLUMN "process" text;--> statement-breakpoint
ALTER TABLE "ledger_events" RENAME CONSTRAINT "ledger_events_jurisdiction_id_document_id_seq_pk" TO "ledger_events_jurisdiction_id_matter_id_seq_pk";--> statement-breakpoint
ALTER TABLE "deadlines" RENAME CONSTRAINT "deadlines_jurisdiction_id_document_id_key_pk" TO "deadlines_jurisdiction_id_matter_id_key_pk";--> statement-breakpoint
ALTER INDEX "refusals_document" RENAME TO "refusals_matter";--> statement-breakpoint
-- 指向案卷的外键，照现在的表名、列名改名（超过六十三个字符的照库的规矩截短）。
DO $$
DECLARE c record;
BEGIN
  FOR c IN
    SELECT t.conname AS old, t.conrelid::regclass AS tab, left(format('%s_%s_matters_jurisdiction_id_id_fk', t.conrelid::regclass,
      (SELECT string_agg(a.attname, '_' ORDER BY k.n) FROM unnest(t.conkey) WITH ORDINALITY k(num, n) JOIN pg_attribute a ON a.attrelid = t.conrelid AND a.attnum = k.num)), 63) AS new
    FROM pg_constraint t WHERE t.contype = 'f' AND t.confrelid = 'matters'::regclass
  LOOP
    IF c.old <> c.new THEN EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', c.tab, c.old, c.new); END IF;
  END LOOP;
END $$;
--> statement-breakpoint
-- 守卫随表改名；内容不变。
DROP TRIGGER "documents_forward" ON "matters";--> statement-breakpoint
DROP TRIGGER "documents_no_delete" ON "matters";--> statement-breakpoint
DROP TRIGGER "documents_no_truncate" ON "matters";--> statement-breakpoint
DROP FUNCTION dz_documents_forward();--> statement-breakpoint
CREATE FUNCTION dz_matters_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.jurisdiction_id <> OLD.jurisdiction_id OR NEW.id <> OLD.id OR NEW.process <> OLD.process OR NEW.created_at <> OLD.created_at OR NEW.opened_by IS DISTINCT FROM OLD.opened_by THEN
    RAISE EXCEPTION '案卷的标识与立项信息不得更改' USING ERRCODE = 'DZ001';
  END IF;
  IF NEW.version < OLD.version OR NEW.ledger_seq < OLD.ledger_seq THEN
    RAISE EXCEPTION '案卷的版本与台账序号只能前进' USING ERRCODE = 'DZ001';
  END IF;
  IF NEW.ledger_seq = OLD.ledger_seq AND (NEW.ledger_head <> OLD.ledger_head OR NEW.snapshot::text <> OLD.snapshot::text OR NEW.stage <> OLD.stage) THEN
    RAISE EXCEPTION '案卷状态的变化必须伴随台账记录' USING ERRCODE = 'DZ001';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER matters_forward BEFORE UPDATE ON matters FOR EACH ROW EXECUTE FUNCTION dz_matters_forward();
--> statement-breakpoint
CREATE TRIGGER matters_no_delete BEFORE DELETE ON matters FOR EACH ROW EXECUTE FUNCTION dz_refuse();
--> statement-breakpoint
CREATE TRIGGER matters_no_truncate BEFORE TRUNCATE ON matters FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse();
--> statement-breakpoint
CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents FOR EACH ROW EXECUTE FUNCTION dz_refuse();
--> statement-breakpoint
CREATE TRIGGER documents_no_truncate BEFORE TRUNCATE ON documents FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION dz_ledger_linked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE previous text;
BEGIN
  IF NEW.seq = 1 THEN
    IF NEW.prev_hash <> repeat('0', 64) THEN
      RAISE EXCEPTION '台账首条的前一摘要应为零' USING ERRCODE = 'DZ001';
    END IF;
  ELSE
    SELECT hash INTO previous FROM ledger_events WHERE jurisdiction_id = NEW.jurisdiction_id AND matter_id = NEW.matter_id AND seq = NEW.seq - 1;
    IF previous IS DISTINCT FROM NEW.prev_hash THEN
      RAISE EXCEPTION '台账不相连：第 % 条', NEW.seq USING ERRCODE = 'DZ001';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- 行的摘要照旧：改了名的列以原名参与（matter_id 即 document_id，from_matter、to_matter 即 from_document、to_document）。
CREATE OR REPLACE FUNCTION dz_row_digest(name text, r jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to('dianzhang/row/1' || E'\n' || name || E'\n' ||
    (SELECT coalesce(jsonb_object_agg(CASE k WHEN 'matter_id' THEN 'document_id' WHEN 'from_matter' THEN 'from_document' WHEN 'to_matter' THEN 'to_document' ELSE k END, v), '{}'::jsonb)::text
      FROM jsonb_each(r - ARRAY['sent_command_id', 'search', 'search_form']) AS e(k, v) WHERE v <> 'null'::jsonb), 'UTF8')), 'hex')
$$;
--> statement-breakpoint
DROP TRIGGER "deadlines_bound" ON "deadlines";--> statement-breakpoint
CREATE TRIGGER deadlines_bound AFTER INSERT OR UPDATE ON deadlines FOR EACH ROW EXECUTE FUNCTION dz_bind_row('matter_id', 'key');
--> statement-breakpoint
-- 案卷一行约三千字节，每条命令都要重写：放得进一页就不压缩、不移出。
ALTER TABLE "matters" SET (toast_tuple_target = 8160);
