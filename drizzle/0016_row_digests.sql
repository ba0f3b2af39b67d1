CREATE TABLE "office_ledger" (
	"jurisdiction_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"table_name" text NOT NULL,
	"op" text NOT NULL,
	"rows" jsonb NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "office_ledger_jurisdiction_id_seq_pk" PRIMARY KEY("jurisdiction_id","seq")
);
--> statement-breakpoint
ALTER TABLE "office_acts" DROP CONSTRAINT "office_acts_kind";--> statement-breakpoint
ALTER TABLE "ledger_seals" ADD COLUMN "office" jsonb;--> statement-breakpoint
ALTER TABLE "refusals" ADD COLUMN "request_hash" text;--> statement-breakpoint
ALTER TABLE "office_acts" ADD CONSTRAINT "office_acts_kind" CHECK ("office_acts"."kind" in ('person_added','person_disabled','person_enabled','posts_changed','password_reset','unit_added','unit_changed','body_added','body_changed','backup_restored','numbers_confirmed'));
--> statement-breakpoint
-- 一行的摘要：sha256( "dianzhang/row/1\n" + 表名 + "\n" + 去掉空值各列之后的 jsonb 原文 )；时刻按 UTC。去掉空值，是为了以后新增可空的列时
-- 旧的摘要仍然成立；新增不可空的列须在同一迁移里为该表重立基线（dz_office_baseline）。到期动作是否已经发出不是期限的内容，检索词元由其余各列算出、可以重算，都不参与。
CREATE FUNCTION dz_row_digest(name text, r jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to('dianzhang/row/1' || E'\n' || name || E'\n' ||
    (SELECT coalesce(jsonb_object_agg(k, v), '{}'::jsonb)::text FROM jsonb_each(r - ARRAY['sent_command_id', 'search', 'search_form']) AS e(k, v) WHERE v <> 'null'::jsonb), 'UTF8')), 'hex')
