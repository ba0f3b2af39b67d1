// dianzhang text convert: writes a text in another format; for docx input the report of losses comes first, and losing
// words must be confirmed.
import { writeFile } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import { addDays } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import {
  changeSaid,
  checkLayout,
  exportFormats,
  findFormat,
  importDocx,
  type LossItem,
  numberListPattern,
  numbersOf,
  type PublishedDocument,
  refuseUnlessConfirmed,
} from '@dianzhang/formats'
import { lastDayOf, parseText, type StructuredText, statedTerms, statementOf } from '@dianzhang/text'
import { writtenAs } from '@dianzhang/text-work'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { readRaw, textsIn } from './text-input.ts'

interface ConvertFlags {
  to: string
  out?: string
  number?: string
  issuer?: string[]
  signer?: string
  effective?: string
  published?: string
  confirmLoss?: boolean
  acceptRevisions?: boolean
  rejectRevisions?: boolean
  tree?: boolean
  accept?: string
  reject?: string
  checkLayout?: boolean
  json?: boolean
}

const day = (value: string): string => {
  const date = new Date(`${value}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(value)) {
    throw new InvalidArgumentError('日期应为 YYYY-MM-DD。')
  }
  return value
}

const changeNumbers = (value: string): string => {
  if (!numberListPattern.test(value)) throw new InvalidArgumentError('应为修订的编号，如 1,3-5。')
  return value
}

export function addTextConvert(text: Command): void {
  text
    .command('convert')
    .description(`转换：${exportFormats.map(({ id, name }) => `${id}（${name}）`).join('、')}`)
    .argument('<文件>', 'txt、docx 或者一行 JSON（body 字段）；为 - 时读标准输入')
    .addOption(new Option('--to <格式>', '目标格式').choices(exportFormats.map(({ id }) => id)).makeOptionMandatory())
    .option('-o, --out <文件>', '写到文件；没有时写标准输出')
    .option('--number <文号>', '发文字号；文本里有时以文本为准')
    .option('--issuer <机关...>', '制定机关，牵头机关在前；没有时取署名')
    .option('--signer <签发人>', '签发人；给出时按上行文排版')
    .option('--published <日期>', '公布日期', day)
    .option('--effective <日期>', '施行日期', day)
    .option('--tree', '--to json 时输出结构和损失报告，而不是元数据')
    .addOption(new Option('--accept-revisions', 'docx 里的修订全部接受').conflicts('rejectRevisions'))
    .option('--reject-revisions', 'docx 里的修订全部拒绝；两者都没有时，插入的文字算作丢失')
    .option('--accept <编号>', '只接受这几处修订，如 1,3-5；其余随上两项', changeNumbers)
    .option('--reject <编号>', '只拒绝这几处修订；编号见没有决定时列出的清单', changeNumbers)
    .option('--confirm-loss', '看过损失报告，同意丢失的文字不要了')
    .option('--check-layout', '写出 docx 后核对版式，结果写到标准错误')
    .option('--json', '以 JSON 报告：写到哪里、多少字节、损失、版式；须同时给出 --out')
    .action(async (file: string, flags: ConvertFlags, command: Command) => {
      const format = findFormat(flags.to)
      if (format === undefined) return command.error(`错误：没有“${flags.to}”格式`)
      if (flags.out !== undefined && resolve(flags.out) === resolve(file)) {
        return command.error('错误：输出文件就是原文件，换一个名字。')
      }
      if (flags.json === true && flags.out === undefined) {
        return command.error('错误：--json 报告写到标准输出，转换结果须用 --out 写到文件。')
      }
      const { source, structure, loss: lost, savedOn } = await read(file, flags)
      const loss = [...lost, ...shellOf(structure)]
      const terms = termsSaid(source, structure)
      if (flags.json !== true)
        for (const line of [...loss.map(lossLine), ...terms.said]) process.stderr.write(`${line}\n`)
      const bytes =
        flags.to === 'json' && flags.tree === true
          ? new TextEncoder().encode(`${JSON.stringify({ text: source, structure, loss }, null, 2)}\n`)
          : await writtenAs(format, published(file, structure, savedOn, terms, flags))
      const layout = flags.checkLayout === true && flags.to === 'docx' ? await checkLayout(bytes) : []
      if (flags.out === undefined) process.stdout.write(bytes)
      else await writeFile(flags.out, bytes)
      if (flags.json === true) {
        process.stdout.write(
          `${JSON.stringify({ out: flags.out, format: flags.to, bytes: bytes.length, loss, ...(flags.checkLayout === true ? { layout } : {}) })}\n`,
        )
        return
      }
      if (flags.out !== undefined) {
        process.stderr.write(`已写出 ${flags.out}（${format.name}，${bytes.length} 字节）\n`)
      }
      for (const { clause, paragraph, message } of layout) {
        process.stderr.write(`版式：${paragraph > 0 ? `第 ${paragraph} 段：` : ''}${message}（${clause}）\n`)
      }
    })
}

async function read(
  file: string,
  flags: ConvertFlags,
): Promise<{ source: string; structure: StructuredText; loss: LossItem[]; savedOn: string | null }> {
  const raw = await readRaw(file)
  const { savedOn } = raw
  if (raw.docx) {
    const imported = await importDocx(raw.bytes, {
      revisions: flags.acceptRevisions ? 'accept' : flags.rejectRevisions ? 'reject' : 'undecided',
      decisions: { accept: numbersOf(flags.accept), reject: numbersOf(flags.reject) },
    })
    refuseUnknown(imported, flags)
    for (const change of imported.changes)
      if (change.decision === 'undecided')
        process.stderr.write(`修订 ${change.number}：${changeSaid(change)}，还没有决定\n`)
    if (flags.confirmLoss !== true) {
      for (const line of imported.wouldLoseWords ? imported.loss.map(lossLine) : []) process.stderr.write(`${line}\n`)
    }
    refuseUnlessConfirmed(imported, flags.confirmLoss === true)
    return { source: imported.text, structure: imported.structure, loss: imported.loss, savedOn }
  }
  const [input, ...more] = await textsIn(raw)
  if (input === undefined) throw new AppError('invalid', `${file} 是空的。`)
  if (more.length > 0) throw new AppError('invalid', `${file} 里有 ${more.length + 1} 份文本，一次转换一份。`)
  const { source, loss } = input
  refuseUnlessConfirmed({ loss, wouldLoseWords: loss.some((one) => one.losesWords) }, flags.confirmLoss === true)
  return { source, structure: parseText(source), loss, savedOn }
}

/** Decisions on single places can only name numbers that the file has, one decision per place. */
function refuseUnknown({ revisions }: { revisions: number }, flags: ConvertFlags): void {
  const accept = numbersOf(flags.accept)
  const reject = numbersOf(flags.reject)
  const missing = [...accept, ...reject].find((number) => number < 1 || number > revisions)
  if (missing !== undefined)
    throw new AppError(
      'invalid',
      revisions === 0 ? '文件里没有修订。' : `文件里共有 ${revisions} 处修订，没有第 ${missing} 处。`,
    )
  const both = accept.find((number) => reject.includes(number))
  if (both !== undefined) throw new AppError('invalid', `第 ${both} 处修订不能又接受又拒绝。`)
}

/** The shell of a web page: the lines not taken as body, for someone to glance at. */
const shellOf = ({ skipped = [] }: StructuredText): LossItem[] =>
  skipped.map(({ line, text, reason }) => ({
    kind: 'portal',
    effect: 'dropped',
    losesWords: false,
    paragraph: 0,
    quote: '',
    content: text,
    message: `第 ${line} 行是${reason}，没有当作正文`,
  }))

interface Terms {
  effective: string | null
  validUntil: string | null
  /** Where each date was taken from, one sentence each. */
  said: string[]
}
/**
 * The effective date and the last day of validity that the text itself states; when it states several different ones,
 * none is taken and the lines where they stand are named.
 */
function termsSaid(source: string, structure: StructuredText): Terms {
  const { effective, validity } = statementOf(source, structure)
  const lineOf = (at: number): number => source.slice(0, at).split('\n').length
  const said: string[] = []
  const days = effective.flatMap((one) => (one.kind === 'date' ? [{ day: one.date, line: lineOf(one.start) }] : []))
  const from = new Set(days.map(({ day: one }) => one)).size === 1 ? (days[0]?.day ?? null) : null
  if (from !== null) said.push(`施行日期 ${from} 取自第 ${days[0]?.line} 行`)
  else if (effective.length > 0)
    said.push(`施行日期没有取用，请看第 ${effective.map((one) => lineOf(one.start)).join('、')} 行`)
  const ends = validity.flatMap((one) => {
    const line = lineOf(one.start)
    if (one.kind === 'until') return [{ day: one.date, line }]
    if (one.kind === 'days' && from !== null) return [{ day: addDays(from, one.days - 1), line }]
    const months = one.kind === 'years' ? one.years * 12 : one.kind === 'months' ? one.months : null
    return months === null || from === null ? [] : [{ day: lastDayOf(from, months), line }]
  })
  const until = new Set(ends.map(({ day: one }) => one)).size === 1 ? (ends[0]?.day ?? null) : null
  if (until !== null) said.push(`有效期至 ${until}，取自第 ${ends[0]?.line} 行`)
  else if (validity.length > 0)
    said.push(`有效期没有取用，请看第 ${validity.map((one) => lineOf(one.start)).join('、')} 行`)
  else {
    const spoken = statedTerms(source).validity.map((one) => lineOf(one.start))
    if (spoken.length > 0) said.push(`文中说到有效期而没有读出，请看第 ${[...new Set(spoken)].join('、')} 行`)
  }
  for (const { label, value, line } of structure.candidates ?? [])
    said.push(`网页写的${label}是“${value}”（第 ${line} 行），请核对`)
  return { effective: from, validUntil: until, said }
}

const lossLine = ({ effect, losesWords, paragraph, message, content }: LossItem): string =>
  `${losesWords ? '丢失文字' : effect === 'dropped' ? '没有导入' : '有改动'}：${paragraph > 0 ? `第 ${paragraph} 段：` : ''}${message}${content === '' ? '' : `［${content}］`}`

/** The signature; without one, the name of the authority in the letterhead. */
const issuersIn = ({ signature, letterhead = [] }: StructuredText): string[] =>
  signature.length > 0 ? signature : letterhead.map((line) => line.replace(/\s*(?:文\s*件|令|公告|通告)$/u, ''))

/** The registration data the text itself can tell; what only a register knows is left empty, not guessed. */
function published(
  file: string,
  structure: StructuredText,
  savedOn: string | null,
  terms: Terms,
  flags: ConvertFlags,
): PublishedDocument {
  const { effective = terms.effective, published: publicationDate = null } = flags
  return {
    structure,
    id: file === '-' ? 'standard-input' : basename(file, extname(file)),
    category: null,
    origin: 'made',
    issuers: flags.issuer ?? issuersIn(structure),
    documentNumber: structure.documentNumber ?? flags.number ?? null,
    registryNumber: null,
    indexNumber: null,
    direction: flags.signer === undefined ? 'down' : 'up',
    signer: flags.signer ?? null,
    adoptionDate: structure.date,
    publicationDate,
    effectiveDate: effective,
    savedOn,
    validUntil: terms.validUntil,
    endedOn: null,
    status: null,
    url: null,
    jurisdiction: null,
    copies: [],
    printedBy: null,
    printDate: null,
    summary: null,
    amends: [],
    repeals: [],
    gbt47229: null,
  }
}
