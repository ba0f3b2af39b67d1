ALTER TABLE "exchange_peers" ADD COLUMN "terms" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "exchange_peers" ADD COLUMN "told" jsonb DEFAULT '{}'::jsonb NOT NULL;