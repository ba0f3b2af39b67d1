// The real texts beside the repository, when they are there. Every test that asks for them says so when they are not.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { sharedData } from '../../../test/support/shared-data.ts'

/** A file of the shared data, unpacked; null, with a message, when it is absent. */
export function sharedFile(name: string): string | null {
  const path = sharedData(name)
  if (path === null) return null
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
