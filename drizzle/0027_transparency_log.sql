CREATE TABLE "tlog_checkpoints" (
	"jurisdiction_id" text NOT NULL,
	"origin" text NOT NULL,
	"size" bigint NOT NULL,
	"root" text NOT NULL,
	"note" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "tlog_checkpoints_jurisdiction_id_origin_size_pk" PRIMARY KEY("jurisdiction_id","origin","size")
);
--> statement-breakpoint
CREATE TABLE "tlog_cosignatures" (
	"jurisdiction_id" text NOT NULL,
	"origin" text NOT NULL,
	"size" bigint NOT NULL,
	"witness" text NOT NULL,
	"line" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "tlog_cosignatures_jurisdiction_id_origin_size_witness_pk" PRIMARY KEY("jurisdiction_id","origin","size","witness")
);
--> statement-breakpoint
CREATE TABLE "tlog_entries" (
	"jurisdiction_id" text NOT NULL,
	"idx" bigint NOT NULL,
	"type" text NOT NULL,
	"subject" text,
	"at" timestamp (3) with time zone NOT NULL,
	"entry" text NOT NULL,
	"leaf" "bytea" NOT NULL,
	"recovered" boolean DEFAULT false NOT NULL,
	CONSTRAINT "tlog_entries_jurisdiction_id_idx_pk" PRIMARY KEY("jurisdiction_id","idx"),
	CONSTRAINT "tlog_entries_length" CHECK (octet_length("tlog_entries"."entry") <= 65535)
);
--> statement-breakpoint
CREATE TABLE "tlog_tiles" (
	"jurisdiction_id" text NOT NULL,
	"level" integer NOT NULL,
	"n" bigint NOT NULL,
	"hashes" "bytea" NOT NULL,
	"root" "bytea" NOT NULL,
	CONSTRAINT "tlog_tiles_jurisdiction_id_level_n_pk" PRIMARY KEY("jurisdiction_id","level","n")
);
--> statement-breakpoint
ALTER TABLE "tlog_checkpoints" ADD CONSTRAINT "tlog_checkpoints_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tlog_cosignatures" ADD CONSTRAINT "tlog_cosignatures_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tlog_entries" ADD CONSTRAINT "tlog_entries_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tlog_tiles" ADD CONSTRAINT "tlog_tiles_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tlog_entries_subject" ON "tlog_entries" USING btree ("jurisdiction_id","subject","idx");--> statement-breakpoint
CREATE INDEX "tlog_entries_at" ON "tlog_entries" USING btree ("jurisdiction_id","at");
--> statement-breakpoint
-- 公开日志。条目是规范 JSON（RFC 8785），键按字母排列；只有摘要与公开的事实，没有文字，没有人。
CREATE FUNCTION dz_tlog_text(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(to_json(value)::text, 'null')
$$;
--> statement-breakpoint
CREATE FUNCTION dz_tlog_day(value date) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce('"' || to_char(value, 'YYYY-MM-DD') || '"', 'null')
$$;
--> statement-breakpoint
CREATE FUNCTION dz_tlog_digest(name text, content text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to('dianzhang/tlog/' || name || E'/1\n' || content, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
-- 登记条目此刻公开的全部：正文与附件的摘要、公开附件的摘要、名称与号码等说明的摘要、日期、效力变动。变动的理由不进日志；条款写作地址，写不成地址的写摘要。
CREATE FUNCTION dz_tlog_document(r register_entries) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT '{"content":' || dz_tlog_text(r.text_hash)
    || ',"effective":' || dz_tlog_day(r.effective_date)
    || ',"files":' || dz_tlog_text(dz_tlog_digest('files', coalesce((
      SELECT '[' || string_agg('{"mediaType":' || dz_tlog_text(f.x ->> 'mediaType') || ',"name":' || dz_tlog_text(f.x ->> 'name') || ',"sha256":' || dz_tlog_text(f.x ->> 'sha256') || '}', ',' ORDER BY f.n) || ']'
      FROM jsonb_array_elements(coalesce(r.public_files, r.attachments)) WITH ORDINALITY AS f(x, n)), '[]')))
    || ',"force":' || coalesce((
      SELECT '[' || string_agg('{"by":' || dz_tlog_text(e.x ->> 'byDocument')
        || ',"clauses":' || coalesce((
          SELECT '[' || string_agg(dz_tlog_text(CASE WHEN c.x ~ '^[第条款项目章节编附件一二三四五六七八九十百千零〇0-9（）()之、]{1,60}$' THEN c.x ELSE dz_tlog_digest('clause', c.x) END), ',' ORDER BY c.n) || ']'
          FROM jsonb_array_elements_text(CASE jsonb_typeof(e.x -> 'provisions') WHEN 'array' THEN e.x -> 'provisions' ELSE '[]'::jsonb END) WITH ORDINALITY AS c(x, n)), '[]')
        || ',"follows":' || CASE WHEN e.x -> 'follows' = 'true'::jsonb THEN 'true' ELSE 'false' END
        || ',"kind":' || dz_tlog_text(e.x ->> 'kind')
        || ',"on":' || dz_tlog_text(e.x ->> 'on')
        || ',"undoes":' || coalesce(e.x ->> 'undoes', 'null') || '}', ',' ORDER BY e.n) || ']'
      FROM jsonb_array_elements(r.force_events) WITH ORDINALITY AS e(x, n)), '[]')
    || ',"interpretation":' || CASE WHEN r.interpretation IS NULL AND r.interpretation_url IS NULL THEN 'null' ELSE
      dz_tlog_text(dz_tlog_digest('interpretation', '{"text":' || dz_tlog_text(r.interpretation) || ',"url":' || dz_tlog_text(r.interpretation_url) || '}')) END
    || ',"meta":' || dz_tlog_text(dz_tlog_digest('meta', '{"adopted":' || dz_tlog_day(r.adoption_date)
      || ',"category":' || dz_tlog_text(r.category) || ',"genre":' || dz_tlog_text(r.genre) || ',"id":' || dz_tlog_text(r.id)
      || ',"index":' || dz_tlog_text(r.index_number)
      || ',"issuers":[' || coalesce((SELECT string_agg(dz_tlog_text(i.x), ',' ORDER BY i.n) FROM unnest(r.issuers) WITH ORDINALITY AS i(x, n)), '')
      || '],"number":' || dz_tlog_text(r.document_number) || ',"registry":' || dz_tlog_text(r.registry_number)
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
-- 追加一条。序号在本事务提交时才取，同一法域的锁只占到提交；因此没有空号，取不到锁的等待也短。
CREATE FUNCTION dz_tlog_append(j text, what text, about text, digest text, doc text, new_key text, moment timestamptz) RETURNS bigint LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
  place bigint;
  before bigint;
  instant timestamptz(3) := moment;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('dianzhang tlog ' || j, 0));
  SELECT coalesce(max(t.idx), -1) + 1 INTO place FROM tlog_entries t WHERE t.jurisdiction_id = j;
  IF about IS NOT NULL THEN
    SELECT max(t.idx) INTO before FROM tlog_entries t WHERE t.jurisdiction_id = j AND t.subject = about;
  END IF;
  INSERT INTO tlog_entries (jurisdiction_id, idx, type, subject, at, entry, leaf)
  VALUES (j, place, what, about, instant, '{"at":"' || to_char(instant, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"'
    || CASE WHEN doc IS NULL THEN '' ELSE ',"document":' || doc END
    || CASE WHEN new_key IS NULL THEN '' ELSE ',"key":' || dz_tlog_text(new_key) END
    || ',"log":' || dz_tlog_text(j) || ',"prev":' || coalesce(before::text, 'null')
    || ',"record":' || dz_tlog_text(digest) || ',"subject":' || dz_tlog_text(about)
    || ',"type":' || dz_tlog_text(what) || ',"v":1}', ''::bytea);
  RETURN place;
END $$;
--> statement-breakpoint
-- 日志的守卫：序号紧接上一条，叶的摘要由数据库自己算。
CREATE FUNCTION dz_tlog_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('dianzhang tlog ' || NEW.jurisdiction_id, 0));
  IF NEW.idx <> (SELECT coalesce(max(t.idx), -1) + 1 FROM tlog_entries t WHERE t.jurisdiction_id = NEW.jurisdiction_id) THEN
    RAISE EXCEPTION '公开日志的序号必须逐条相接：%', NEW.idx USING ERRCODE = 'DZ001';
  END IF;
  NEW.leaf := sha256('\x00'::bytea || convert_to(NEW.entry, 'UTF8'));
  RETURN NEW;
END $$;
--> statement-breakpoint
-- 登记库说的话一变，日志就多一条：同一事务，提交时取号。没有公开的条目不进日志。
CREATE FUNCTION dz_tlog_register() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
  what text;
  doc text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.disclosure <> 'active' THEN RETURN NULL; END IF;
    PERFORM dz_tlog_append(NEW.jurisdiction_id, CASE NEW.origin WHEN 'made' THEN 'publish' ELSE 'import' END, NEW.id, NULL, dz_tlog_document(NEW), NULL, NEW.created_at);
    RETURN NULL;
  END IF;
  IF NEW.disclosure <> 'active' AND OLD.disclosure <> 'active' THEN RETURN NULL; END IF;
  doc := dz_tlog_document(NEW);
  IF NEW.disclosure <> 'active' THEN what := 'withdraw'; doc := NULL;
  ELSIF NEW.disclosure = OLD.disclosure AND doc = dz_tlog_document(OLD) THEN RETURN NULL;
  ELSIF jsonb_array_length(NEW.force_events) > jsonb_array_length(OLD.force_events) THEN
    what := CASE NEW.force_events -> -1 ->> 'kind' WHEN 'amended' THEN 'amend' WHEN 'repealed' THEN 'repeal' WHEN 'annulled' THEN 'annul' WHEN 'lapsed' THEN 'lapse'
      WHEN 'suspended' THEN 'suspend' WHEN 'resumed' THEN 'resume' WHEN 'restored' THEN 'restore' WHEN 'reinstated' THEN 'reinstate' ELSE 'amend' END;
  ELSIF NEW.interpretation IS DISTINCT FROM OLD.interpretation OR NEW.interpretation_url IS DISTINCT FROM OLD.interpretation_url THEN what := 'interpret';
  ELSE what := 'term';
  END IF;
  PERFORM dz_tlog_append(NEW.jurisdiction_id, what, NEW.id, NULL, doc, NULL,
    coalesce((SELECT max(e.at) FROM ledger_events e WHERE e.jurisdiction_id = NEW.jurisdiction_id), clock_timestamp()));
  RETURN NULL;
END $$;
--> statement-breakpoint
-- 其余公开的行为：台账里哪些事件进日志。办理审查建议的不写是哪一件。
CREATE FUNCTION dz_tlog_kind(process text, event text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE process || '/' || event
    WHEN 'normative-document/ConsultationOpened' THEN 'consultation_open' WHEN 'normative-document/ConsultationExtended' THEN 'consultation_extend'
    WHEN 'normative-document/ConsultationClosed' THEN 'consultation_close' WHEN 'normative-document/FeedbackPublished' THEN 'feedback'
    WHEN 'normative-document/FilingSent' THEN 'filing_sent' WHEN 'normative-document/FilingRegistered' THEN 'filing_receipt'
    WHEN 'normative-document/EffectTaken' THEN 'take_effect' WHEN 'normative-document/ForceEventApplied' THEN 'take_effect'
    WHEN 'cleanup/CensusFrozen' THEN 'census' WHEN 'cleanup/CleanupDecided' THEN 'cleanup_decision' WHEN 'cleanup/ResultPublished' THEN 'cleanup_result'
    WHEN 'evaluation/ReportPublished' THEN 'evaluation' WHEN 'review-suggestion/SuggestionAnswered' THEN 'suggestion_reply' END
$$;
--> statement-breakpoint
CREATE FUNCTION dz_tlog_ledger() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE what text := dz_tlog_kind(coalesce(NEW.body ->> 'process', 'normative-document'), NEW.type);
BEGIN
  IF what IS NOT NULL THEN
    PERFORM dz_tlog_append(NEW.jurisdiction_id, what, CASE what WHEN 'suggestion_reply' THEN NULL ELSE NEW.matter_id END, NEW.hash, NULL, NULL, NEW.at);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION dz_tlog_seal() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
BEGIN
  PERFORM dz_tlog_append(NEW.jurisdiction_id, 'seal', to_char(NEW.day, 'YYYY-MM-DD'), NEW.seal, NULL, NULL, NEW.at);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION dz_tlog_number() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
BEGIN
  IF NEW.status = 'void' AND OLD.status = 'issued' AND NEW.kind = 'document' THEN
    PERFORM dz_tlog_append(NEW.jurisdiction_id, 'number_void', NEW.text, NULL, NULL, NULL, NEW.voided_at);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- 已有的历史按先后补记：登记、各次效力变动（办理时刻取自台账，取不到的取变动之日，不晚于现在）、台账中公开的行为、封存、作废的文号。
DO $$
DECLARE
  act record;
  entry register_entries;
BEGIN
  SET LOCAL timezone = 'UTC';
  FOR act IN
    SELECT x.* FROM (
      SELECT r.jurisdiction_id AS j, r.created_at AS at, 0 AS rank, r.id AS about, 0 AS n, NULL::text AS what, NULL::text AS digest FROM register_entries r WHERE r.disclosure = 'active'
      UNION ALL
      SELECT r.jurisdiction_id, greatest(r.created_at, coalesce(l.at, least((f.x ->> 'on')::date::timestamptz - interval '8 hours', now()))), 1, r.id, f.n::int, NULL, NULL
      FROM register_entries r CROSS JOIN LATERAL jsonb_array_elements(r.force_events) WITH ORDINALITY AS f(x, n)
      LEFT JOIN LATERAL (
        SELECT e.at, row_number() OVER (ORDER BY e.seq) AS n FROM ledger_events e
        WHERE e.jurisdiction_id = r.jurisdiction_id AND e.matter_id = r.document_id AND e.type IN ('ForceEventRecorded', 'ForceEventScheduled', 'ForceRestored')
      ) l ON l.n = f.n
      WHERE r.disclosure = 'active' AND r.force_events <> '[]'::jsonb
      UNION ALL
      SELECT e.jurisdiction_id, e.at, 2, CASE dz_tlog_kind(m.process, e.type) WHEN 'suggestion_reply' THEN NULL ELSE e.matter_id END, e.seq, dz_tlog_kind(m.process, e.type), e.hash
      FROM ledger_events e JOIN matters m ON m.jurisdiction_id = e.jurisdiction_id AND m.id = e.matter_id WHERE dz_tlog_kind(m.process, e.type) IS NOT NULL
      UNION ALL
      SELECT s.jurisdiction_id, s.at, 3, to_char(s.day, 'YYYY-MM-DD'), 0, 'seal', s.seal FROM ledger_seals s
      UNION ALL
      SELECT v.jurisdiction_id, v.voided_at, 4, v.text, 0, 'number_void', NULL FROM numbers v WHERE v.status = 'void' AND v.kind = 'document' AND v.document_id IS NOT NULL
    ) x ORDER BY x.at, x.rank, x.about, x.n
  LOOP
    IF act.what IS NULL THEN
      SELECT r.* INTO entry FROM register_entries r WHERE r.jurisdiction_id = act.j AND r.id = act.about;
      entry.force_events := coalesce((SELECT jsonb_agg(f.x ORDER BY f.n) FROM jsonb_array_elements(entry.force_events) WITH ORDINALITY AS f(x, n) WHERE f.n <= act.n), '[]'::jsonb);
      act.what := CASE WHEN act.n = 0 THEN CASE entry.origin WHEN 'made' THEN 'publish' ELSE 'import' END ELSE
        CASE entry.force_events -> -1 ->> 'kind' WHEN 'amended' THEN 'amend' WHEN 'repealed' THEN 'repeal' WHEN 'annulled' THEN 'annul' WHEN 'lapsed' THEN 'lapse'
          WHEN 'suspended' THEN 'suspend' WHEN 'resumed' THEN 'resume' WHEN 'restored' THEN 'restore' WHEN 'reinstated' THEN 'reinstate' ELSE 'amend' END END;
      PERFORM dz_tlog_append(act.j, act.what, act.about, NULL, dz_tlog_document(entry), NULL, act.at);
    ELSE
      PERFORM dz_tlog_append(act.j, act.what, act.about, act.digest, NULL, NULL, act.at);
    END IF;
  END LOOP;
  UPDATE tlog_entries t SET leaf = sha256('\x00'::bytea || convert_to(t.entry, 'UTF8'));
END $$;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['tlog_entries', 'tlog_tiles', 'tlog_checkpoints', 'tlog_cosignatures'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION dz_refuse()', name || '_append_only', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse()', name || '_no_truncate', name);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE TRIGGER tlog_entries_next BEFORE INSERT ON tlog_entries FOR EACH ROW EXECUTE FUNCTION dz_tlog_next();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER register_entries_logged AFTER INSERT OR UPDATE ON register_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dz_tlog_register();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_events_logged AFTER INSERT ON ledger_events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dz_tlog_ledger();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_seals_logged AFTER INSERT ON ledger_seals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dz_tlog_seal();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER numbers_logged AFTER UPDATE ON numbers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dz_tlog_number();
