// 独立进程：在给定文件夹启动内嵌数据库，写一行，报告状态，然后等待被杀。供 integration/embedded.test.ts 使用。
import { startEmbedded } from '@dianzhang/database'
import postgres from 'postgres'

const [dir = ''] = process.argv.slice(2)
const server = await startEmbedded({ dir, owner: '测试主人' })
const sql = postgres(server.url, { max: 1, onnotice: () => {} })
await sql`create table if not exists kept (id int primary key)`
await sql`insert into kept values (1) on conflict do nothing`
process.stdout.write(`${JSON.stringify({ pid: server.pid, dataDir: server.dataDir })}\n`)
setInterval(() => {}, 60_000)
