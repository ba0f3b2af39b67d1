-- “此处不改”的理由与随材料冻结的检查结果只增不改；工作稿可以改、可以清除，不在此列。
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['finding_waivers','review_findings'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION dz_refuse()', t || '_append_only', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse()', t || '_no_truncate', t);
  END LOOP;
END $$;
