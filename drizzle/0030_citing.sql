CREATE TABLE "citing" (
	"jurisdiction_id" text NOT NULL,
	"entry_id" text NOT NULL,
	"target" text NOT NULL,
	"article" text NOT NULL,
	"rank" smallint NOT NULL,
	"whole" boolean NOT NULL,
	"published_on" date NOT NULL,
	"over_from" date,
	CONSTRAINT "citing_jurisdiction_id_entry_id_target_article_rank_pk" PRIMARY KEY("jurisdiction_id","entry_id","target","article","rank")
);
--> statement-breakpoint
CREATE INDEX "citing_target" ON "citing" USING btree ("target","article","rank","published_on" DESC NULLS LAST,"entry_id","jurisdiction_id","whole","over_from");--> statement-breakpoint
CREATE INDEX "citing_closely" ON "citing" USING btree ("target","article") WHERE "citing"."over_from" is null;
--> statement-breakpoint
-- 反查用的窄行由引用关系与登记条目自己维持：写引用关系的、改条目的，不必记得它。只有公开的条目在其中。
-- 没有效力事件、来源也没有说不再有效的，何日以后失效只看有效期；其余的留空，问到时按效力事件逐件看。
CREATE FUNCTION dz_over_from(events jsonb, origin text, stated text, valid_until date) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN events <> '[]'::jsonb OR NOT (origin = 'made' OR coalesce(stated, '') IN
      ('', '有效', '现行有效', '现行', '生效', '继续有效', '试行', '保留', '予以保留', '已修改', '已修订', '已修正')) THEN NULL
    ELSE coalesce(valid_until + 1, 'infinity'::date) END
$$;
--> statement-breakpoint
CREATE FUNCTION dz_citing_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH c AS MATERIALIZED (
    SELECT w.jurisdiction_id, w.entry_id, coalesce(w.act_key, '#' || w.document_number) AS target, w.articles,
      array_position(ARRAY['basis', 'implements', 'cites', 'amends', 'repeals', 'replaces'], w.role)::smallint - 1 AS rank
    FROM written w WHERE w.entry_id IS NOT NULL AND coalesce(w.act_key, '#' || w.document_number) IS NOT NULL
  ), g AS (
    SELECT jurisdiction_id, entry_id, target, '' AS article, rank, bool_and(articles = '{}') AS whole FROM c GROUP BY 1, 2, 3, 5
    UNION ALL
    SELECT DISTINCT jurisdiction_id, entry_id, target, a.article, rank, false FROM c, unnest(c.articles) AS a(article) WHERE a.article <> ''
  )
  INSERT INTO citing (jurisdiction_id, entry_id, target, article, rank, whole, published_on, over_from)
    SELECT g.jurisdiction_id, g.entry_id, g.target, g.article, g.rank, g.whole, coalesce(r.published_on, '-infinity'::date), dz_over_from(r.force_events, r.origin, r.source_status, r.valid_until)
    FROM g JOIN register_entries r ON r.jurisdiction_id = g.jurisdiction_id AND r.id = g.entry_id WHERE r.disclosure = 'active'
    ON CONFLICT (jurisdiction_id, entry_id, target, article, rank) DO UPDATE SET whole = citing.whole AND excluded.whole;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION dz_citing_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM citing g USING (SELECT DISTINCT jurisdiction_id, entry_id FROM gone WHERE entry_id IS NOT NULL) d
    WHERE g.jurisdiction_id = d.jurisdiction_id AND g.entry_id = d.entry_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION dz_citing_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE citing g SET published_on = coalesce(w.published_on, '-infinity'::date), over_from = dz_over_from(w.force_events, w.origin, w.source_status, w.valid_until)
    FROM written w JOIN before b ON b.jurisdiction_id = w.jurisdiction_id AND b.id = w.id
    WHERE g.jurisdiction_id = w.jurisdiction_id AND g.entry_id = w.id
      AND (w.published_on, w.valid_until, w.force_events, w.source_status) IS DISTINCT FROM (b.published_on, b.valid_until, b.force_events, b.source_status);
  DELETE FROM citing g USING written w
    WHERE g.jurisdiction_id = w.jurisdiction_id AND g.entry_id = w.id AND w.disclosure <> 'active';
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER citations_citing_insert AFTER INSERT ON citations REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION dz_citing_added();
--> statement-breakpoint
CREATE TRIGGER citations_citing_delete AFTER DELETE ON citations REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION dz_citing_gone();
--> statement-breakpoint
CREATE TRIGGER register_entries_citing AFTER UPDATE ON register_entries REFERENCING OLD TABLE AS before NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION dz_citing_entry();
--> statement-breakpoint
-- 已有的引用关系：照同一办法算一遍。
WITH c AS MATERIALIZED (
  SELECT w.jurisdiction_id, w.entry_id, coalesce(w.act_key, '#' || w.document_number) AS target, w.articles,
    array_position(ARRAY['basis', 'implements', 'cites', 'amends', 'repeals', 'replaces'], w.role)::smallint - 1 AS rank
  FROM citations w WHERE w.entry_id IS NOT NULL AND coalesce(w.act_key, '#' || w.document_number) IS NOT NULL
), g AS (
  SELECT jurisdiction_id, entry_id, target, '' AS article, rank, bool_and(articles = '{}') AS whole FROM c GROUP BY 1, 2, 3, 5
  UNION ALL
  SELECT DISTINCT jurisdiction_id, entry_id, target, a.article, rank, false FROM c, unnest(c.articles) AS a(article) WHERE a.article <> ''
)
INSERT INTO citing (jurisdiction_id, entry_id, target, article, rank, whole, published_on, over_from)
  SELECT g.jurisdiction_id, g.entry_id, g.target, g.article, g.rank, g.whole, coalesce(r.published_on, '-infinity'::date), dz_over_from(r.force_events, r.origin, r.source_status, r.valid_until)
  FROM g JOIN register_entries r ON r.jurisdiction_id = g.jurisdiction_id AND r.id = g.entry_id WHERE r.disclosure = 'active';
