ALTER TABLE "auth_version" DROP CONSTRAINT "auth_version_single";--> statement-breakpoint
ALTER TABLE "rules_version" DROP CONSTRAINT "rules_version_single";--> statement-breakpoint
ALTER TABLE "auth_version" DROP COLUMN "id";--> statement-breakpoint
ALTER TABLE "rules_version" DROP COLUMN "id";--> statement-breakpoint
ALTER TABLE "auth_version" ADD COLUMN "jurisdiction_id" text PRIMARY KEY DEFAULT 'CN' NOT NULL;--> statement-breakpoint
ALTER TABLE "rules_version" ADD COLUMN "jurisdiction_id" text PRIMARY KEY DEFAULT 'CN' NOT NULL;--> statement-breakpoint
ALTER TABLE "public_writes" ADD COLUMN "jurisdiction_id" text DEFAULT 'CN' NOT NULL;--> statement-breakpoint
ALTER TABLE "public_writes" DROP CONSTRAINT "public_writes_scope_transaction_pk";--> statement-breakpoint
ALTER TABLE "public_writes" ADD CONSTRAINT "public_writes_jurisdiction_id_scope_transaction_pk" PRIMARY KEY("jurisdiction_id","scope","transaction");
--> statement-breakpoint
-- 三种计数：逐句触发的记在一行（CN），逐行触发的（分片以后）记在那一行所属的法域。读的人只看合计。
CREATE OR REPLACE FUNCTION dz_auth_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE j text := 'CN';
BEGIN
  IF TG_LEVEL = 'ROW' THEN
    IF TG_OP = 'DELETE' THEN j := OLD.jurisdiction_id; ELSE j := NEW.jurisdiction_id; END IF;
  END IF;
  INSERT INTO auth_version (jurisdiction_id, n) VALUES (j, 1) ON CONFLICT (jurisdiction_id) DO UPDATE SET n = auth_version.n + 1;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION dz_rules_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE j text := 'CN';
BEGIN
  IF TG_LEVEL = 'ROW' THEN
    IF TG_OP = 'DELETE' THEN j := OLD.jurisdiction_id; ELSE j := NEW.jurisdiction_id; END IF;
  END IF;
  INSERT INTO rules_version (jurisdiction_id, n) VALUES (j, 1) ON CONFLICT (jurisdiction_id) DO UPDATE SET n = rules_version.n + 1;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION dz_public_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE j text := 'CN';
BEGIN
  IF TG_LEVEL = 'ROW' THEN
    IF TG_TABLE_NAME ~ '^matters' THEN
      IF NEW.process IN ('normative-document', 'office') THEN
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
--> statement-breakpoint
-- 本事务里触发器记下的各行摘要。办理命令的程序由此取出：分片的数据库里，这一问送到那个法域所在的节点去答。
CREATE FUNCTION dz_bound_rows(j text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT current_setting('dianzhang.rows', true)
$$;
