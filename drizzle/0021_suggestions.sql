CREATE TABLE "suggestion_contacts" (
	"jurisdiction_id" text NOT NULL,
	"matter_id" text NOT NULL,
	"name" text,
	"contact" text,
	CONSTRAINT "suggestion_contacts_jurisdiction_id_matter_id_pk" PRIMARY KEY("jurisdiction_id","matter_id")
);
--> statement-breakpoint
CREATE TABLE "suggestion_texts" (
	"jurisdiction_id" text NOT NULL,
	"matter_id" text NOT NULL,
	"n" integer NOT NULL,
	"kind" text NOT NULL,
	"body" jsonb NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "suggestion_texts_jurisdiction_id_matter_id_n_pk" PRIMARY KEY("jurisdiction_id","matter_id","n")
);
--> statement-breakpoint
CREATE TABLE "suggestions" (
	"jurisdiction_id" text NOT NULL,
	"matter_id" text NOT NULL,
	"receipt" text NOT NULL,
	"entry_id" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "suggestions_jurisdiction_id_matter_id_pk" PRIMARY KEY("jurisdiction_id","matter_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "suggestions_receipt_key" ON "suggestions" USING btree ("jurisdiction_id","receipt");--> statement-breakpoint
CREATE INDEX "suggestions_receipt" ON "suggestions" USING btree ("receipt");--> statement-breakpoint
CREATE INDEX "suggestions_entry" ON "suggestions" USING btree ("jurisdiction_id","entry_id","received_at");--> statement-breakpoint
CREATE INDEX "suggestions_received" ON "suggestions" USING btree ("jurisdiction_id","received_at");--> statement-breakpoint
-- 建议与各份文字只增不改，摘要随案卷记在台账里；姓名与联系方式到期删除，不在任何台账里留下摘要。
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT * FROM (VALUES ('suggestions', 'matter_id'), ('suggestion_texts', 'matter_id,n')) AS x(name, key) LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION dz_refuse()', t.name || '_append_only', t.name);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION dz_refuse()', t.name || '_no_truncate', t.name);
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION dz_bind_row(%s)', t.name || '_bound', t.name,
      (SELECT string_agg(quote_literal(c), ', ') FROM unnest(string_to_array(t.key, ',')) c));
  END LOOP;
END $$;
