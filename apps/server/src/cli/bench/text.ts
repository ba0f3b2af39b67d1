// The speed of text work: MB per second for structure, citations and checks (UTF-8 bytes, by the CPU time the process
// uses, so the machine's load does not matter), and the time to compare the seven versions of 《公司法》 pair by pair. Uses
// made-up text when there is no real corpus.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { cite, compareStructures, lint, parseText } from '@dianzhang/text'

export interface TextBench {
  /** The real corpus, or made-up text. */
  corpus: boolean
  documents: number
  megabytes: number
  parseMbPerSecond: number
  citeMbPerSecond: number
  lintMbPerSecond: number
  /** All three together (what reading one document does). */
  togetherMbPerSecond: number
  /** The 21 pairs of 《公司法》; null when there are no data. */
  companyLawPairs: number | null
  companyLawMs: number | null
}

/** Single core; `data` is the folder of the shared data, or null if there is none. */
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

/** CPU milliseconds used: first a small part for warm-up, then everything once. */
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
