// The interface of the public register: request rate, search latency. Imports the real corpus if there is one. For the
// pages see portal.ts.

import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { connect } from '@dianzhang/database'
import { importEntries, linesOf, settleRegister } from '@dianzhang/register'
import { openOffice } from '../../compose.ts'
import { readEnv } from '../../env.ts'
import { httpClient, summarise } from './measure.ts'
import { benchSite } from './site.ts'
import { benchSecret, type Target } from './target.ts'

/** Made-up entries when there is no real corpus. */
function* invented(count: number): Generator<string> {
  const subjects = ['农业', '教育', '交通', '水利', '住房', '市场', '财政', '卫生', '环境', '文旅']
  for (let i = 0; i < count; i++) {
    const subject = subjects[i % subjects.length]
    const text = Array.from(
      { length: 30 },
      (_, k) => `第${k + 1}条 ${subject}事项第${i}号规定，主管部门应当依法办理，并公开依据与结果。`,
    ).join('\n')
    yield JSON.stringify({
      id: `made-${i}`,
      title: `关于${subject}事项（第${i}号）的管理办法`,
      docNo: `示政规发〔${2000 + (i % 26)}〕${(i % 300) + 1}号`,
      issuer: '示范县人民政府',
      category: '地方规范性文件',
      publishedAt: `${2000 + (i % 26)}-03-15`,
      body: text,
    })
  }
}
export interface Filled {
  entries: number
  seconds: number
  failed: number
  /** The real corpus, or made-up entries. */
  corpus: boolean
}
/** Fills the register: imports the real corpus if there is one, otherwise makes up three thousand entries. */
export async function fill(target: Target, shared: string | null, say: (line: string) => void): Promise<Filled> {
  const env = readEnv('serve', {
    ...process.env,
    DATABASE_URL: target.databaseUrl,
    DIANZHANG_SECRET: benchSecret,
    DIANZHANG_PUBLIC_URL: 'https://gf.example.gov.cn',
    DIANZHANG_SITE: benchSite,
  })
  const quiet = { info() {}, warn() {}, error() {} }
  const opened = await openOffice({ env, url: target.databaseUrl, log: quiet as never })
  const begun = performance.now()
  const source = shared
    ? linesOf(createReadStream(join(shared, 'corpus.jsonl.gz')).pipe(createGunzip()))
    : (async function* () {
        yield* invented(3000)
      })()
  const report = await importEntries(opened.office, source as never, {
    jurisdiction: '640522',
    sourceName: 'bench',
    now: new Date(),
  })
  const { db, close } = connect(target.databaseUrl, { max: 1 })
  await settleRegister(db)
  await close()
  await opened.close()
  const seconds = Math.round((performance.now() - begun) / 100) / 10
  say(`  导入 ${report.imported} 条，${seconds} 秒`)
  return { entries: report.imported, seconds, failed: report.faults.length, corpus: shared !== null }
}
export async function benchPages(target: Target, seconds: number, filled: Filled, say: (line: string) => void) {
  const http = httpClient(target.url, 16)
  const first = JSON.parse((await http.call('GET', '/public/v1/documents?limit=1', '')).text) as {
    items: Array<{ id: string }>
  }
  const id = first.items[0]?.id ?? ''
  const paths: Record<string, string> = {
    '接口 登记库首页': '/public/v1/documents',
    '接口 检索 补助资金': `/public/v1/documents?q=${encodeURIComponent('补助资金')}`,
    '接口 检索 规定（高频）': `/public/v1/documents?q=${encodeURIComponent('规定')}`,
    '接口 检索 单字 水': `/public/v1/documents?q=${encodeURIComponent('水')}`,
    '接口 一件': `/public/v1/documents/${id}`,
  }
  const rows = []
  for (const [name, path] of Object.entries(paths)) {
    const latencies: number[] = []
    let bytes = 0
    let status = 0
    const until = performance.now() + Math.min(seconds, 3) * 1000
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        while (performance.now() < until) {
          const begun = performance.now()
          const r = await http.call('GET', path, '')
          latencies.push(performance.now() - begun)
          bytes = r.text.length
          status = r.status
        }
      }),
    )
    const s = summarise(latencies, Math.min(seconds, 3))
    rows.push({ name, path, status, kilobytes: Math.round(bytes / 102.4) / 10, ...s })
    say(`  ${name}：${s.perSecond} 次/秒，p50 ${s.p50} ms，p99 ${s.p99} ms（${status}）`)
  }
  http.close()
  return {
    import: { ...filled, perSecond: Math.round(filled.entries / filled.seconds) },
    rows,
  }
}
