-- 数据库自身的守卫：台账、拒绝记录、文本、意见、封存只增不改；已发出的号码不得更改；已公布的文本不得更改。
-- 违反时的 SQLSTATE 为 DZ001。恢复备份由表的所有者暂时停用触发器。
CREATE FUNCTION dz_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% 只能新增，不得更改或者删除（%）', TG_TABLE_NAME, TG_OP USING ERRCODE = 'DZ001';
END $$;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['ledger_events','refusals','command_log','texts','artefacts','blobs','comments','comment_dispositions','rule_packs','holiday_notices','ledger_seals'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION dz_refuse()', t || '_append_only', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse()', t || '_no_truncate', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['documents','numbers','number_series','register_entries','public_consultations'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION dz_refuse()', t || '_no_delete', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse()', t || '_no_truncate', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION dz_documents_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.jurisdiction_id <> OLD.jurisdiction_id OR NEW.id <> OLD.id OR NEW.created_at <> OLD.created_at OR NEW.proposed_by <> OLD.proposed_by THEN
    RAISE EXCEPTION '案卷的标识与立项信息不得更改' USING ERRCODE = 'DZ001';
  END IF;
  IF NEW.version < OLD.version OR NEW.ledger_seq < OLD.ledger_seq THEN
    RAISE EXCEPTION '案卷的版本与台账序号只能前进' USING ERRCODE = 'DZ001';
  END IF;
  IF NEW.ledger_seq = OLD.ledger_seq AND (NEW.ledger_head <> OLD.ledger_head OR NEW.snapshot <> OLD.snapshot OR NEW.stage <> OLD.stage) THEN
    RAISE EXCEPTION '案卷状态的变化必须伴随台账记录' USING ERRCODE = 'DZ001';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER documents_forward BEFORE UPDATE ON documents FOR EACH ROW EXECUTE FUNCTION dz_documents_forward();
--> statement-breakpoint
-- 台账必须首尾相连：序号连续，prev_hash 等于前一条的 hash。
CREATE FUNCTION dz_ledger_linked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE previous text;
BEGIN
  IF NEW.seq = 1 THEN
    IF NEW.prev_hash <> repeat('0', 64) THEN
      RAISE EXCEPTION '台账首条的前一摘要应为零' USING ERRCODE = 'DZ001';
    END IF;
  ELSE
    SELECT hash INTO previous FROM ledger_events WHERE jurisdiction_id = NEW.jurisdiction_id AND document_id = NEW.document_id AND seq = NEW.seq - 1;
    IF previous IS DISTINCT FROM NEW.prev_hash THEN
      RAISE EXCEPTION '台账不相连：第 % 条', NEW.seq USING ERRCODE = 'DZ001';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_events_linked BEFORE INSERT ON ledger_events FOR EACH ROW EXECUTE FUNCTION dz_ledger_linked();
--> statement-breakpoint
CREATE FUNCTION dz_numbers_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.jurisdiction_id, NEW.series, NEW.year, NEW.seq, NEW.kind, NEW.text, NEW.at) IS DISTINCT FROM (OLD.jurisdiction_id, OLD.series, OLD.year, OLD.seq, OLD.kind, OLD.text, OLD.at) THEN
    RAISE EXCEPTION '已发出的号码不得更改：%', OLD.text USING ERRCODE = 'DZ001';
  END IF;
  IF NOT (OLD.status = 'issued' AND NEW.status = 'void' AND NEW.document_id IS NOT DISTINCT FROM OLD.document_id
       OR OLD.status = 'reserved' AND NEW.status IN ('issued', 'void')) THEN
    RAISE EXCEPTION '号码 % 不能由 % 变为 %', OLD.text, OLD.status, NEW.status USING ERRCODE = 'DZ001';
  END IF;
  IF OLD.status = 'issued' AND EXISTS (SELECT 1 FROM register_entries r WHERE r.jurisdiction_id = OLD.jurisdiction_id AND r.document_id = OLD.document_id) THEN
    RAISE EXCEPTION '文件已经公布，号码 % 不得作废', OLD.text USING ERRCODE = 'DZ001';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER numbers_guard BEFORE UPDATE ON numbers FOR EACH ROW EXECUTE FUNCTION dz_numbers_guard();
--> statement-breakpoint
CREATE FUNCTION dz_series_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.jurisdiction_id, NEW.series, NEW.year, NEW.kind) IS DISTINCT FROM (OLD.jurisdiction_id, OLD.series, OLD.year, OLD.kind) OR NEW.last_seq <> OLD.last_seq + 1 THEN
    RAISE EXCEPTION '编号系列只能逐一递增：%〔%〕', OLD.series, OLD.year USING ERRCODE = 'DZ001';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER number_series_forward BEFORE UPDATE ON number_series FOR EACH ROW EXECUTE FUNCTION dz_series_forward();
