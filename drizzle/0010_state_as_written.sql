ALTER TABLE "documents" ADD COLUMN "concerned_roles" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
-- 已有的案卷：法律顾问看已送审的，公平竞争审查人看涉及经营者经济活动的。
UPDATE "documents" SET "concerned_roles" = array_remove(ARRAY[
  CASE WHEN "snapshot" #>> '{context,dossier,review}' IS NOT NULL THEN 'legal_adviser' END,
  CASE WHEN coalesce("snapshot" #>> '{context,dossier,classification,competition}', "snapshot" #>> '{context,dossier,classification,enterpriseRelated}') = 'true' THEN 'fair_competition_reviewer' END
], NULL);--> statement-breakpoint
-- 案卷的状态快照按写入的原文保存：台账每次命令的最后一条载有原文的摘要，改动快照就与台账不符。
ALTER TABLE "documents" ALTER COLUMN "snapshot" SET DATA TYPE json USING "snapshot"::json;--> statement-breakpoint
-- json 没有相等运算，按原文比较。
CREATE OR REPLACE FUNCTION dz_documents_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.jurisdiction_id <> OLD.jurisdiction_id OR NEW.id <> OLD.id OR NEW.created_at <> OLD.created_at OR NEW.proposed_by <> OLD.proposed_by THEN
    RAISE EXCEPTION '案卷的标识与立项信息不得更改' USING ERRCODE = 'DZ001';
  END IF;
  IF NEW.version < OLD.version OR NEW.ledger_seq < OLD.ledger_seq THEN
    RAISE EXCEPTION '案卷的版本与台账序号只能前进' USING ERRCODE = 'DZ001';
  END IF;
  IF NEW.ledger_seq = OLD.ledger_seq AND (NEW.ledger_head <> OLD.ledger_head OR NEW.snapshot::text <> OLD.snapshot::text OR NEW.stage <> OLD.stage) THEN
    RAISE EXCEPTION '案卷状态的变化必须伴随台账记录' USING ERRCODE = 'DZ001';
  END IF;
  RETURN NEW;
END $$;
