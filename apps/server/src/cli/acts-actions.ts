// What the commands of `dianzhang acts` do with a database; loaded only when one is needed.
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { searchActs } from '@dianzhang/acts'
import { AppError } from '@dianzhang/contract'
import { connect } from '@dianzhang/database'
import { type ShownAct, searchKnownActs } from '@dianzhang/register'
import { compareActsFile, differenceLabels, importActsFile } from '@dianzhang/workflow'
import { readEnv } from '../env.ts'
import { runningDatabase } from './database-access.ts'
import { type JsonOption, withOffice } from './database-actions.ts'
import { print, sentenceOf } from './output.ts'

export interface ActsFileOptions extends JsonOption {
  jurisdiction: string
  source?: string
  skipFaults?: boolean
}

/** Catalogue and registered acts, where a database is there; else the catalogue alone, and says so. */
export async function searchActsHere(
  q: string,
  on: string,
  limit: number,
): Promise<{ items: ShownAct[]; total: number; registered: boolean }> {
  const url = runningDatabase(readEnv('demo', process.env))
  if (url !== undefined) {
    const { db, close } = connect(url, { max: 1, applicationName: 'dianzhang-acts' })
    try {
      return { ...(await searchKnownActs(db, { q, on, limit })), registered: true }
    } catch (error) {
      process.stderr.write(`数据库答不出，只查目录：${sentenceOf(error)}\n`)
    } finally {
      await close()
    }
  }
  const { actOn } = await import('@dianzhang/acts')
  const { items, total } = searchActs(q, limit)
  return {
    items: items.map((act) => ({
      ...act,
      status: actOn(act.title, on)?.status ?? 'unknown',
      registered: false,
      source: null,
      knownFrom: null,
    })),
    total,
    registered: false,
  }
}

const read = (file: string): Promise<Buffer> => buffer(file === '-' ? process.stdin : createReadStream(file))
const sourceOf = (file: string, given: string | undefined): string =>
  given ?? (file === '-' ? '标准输入' : `文件“${basename(file)}”`)
const shown = 20
const someOf = <T>(list: readonly T[], words: (one: T) => string): string[] => [
  ...list.slice(0, shown).map(words),
  ...(list.length > shown ? [`    另有 ${list.length - shown} 行，加 --json 可得全部。`] : []),
]

async function onFile(
  file: string,
  options: ActsFileOptions,
  work: (bytes: Uint8Array) => Promise<0 | 1>,
): Promise<void> {
  try {
    process.exitCode = await work(new Uint8Array(await read(file)))
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code === 'ENOENT' ? `没有文件 ${file}` : sentenceOf(error)
    const issues = error instanceof AppError ? error.extra.issues : undefined
    if (options.json) process.stdout.write(`${JSON.stringify({ ok: false, error: detail, issues })}\n`)
    else process.stderr.write(`无法读入：${detail}\n`)
    process.exitCode = 2
  }
}
const known = (office: { rules: { versions(id: string): readonly unknown[] } }, id: string): void => {
  if (office.rules.versions(id).length === 0) throw new AppError('not_found', `没有法域“${id}”`)
}

export const runImportActs = (file: string, options: ActsFileOptions): Promise<void> =>
  onFile(file, options, (bytes) =>
    withOffice('dianzhang acts', async (office) => {
      known(office, options.jurisdiction)
      const actor = { kind: 'system' as const, jurisdiction: options.jurisdiction }
      const done = await importActsFile(office, actor, bytes, {
        source: sourceOf(file, options.source),
        skipFaults: options.skipFaults ?? false,
      })
      const same = done.rows.filter(({ difference }) => difference === 'same').length
      print(
        { ...done, rows: undefined, read: done.rows.length, same },
        () =>
          [
            `读作${done.format}：${done.rows.length} 件读得出，${done.faults.length} 行读不出；登记 ${done.registered} 件，与所知相同 ${same} 件；用时 ${done.seconds} 秒。`,
            ...someOf(
              done.faults,
              ({ line, title, reason }) => `    第 ${line} 行${title ? `《${title}》` : ''}：${reason}`,
            ),
            ...(done.stopped ? ['一件也没有登记：请改正以后再来，或者加 --skip-faults 登记其余各件。'] : []),
          ].join('\n'),
        options.json,
      )
      return done.faults.length > 0 ? 1 : 0
    }),
  )

export const runDiffActs = (file: string, options: ActsFileOptions): Promise<void> =>
  onFile(file, options, (bytes) =>
    withOffice('dianzhang acts', async (office) => {
      known(office, options.jurisdiction)
      const compared = await compareActsFile(office, options.jurisdiction, bytes, sourceOf(file, options.source))
      const other = compared.rows.filter(({ difference }) => difference !== 'same')
      print(
        {
          format: compared.format,
          rows: compared.rows.map(({ line, act, difference, known }) => ({
            line,
            title: act.title,
            difference,
            known,
            act,
          })),
          faults: compared.faults,
        },
        () =>
          [
            `读作${compared.format}：${compared.rows.length} 件读得出，其中 ${other.length} 件与所知不同；${compared.faults.length} 行读不出。`,
            ...someOf(
              other,
              ({ line, act, difference, known }) =>
                `    第 ${line} 行《${act.title}》：${differenceLabels[difference]}${known ? `；所知：${known}` : ''}`,
            ),
            ...someOf(
              compared.faults,
              ({ line, title, reason }) => `    第 ${line} 行${title ? `《${title}》` : ''}：${reason}`,
            ),
          ].join('\n'),
        options.json,
      )
      return compared.faults.length > 0 ? 1 : 0
    }),
  )
