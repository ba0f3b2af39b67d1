// drizzle-kit generate：由 packages/database/src/schema 生成 SQL；生成后由人阅读，不再手改。
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './packages/database/src/schema/index.ts',
  out: './drizzle',
})
