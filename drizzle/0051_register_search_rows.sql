-- 检索索引（决定 029）回答检索已有一版；旧的词元与 GIN 不再有人读。
DROP INDEX "register_entries_search";--> statement-breakpoint
DROP INDEX "register_entries_search_form";--> statement-breakpoint
ALTER TABLE "register_entries" DROP COLUMN "search";--> statement-breakpoint
ALTER TABLE "register_entries" DROP COLUMN "search_form";
--> statement-breakpoint
-- 词元一栏没有了，可以重算的一项随之去掉；其余照旧。
CREATE OR REPLACE FUNCTION dz_register_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before_events jsonb := OLD.force_events;
  free text[] := ARRAY['force_events', 'interpretation', 'interpretation_url']
    || CASE WHEN OLD.origin = 'imported' AND OLD.valid_until IS NULL THEN ARRAY['valid_until'] ELSE ARRAY[]::text[] END;
BEGIN
  IF (to_jsonb(NEW) - free) IS DISTINCT FROM (to_jsonb(OLD) - free) THEN
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
-- 合并以后旧的块空出的地方，下一部随即用上：等到五分之一才清理，一百万件的索引就多出几百兆。
ALTER TABLE search_blocks SET (toast.autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_cost_delay = 0);
--> statement-breakpoint
ALTER TABLE search_pending SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
