// The real texts beside the repository, when they are there. Every test that asks for them says so when they are not.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const folder = [
  process.env.DIANZHANG_SHARED_DATA,
  fileURLToPath(new URL('../../../../shared/data', import.meta.url)),
].find((path) => path !== undefined && existsSync(path))

/** A file of the shared data, unpacked; null, with a message, when it is absent. */
export function sharedFile(name: string): string | null {
  const path = folder === undefined ? undefined : `${folder}/${name}`
  if (path === undefined || !existsSync(path)) {
    console.info(`没有共享资料 ${name}：这项试验没有做（设 DIANZHANG_SHARED_DATA 指明所在文件夹）`)
    return null
  }
  const bytes = readFileSync(path)
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

export interface CorpusDocument {
  id: string
  title: string
  category: string
  body: string
}

/** The real documents; null when the shared data is absent. */
export function corpus(): CorpusDocument[] | null {
  const text = sharedFile('corpus.jsonl.gz')
  return text === null
    ? null
    : text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as CorpusDocument)
}

export interface LawVersion {
  version: string
  articles: Array<{ no: string; text: string }>
}

/** The seven versions of 公司法; null when the shared data is absent. */
export function companyLaw(): LawVersion[] | null {
  const text = sharedFile('company-law-versions.jsonl.gz')
  return text === null
    ? null
    : text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as LawVersion)
}

export const sourceOf = (law: LawVersion): string => law.articles.map((one) => `${one.no}　${one.text}`).join('\n')