$$;
--> statement-breakpoint
CREATE FUNCTION dz_row_key(r jsonb, columns text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(r ->> c, '/' ORDER BY n) FROM unnest(columns) WITH ORDINALITY AS u(c, n)
$$;
--> statement-breakpoint
-- 案卷名下的行：摘要记在本事务的设置里，由办理命令的程序写入台账（body.rows），与台账同一条链。
CREATE FUNCTION dz_bind_row() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE digest text := dz_row_digest(TG_TABLE_NAME, to_jsonb(NEW));
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF digest = dz_row_digest(TG_TABLE_NAME, to_jsonb(OLD)) THEN RETURN NULL; END IF;
  END IF;
  PERFORM set_config('dianzhang.rows', concat_ws(',', nullif(current_setting('dianzhang.rows', true), ''),
    jsonb_build_array(TG_TABLE_NAME, dz_row_key(to_jsonb(NEW), TG_ARGV), digest)::text), true);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION dz_office_record(j text, name text, what text, list jsonb) RETURNS void LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
  last record;
  next bigint;
  previous text;
  moment timestamptz(3) := clock_timestamp();
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('dianzhang office ledger ' || j, 0));
  SELECT o.seq, o.hash INTO last FROM office_ledger o WHERE o.jurisdiction_id = j ORDER BY o.seq DESC LIMIT 1;
  next := coalesce(last.seq, 0) + 1;
  previous := coalesce(last.hash, repeat('0', 64));
  INSERT INTO office_ledger (jurisdiction_id, seq, at, table_name, op, rows, prev_hash, hash)
  VALUES (j, next, moment, name, what, list, previous,
    encode(sha256(convert_to('dianzhang/office/1' || E'\n' || previous || E'\n' ||
      jsonb_build_object('jurisdiction', j, 'seq', next, 'at', to_char(moment, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'table', name, 'op', what, 'rows', list)::text, 'UTF8')), 'hex'));
END $$;
--> statement-breakpoint
-- 不属于案卷的行：每条语句记一条办公台账。号码与登记条目属于案卷的，由案卷的台账记。
CREATE FUNCTION dz_office_changed() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE entry record;
BEGIN
  FOR entry IN
    SELECT coalesce(c.r ->> 'jurisdiction_id', 'CN') AS j,
      jsonb_agg(jsonb_build_array(dz_row_key(c.r, TG_ARGV), CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE dz_row_digest(TG_TABLE_NAME, c.r) END) ORDER BY dz_row_key(c.r, TG_ARGV)) AS list
    FROM (SELECT to_jsonb(changed) AS r FROM changed) c
    WHERE TG_TABLE_NAME NOT IN ('numbers', 'register_entries') OR c.r ->> 'document_id' IS NULL
    GROUP BY 1
  LOOP
    PERFORM dz_office_record(entry.j, TG_TABLE_NAME, lower(TG_OP), entry.list);
  END LOOP;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- 为一张表现有的各行立基线：此前的改动无从核对，此后的都看得出。
CREATE FUNCTION dz_office_baseline(name text, columns text[]) RETURNS void LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE entry record;
BEGIN
  FOR entry IN EXECUTE format(
    'SELECT coalesce(c.r ->> ''jurisdiction_id'', ''CN'') AS j, jsonb_agg(jsonb_build_array(dz_row_key(c.r, $1), dz_row_digest(%L, c.r)) ORDER BY dz_row_key(c.r, $1)) AS list FROM (SELECT to_jsonb(t) AS r FROM %I t) c GROUP BY 1', name, name) USING columns
  LOOP
    PERFORM dz_office_record(entry.j, name, 'baseline', entry.list);
  END LOOP;
END $$;
--> statement-breakpoint
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT * FROM (VALUES
    ('texts', 'document_id,n'), ('artefacts', 'document_id,kind,n'), ('finding_waivers', 'command_id,n'), ('review_findings', 'document_id,n'),
    ('public_consultations', 'id'), ('comments', 'id'), ('comment_dispositions', 'comment_id,n'), ('deadlines', 'document_id,key'),
    ('numbers', 'series,year,seq'), ('register_entries', 'id')
  ) AS x(name, key) LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE ON %I FOR EACH ROW %s EXECUTE FUNCTION dz_bind_row(%s)', t.name || '_bound', t.name,
      CASE WHEN t.name IN ('numbers', 'register_entries') THEN 'WHEN (NEW.document_id IS NOT NULL)' ELSE '' END,
      (SELECT string_agg(quote_literal(c), ', ') FROM unnest(string_to_array(t.key, ',')) c));
    PERFORM dz_office_baseline(t.name, string_to_array(t.key, ','));
  END LOOP;
  FOR t IN SELECT * FROM (VALUES
    ('jurisdictions', 'id'), ('units', 'id'), ('bodies', 'id'), ('people', 'id'), ('person_roles', 'person_id,unit_id,role'), ('delegations', 'id'),
    ('auth_users', 'id'), ('auth_accounts', 'id'), ('office_acts', 'id'), ('rule_packs', 'version'), ('holiday_notices', 'id'), ('settings', 'key'),
    ('ledger_seals', 'day'), ('refusals', 'id'), ('sends', 'id'), ('numbers', 'series,year,seq'), ('register_entries', 'id')
  ) AS x(name, key) LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION dz_office_changed(%s)', t.name || '_recorded_insert', t.name,
      (SELECT string_agg(quote_literal(c), ', ') FROM unnest(string_to_array(t.key, ',')) c));
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION dz_office_changed(%s)', t.name || '_recorded_update', t.name,
      (SELECT string_agg(quote_literal(c), ', ') FROM unnest(string_to_array(t.key, ',')) c));
    EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION dz_office_changed(%s)', t.name || '_recorded_delete', t.name,
      (SELECT string_agg(quote_literal(c), ', ') FROM unnest(string_to_array(t.key, ',')) c));
    IF t.name NOT IN ('numbers', 'register_entries') THEN PERFORM dz_office_baseline(t.name, string_to_array(t.key, ',')); END IF;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE TRIGGER office_ledger_append_only BEFORE UPDATE OR DELETE ON office_ledger FOR EACH ROW EXECUTE FUNCTION dz_refuse();
--> statement-breakpoint
CREATE TRIGGER office_ledger_no_truncate BEFORE TRUNCATE ON office_ledger FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse();
