CREATE TABLE "tlog_due" (
	"jurisdiction_id" text NOT NULL,
	"n" bigint GENERATED ALWAYS AS IDENTITY (sequence name "tlog_due_n_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subjects" text[] NOT NULL,
	"moments" timestamp (3) with time zone[] NOT NULL,
	"documents" text[] NOT NULL,
	CONSTRAINT "tlog_due_jurisdiction_id_n_pk" PRIMARY KEY("jurisdiction_id","n")
);
--> statement-breakpoint
ALTER TABLE "tlog_due" ADD CONSTRAINT "tlog_due_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- 规范的文字与摘要：标作 STABLE（它们所用的函数如此），查询才会把它们就地展开，不再逐个调用；结果一字不变。
CREATE OR REPLACE FUNCTION dz_tlog_text(value text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(to_json(value)::text, 'null')
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION dz_tlog_digest(name text, content text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to('dianzhang/tlog/' || name || E'/1\n' || content, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
-- 附件、效力变动的部分单列：绝大多数条目没有，不必为它们各做一次子查询，登记条目的那一段因此可以就地展开。
CREATE FUNCTION dz_tlog_files(list jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT '[' || string_agg('{"mediaType":' || dz_tlog_text(f.x ->> 'mediaType') || ',"name":' || dz_tlog_text(f.x ->> 'name') || ',"sha256":' || dz_tlog_text(f.x ->> 'sha256') || '}', ',' ORDER BY f.n) || ']'
  FROM jsonb_array_elements(list) WITH ORDINALITY AS f(x, n)
$$;
--> statement-breakpoint
CREATE FUNCTION dz_tlog_force(list jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT '[' || string_agg('{"by":' || dz_tlog_text(e.x ->> 'byDocument')
    || ',"clauses":' || coalesce((
      SELECT '[' || string_agg(dz_tlog_text(CASE WHEN c.x ~ '^[第条款项目章节编附件一二三四五六七八九十百千零〇0-9（）()之、]{1,60}$' THEN c.x ELSE dz_tlog_digest('clause', c.x) END), ',' ORDER BY c.n) || ']'
      FROM jsonb_array_elements_text(CASE jsonb_typeof(e.x -> 'provisions') WHEN 'array' THEN e.x -> 'provisions' ELSE '[]'::jsonb END) WITH ORDINALITY AS c(x, n)), '[]')
    || ',"follows":' || CASE WHEN e.x -> 'follows' = 'true'::jsonb THEN 'true' ELSE 'false' END
    || ',"kind":' || dz_tlog_text(e.x ->> 'kind')
    || ',"on":' || dz_tlog_text(e.x ->> 'on')
    || ',"undoes":' || coalesce(e.x ->> 'undoes', 'null') || '}', ',' ORDER BY e.n) || ']'
  FROM jsonb_array_elements(list) WITH ORDINALITY AS e(x, n)
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION dz_tlog_document(r register_entries) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT '{"content":' || dz_tlog_text(r.text_hash)
    || ',"effective":' || dz_tlog_day(r.effective_date)
    || ',"files":' || dz_tlog_text(dz_tlog_digest('files', CASE coalesce(r.public_files, r.attachments) WHEN '[]' THEN '[]' ELSE coalesce(dz_tlog_files(coalesce(r.public_files, r.attachments)), '[]') END))
    || ',"force":' || CASE r.force_events WHEN '[]' THEN '[]' ELSE coalesce(dz_tlog_force(r.force_events), '[]') END
    || ',"interpretation":' || CASE WHEN r.interpretation IS NULL AND r.interpretation_url IS NULL THEN 'null' ELSE
      dz_tlog_text(dz_tlog_digest('interpretation', '{"text":' || dz_tlog_text(r.interpretation) || ',"url":' || dz_tlog_text(r.interpretation_url) || '}')) END
    || ',"meta":' || dz_tlog_text(dz_tlog_digest('meta', '{"adopted":' || dz_tlog_day(r.adoption_date)
      || ',"category":' || dz_tlog_text(r.category) || ',"genre":' || dz_tlog_text(r.genre) || ',"id":' || dz_tlog_text(r.id)
      || ',"index":' || dz_tlog_text(r.index_number)
      || ',"issuers":' || to_json(r.issuers)::text
      || ',"number":' || dz_tlog_text(r.document_number) || ',"registry":' || dz_tlog_text(r.registry_number)
      || ',"subject":' || dz_tlog_text(r.subject) || ',"tier":' || dz_tlog_text(r.tier) || ',"title":' || dz_tlog_text(r.title)
      || ',"wjbs":' || dz_tlog_text(r.wjbs) || '}'))
    || ',"number":' || dz_tlog_text(r.document_number)
    || ',"origin":' || dz_tlog_text(r.origin)
    || ',"published":' || dz_tlog_day(r.published_on)
    || ',"recorded":' || dz_tlog_day((r.created_at AT TIME ZONE 'Asia/Shanghai')::date)
    || ',"stated":' || CASE WHEN r.source_status ~ '^[一-龥]{1,12}$' AND r.source_status ~ '效|废|失|停|暂|中止|撤|修|保留|行|用|正常|作废|期|执行' THEN dz_tlog_text(r.source_status) ELSE 'null' END
    || ',"until":' || dz_tlog_day(r.valid_until) || '}'
$$;
--> statement-breakpoint
-- 每行只转换一次：原先每引用一次就把整行（连正文）重新转换一次。
CREATE OR REPLACE FUNCTION dz_office_changed() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE entry record;
BEGIN
  FOR entry IN
    SELECT x.j, jsonb_agg(jsonb_build_array(x.key, x.digest) ORDER BY x.key) AS list
    FROM (
      SELECT coalesce(c.r ->> 'jurisdiction_id', 'CN') AS j, dz_row_key(c.r, TG_ARGV) AS key,
        CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE dz_row_digest(TG_TABLE_NAME, c.r) END AS digest
      FROM (SELECT to_jsonb(changed) AS r FROM changed OFFSET 0) c
      WHERE TG_TABLE_NAME NOT IN ('numbers', 'register_entries') OR c.r ->> 'document_id' IS NULL
      OFFSET 0
    ) x GROUP BY 1
  LOOP
    PERFORM dz_office_record(entry.j, TG_TABLE_NAME, lower(TG_OP), entry.list);
  END LOOP;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- 导入的条目整句记下，提交时一次追加；内容与次序同逐行追加的一字不差。记下的是这一句写入的样子，此后本事务再改动的，另由改动的触发器追加。
CREATE FUNCTION dz_tlog_imported() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
BEGIN
  INSERT INTO tlog_due (jurisdiction_id, subjects, moments, documents)
  SELECT x.jurisdiction_id, array_agg(x.id ORDER BY x.n), array_agg(x.created_at ORDER BY x.n), array_agg(x.document ORDER BY x.n)
  FROM (
    SELECT w.jurisdiction_id, w.id, w.created_at, dz_tlog_document(w) AS document, row_number() OVER () AS n
    FROM written w WHERE w.origin = 'imported' AND w.disclosure = 'active'
  ) x
  -- 一次写入上万条的，分几行记下。
  GROUP BY x.jurisdiction_id, (x.n - 1) / 2000 ORDER BY min(x.n);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION dz_tlog_due() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
  j text := NEW.jurisdiction_id;
  last bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('dianzhang tlog ' || j, 0));
  SELECT coalesce(max(t.idx), -1) INTO last FROM tlog_entries t WHERE t.jurisdiction_id = j;
  INSERT INTO tlog_entries (jurisdiction_id, idx, type, subject, at, entry, leaf)
  SELECT j, last + d.n, 'import', d.subject, d.moment, '{"at":"' || to_char(d.moment, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"'
    || ',"document":' || d.document || ',"log":' || dz_tlog_text(j)
    || ',"prev":' || coalesce((SELECT max(t.idx) FROM tlog_entries t WHERE t.jurisdiction_id = j AND t.subject = d.subject)::text, 'null')
    || ',"record":null,"subject":' || dz_tlog_text(d.subject) || ',"type":"import","v":1}', ''::bytea
  FROM unnest(NEW.subjects, NEW.moments, NEW.documents) WITH ORDINALITY AS d(subject, moment, document, n) ORDER BY d.n;
  DELETE FROM tlog_due WHERE jurisdiction_id = j AND n = NEW.n;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER register_entries_logged ON register_entries;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER register_entries_logged AFTER UPDATE ON register_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dz_tlog_register();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER register_entries_made_logged AFTER INSERT ON register_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.origin <> 'imported') EXECUTE FUNCTION dz_tlog_register();
--> statement-breakpoint
CREATE TRIGGER register_entries_imported_logged AFTER INSERT ON register_entries REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION dz_tlog_imported();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER tlog_due_logged AFTER INSERT ON tlog_due DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dz_tlog_due();