--> statement-breakpoint
-- 已公布的条目：只有效力事件可以追加，解读可以由空到有。
CREATE FUNCTION dz_register_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before_events jsonb := OLD.force_events;
BEGIN
  IF (to_jsonb(NEW) - 'force_events' - 'interpretation' - 'interpretation_url') IS DISTINCT FROM (to_jsonb(OLD) - 'force_events' - 'interpretation' - 'interpretation_url') THEN
    RAISE EXCEPTION '已公布的文件不得更改：%', OLD.title USING ERRCODE = 'DZ001';
  END IF;
  IF OLD.interpretation IS NOT NULL AND (NEW.interpretation IS DISTINCT FROM OLD.interpretation OR NEW.interpretation_url IS DISTINCT FROM OLD.interpretation_url) THEN
    RAISE EXCEPTION '已公布的解读不得更改：%', OLD.title USING ERRCODE = 'DZ001';
  END IF;
  IF jsonb_array_length(NEW.force_events) < jsonb_array_length(before_events)
     OR EXISTS (SELECT 1 FROM jsonb_array_elements(before_events) WITH ORDINALITY AS o(event, n) WHERE NEW.force_events -> (o.n::int - 1) IS DISTINCT FROM o.event) THEN
    RAISE EXCEPTION '效力事件只能追加：%', OLD.title USING ERRCODE = 'DZ001';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER register_entries_guard BEFORE UPDATE ON register_entries FOR EACH ROW EXECUTE FUNCTION dz_register_guard();
--> statement-breakpoint
-- 征求意见：冻结的稿件与说明不得更改；截止只能在截止之前延后；关闭与反馈只能一次。
CREATE FUNCTION dz_consultation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.jurisdiction_id, NEW.id, NEW.document_id, NEW.n, NEW.body, NEW.text_hash, NEW.explanatory_note, NEW.opened_at, NEW.shortened, NEW.minimum)
     IS DISTINCT FROM (OLD.jurisdiction_id, OLD.id, OLD.document_id, OLD.n, OLD.body, OLD.text_hash, OLD.explanatory_note, OLD.opened_at, OLD.shortened, OLD.minimum) THEN
    RAISE EXCEPTION '征求意见稿及其说明在公布后不得更改' USING ERRCODE = 'DZ001';
  END IF;
  IF NEW.closes_at < OLD.closes_at OR (OLD.closed_at IS NOT NULL AND (NEW.closes_at <> OLD.closes_at OR NEW.closed_at IS DISTINCT FROM OLD.closed_at)) THEN
    RAISE EXCEPTION '征求意见的期限只能在截止之前延长' USING ERRCODE = 'DZ001';
  END IF;
  IF OLD.feedback_at IS NOT NULL AND (NEW.feedback IS DISTINCT FROM OLD.feedback OR NEW.feedback_at IS DISTINCT FROM OLD.feedback_at) THEN
    RAISE EXCEPTION '已公布的采纳情况不得更改' USING ERRCODE = 'DZ001';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER public_consultations_guard BEFORE UPDATE ON public_consultations FOR EACH ROW EXECUTE FUNCTION dz_consultation_guard();
