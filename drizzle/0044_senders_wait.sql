-- 备案审查是报送单位的事：报送以后等着受理机关的，列在报送单位的“我在等”里（由另一套系统报来的除外）。
UPDATE "turns" t SET "business_of" = m."snapshot" #>> '{context,dossier,document,draftingUnit}'
FROM "matters" m
WHERE m."jurisdiction_id" = t."jurisdiction_id" AND m."id" = t."matter_id" AND m."process" = 'filing-review'
  AND (m."snapshot" #>> '{context,dossier,exchange,side}') IS DISTINCT FROM 'receiver';
