ALTER TABLE "register_entries" ADD COLUMN "search_form" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "register_entries_search_form" ON "register_entries" USING btree ("jurisdiction_id","id") WHERE "register_entries"."search_form" < 2;--> statement-breakpoint
-- 检索的词元由其余各栏算出，算法换版（search_form 增大）时可以重算一次；公布的内容仍然不得更改。
CREATE OR REPLACE FUNCTION dz_register_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before_events jsonb := OLD.force_events;
  free text[] := ARRAY['force_events', 'interpretation', 'interpretation_url']
    || CASE WHEN NEW.search_form > OLD.search_form THEN ARRAY['search', 'search_form'] ELSE ARRAY[]::text[] END;
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
