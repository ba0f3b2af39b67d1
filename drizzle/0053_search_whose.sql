-- 订阅一个主题，先看登记库里有没有：没有的不必看遍全部条目。
CREATE INDEX "register_entries_subject" ON "register_entries" USING btree ("jurisdiction_id","subject") WHERE "register_entries"."subject" is not null;
--> statement-breakpoint
-- 案卷的检索词元另记是哪些单位的事、何人提出：“我在等”里检索，只取这些案卷，不必把有这些词的逐件查看轮到谁。以后随检索词元一并写下，办理命令的
-- 语句没有变。
UPDATE matter_search s SET search = s.search || array_to_tsvector(array(
  SELECT 'U:' || m.unit UNION SELECT 'P:' || m.opened_by WHERE m.opened_by IS NOT NULL
  UNION SELECT 'U:' || t.business_of FROM turns t WHERE t.jurisdiction_id = m.jurisdiction_id AND t.matter_id = m.id))
FROM matters m WHERE m.jurisdiction_id = s.jurisdiction_id AND m.id = s.matter_id;
