-- 按归一后的名称找所引的文件；表达式与 packages/workflow/src/register/title-key.ts 逐字相同，否则查询用不上。
CREATE INDEX IF NOT EXISTS register_entries_title_key ON register_entries ((regexp_replace(replace(translate(normalize(title, NFKC), ' 〈〉《》“”‘’"''·', ''), '中华人民共和国', ''), '\(((19|20)[0-9]{2}年?)?(第[一二三四五六七八九十]{1,2}次)?(修[正订改](版|本|文本)?|版|本|文本)\)$', ''))) WHERE disclosure = 'active';
--> statement-breakpoint
-- 三字以上的检索词在原文中核对，解压占去其中一大半：正文照原样存放，核对快一倍多，全库约大一成。
ALTER TABLE register_entries ALTER COLUMN body SET STORAGE EXTERNAL;
