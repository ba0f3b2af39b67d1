// Letters and opinions of meetings in a table (XLSX or CSV): read here, so that every faulty row is named before anything is sent.
import { type CommentChannel, commentChannelLabels } from '@dianzhang/contract'
import { dayWritten, tableOf } from '../parts/table-file.ts'

const letterColumns = ['渠道', '来源', '收到日期', '意见内容', '条款', '姓名', '联系方式'] as const
type Column = (typeof letterColumns)[number]
const needed: readonly Column[] = ['来源', '收到日期', '意见内容']
/** As many as one command takes. */
const most = 500

export interface LetterRow {
  /** As the spreadsheet counts: for CSV the line on which the row begins. */
  row: number
  entry: object
  fault: string | null
}
const channels = Object.entries(commentChannelLabels).filter(([id]) => id !== 'online' && id !== 'invited') as Array<
  [CommentChannel, string]
>
/** What clerks write instead. */
const alsoCalled: Partial<Record<CommentChannel, readonly string[]>> = {
  letter: ['信件', '信函', '书信', '来函'],
  email: ['邮件', '电邮', '电子邮箱', '邮箱'],
  phone: ['来电', '电话记录'],
  meeting: ['座谈', '会议', '现场会'],
}

/**
 * The rows of the table with what is wrong with each. A file that is no such table is refused with one sentence (the string).
 */
export async function readLetters(file: Blob): Promise<LetterRow[] | string> {
  const table = await tableOf(file, '意见内容')
  if (typeof table === 'string') return `${table}表头应当是：${letterColumns.join('、')}。`
  const { head, below } = table
  const at = new Map(letterColumns.map((name) => [name, head.cells.findIndex((cell) => cell.trim() === name)]))
  const missing = needed.filter((name) => at.get(name) === -1)
  if (missing.length > 0) return `表头缺少：${missing.join('、')}。请补上这${missing.length}列再选。`
  const rows = below.flatMap(({ number, cells }): LetterRow[] => {
    const cell = (name: Column) => (cells[at.get(name) ?? -1] ?? '').trim()
    if (cells.every((each) => each.trim() === '')) return []
    const named = cell('渠道')
    const channel =
      named === '' ? 'letter' : channels.find(([id, label]) => label === named || alsoCalled[id]?.includes(named))?.[0]
    const receivedOn = dayWritten(cell('收到日期'))
    const faults = [
      channel ? null : `渠道“${named}”不认得，可以写：${channels.map(([, label]) => label).join('、')}`,
      cell('来源') ? null : '没有来源，如来信的登记号、座谈会的名称',
      receivedOn ? null : cell('收到日期') ? `收到日期“${cell('收到日期')}”不是日期，写作2026-05-08` : '没有收到日期',
      cell('意见内容') ? null : '没有意见内容',
    ].filter((fault) => fault !== null)
    const entry = {
      channel,
      source: cell('来源'),
      receivedOn,
      text: cell('意见内容'),
      ...(cell('条款') ? { element: cell('条款') } : {}),
      ...(cell('姓名') ? { name: cell('姓名') } : {}),
      ...(cell('联系方式') ? { contact: cell('联系方式') } : {}),
    }
    return [{ row: number, entry, fault: faults.length > 0 ? faults.join('；') : null }]
  })
  if (rows.length === 0) return '表头下面没有意见。'
  return rows.length > most ? `一次最多录入${most}件，这份表有${rows.length}件，请分成几份。` : rows
}
