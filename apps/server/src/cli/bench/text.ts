// 文本的速度：结构、引用、检查每秒多少 MB（UTF-8 字节，按进程用去的处理器时间算，机器忙闲不影响），公司法七个版本两两比较用时。没有真实语料时用自造文本。
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { cite, compareStructures, lint, parseText } from '@dianzhang/text'

export interface TextBench {
  /** 真实语料，还是自造文本。 */
  corpus: boolean
  documents: number
  megabytes: number
  parseMbPerSecond: number
  citeMbPerSecond: number
  lintMbPerSecond: number
  /** 三件加在一起（读一份文件所做的）。 */
  togetherMbPerSecond: number
  /** 公司法 21 对；没有资料时为 null。 */
  companyLawPairs: number | null
  companyLawMs: number | null
}

/** 单核；`data` 是共享资料所在的文件夹，没有则为 null。 */
export function benchText(data: string | null): TextBench {
  const texts = data === null ? madeTexts() : corpusOf(data)
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const parse = cpuMilliseconds(texts, (text) => parseText(text))
  const citing = cpuMilliseconds(texts, (text) => cite(text))
  const checked = cpuMilliseconds(texts, (text) => lint(text))
  const versions = data === null ? null : companyLaw(data).map((text) => parseText(text))
  let pairs = 0
  const started = performance.now()
  if (versions !== null)
    for (const [at, before] of versions.entries())
      for (const after of versions.slice(at + 1)) {
        compareStructures(before, after)
        pairs++
      }
  const compared = performance.now() - started
  const speed = (milliseconds: number): number => Math.round((bytes / 1e6 / (milliseconds / 1000)) * 10) / 10
  return {
    corpus: data !== null,
    documents: texts.length,
    megabytes: Math.round(bytes / 1e5) / 10,
    parseMbPerSecond: speed(parse),
    citeMbPerSecond: speed(citing),
    lintMbPerSecond: speed(checked),
    togetherMbPerSecond: speed(parse + citing + checked),
    companyLawPairs: versions === null ? null : pairs,
    companyLawMs: versions === null ? null : Math.round(compared),
  }
}

/** 处理器用去的毫秒：先用一小部分预热，再把全部做一遍。 */
function cpuMilliseconds(texts: readonly string[], work: (text: string) => void): number {
  for (const text of texts.slice(0, 100)) work(text)
  const before = process.cpuUsage()
  for (const text of texts) work(text)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const jsonLines = (file: string): Array<Record<string, unknown>> =>
  gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

const corpusOf = (data: string): string[] =>
  jsonLines(join(data, 'corpus.jsonl.gz')).flatMap((one) => (typeof one.body === 'string' ? [one.body] : []))

const companyLaw = (data: string): string[] =>
  jsonLines(join(data, 'company-law-versions.jsonl.gz')).map((version) =>
    (version.articles as Array<{ no: string; text: string }>).map((one) => `${one.no}　${one.text}`).join('\n'),
  )

function madeTexts(): string[] {
  const article = (n: number): string =>
    `第${n}条　申请人应当自收到通知之日起三十日内，依照《海源市档案管理办法》第${n}条第一款的规定提交材料。\n（一）申请书；\n（二）第${n}项证明。`
  return Array.from({ length: 200 }, (_, part) =>
    Array.from({ length: 100 }, (_, n) => article(part + n + 1)).join('\n'),
  )
}
