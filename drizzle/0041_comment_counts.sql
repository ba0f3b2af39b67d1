-- 征求意见的页面写着收到多少条意见：意见及其核对、归并、公布每有变动，同样记一行，另成一类，别的页面不因一条意见作废。
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['comments','comment_entries','comment_holds','comment_groups','comment_publications'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH STATEMENT EXECUTE FUNCTION dz_public_changed(''comments'')', t || '_public_changed', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- 文件终止以后，它的征求意见页面不再说采纳情况的期限：此时也记一行；其余的办理照旧不在公众的页面上。
CREATE OR REPLACE FUNCTION dz_public_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE j text := 'CN';
BEGIN
  IF TG_LEVEL = 'ROW' THEN
    IF TG_TABLE_NAME ~ '^matters' THEN
      IF NEW.process = 'office' OR (NEW.process = 'normative-document' AND NEW.stage NOT LIKE 'closed%') THEN
        RETURN NULL;
      END IF;
    END IF;
    IF TG_TABLE_NAME ~ '^jurisdictions' THEN
      IF TG_OP = 'DELETE' THEN j := OLD.id; ELSE j := NEW.id; END IF;
    ELSIF TG_OP = 'DELETE' THEN j := OLD.jurisdiction_id;
    ELSE j := NEW.jurisdiction_id;
    END IF;
  END IF;
  INSERT INTO public_writes (jurisdiction_id, scope, transaction, n) VALUES (j, TG_ARGV[0], pg_current_xact_id()::text::bigint, 1)
    ON CONFLICT (jurisdiction_id, scope, transaction) DO UPDATE SET n = public_writes.n + 1;
  RETURN NULL;
END $$;
