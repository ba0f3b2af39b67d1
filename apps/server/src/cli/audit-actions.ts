// What dianzhang audit does: a described file needs no database, our own files do.
import { readFile, writeFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { eq, schema } from '@dianzhang/database'
import { latestPack } from '@dianzhang/packs'
import { type AuditReport, auditDescribed, packThen } from '@dianzhang/rules'
import { auditAnswer, auditOwn, auditPaper, readDescribedFile, sampleFiles } from '@dianzhang/workflow'
import { calendarOf } from './calendar.ts'
import { withOffice } from './database-actions.ts'
import { print } from './output.ts'

export interface AuditOptions {
  document?: string
  sample?: number
  seed?: string
  year?: number
  jurisdiction: string
  docx?: string
  json?: boolean
}

const today = (): string => dateInShanghai(new Date().toISOString())

async function described(path: string): Promise<AuditReport> {
  const file = await readDescribedFile(path === '-' ? await buffer(process.stdin) : await readFile(path))
  const pack = latestPack(file.place, '9999-12-31')
  if (!pack) {
    const said = `没有法域“${file.place}”的规则；本地没有规则包的，写 CN 依国家的规则评查`
    throw new AppError('invalid', said, { issues: [{ path: 'place', message: said }] })
  }
  const { calendar } = await calendarOf(file.place)
  return auditDescribed(file, { packOn: packThen(file.place), calendar, placeName: pack.name, asOf: today() })
}
const own = (id: string): Promise<AuditReport> =>
  withOffice('dianzhang audit', async (office) => {
    const { documents } = schema
    const [row] = await office.db
      .select({ jurisdiction: documents.jurisdictionId })
      .from(documents)
      .where(eq(documents.id, id))
    if (!row) throw new AppError('not_found', `没有案卷 ${id}`)
    return auditOwn(office, { kind: 'system', jurisdiction: row.jurisdiction }, id)
  })

/** Prints the report, or what was drawn; `docx` also writes the paper. */
export async function runAudit(file: string | undefined, options: AuditOptions): Promise<void> {
  const { sample: n, seed = '', jurisdiction } = options
  if (n !== undefined) {
    const year = options.year ?? Number(today().slice(0, 4)) - 1
    const drawn = await withOffice('dianzhang audit', (office) =>
      sampleFiles(office, { kind: 'system', jurisdiction }, { year, n, seed }),
    )
    print(
      drawn,
      () =>
        [
          `${year}年公布的文件共${drawn.population}件（标识摘要 ${drawn.populationDigest}），种子“${seed}”，抽取${drawn.items.length}件。`,
          `办法：${drawn.recipe}`,
          ...drawn.items.map((item) => `${item.id}  ${item.title}：${item.summary}`),
        ].join('\n'),
      options.json,
    )
    return
  }
  const report = options.document === undefined ? await described(file ?? '-') : await own(options.document)
  const answer = auditAnswer(report)
  if (options.docx !== undefined) await writeFile(options.docx, (await auditPaper(report)).bytes)
  print(answer, () => answer.lines.join('\n'), options.json)
}
