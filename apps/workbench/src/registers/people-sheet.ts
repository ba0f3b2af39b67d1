// A list of people from a workbook: which column is what by its heading, what is wrong with each row said before anything is sent.
import { PersonInput, type Role, roleLabels } from '@dianzhang/contract'
import { readXlsx, UnreadableFile } from '@dianzhang/formats'
import { issuesOf } from '../forms/check.ts'
import type { UnitRow } from '../types.ts'

export const headings = ['姓名', '用户名', '单位', '任职', '任职单位', '终止日'] as const
type Heading = (typeof headings)[number]
/** One row of the list: what will be sent, or why it cannot be. */
export interface ListedPerson {
  row: number
  name: string
  username: string
  unitName: string
  input: Omit<PersonInput, 'reason'> | null
  problems: string[]
}
const roleOf = (word: string): Role | undefined =>
  Object.entries(roleLabels).find(([code, label]) => label === word || code === word)?.[0] as Role | undefined

/** Under which heading a field of the person is written. */
const headingOf: Readonly<Record<string, Heading>> = { name: '姓名', username: '用户名', unit: '单位', posts: '任职' }
/** What is wrong, said by the heading it stands under: `posts.0.endsOn` is under “终止日”. */
const problemOf = (path: string, says: string): string => {
  const heading = path.endsWith('.endsOn') ? '终止日' : headingOf[path.split('.')[0] ?? '']
  return heading && !says.startsWith(heading) ? `${heading}：${says}` : says
}
/** A day as it is written in lists, `2027年1月1日`, `2027/1/1`, `2027.1.1` → `2027-01-01`; anything else as it is. */
function dayOf(words: string): string {
  const [, year, month = '', day = ''] = /^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?$/.exec(words) ?? []
  return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : words
}

/** The people of the rows below the heading line; a sentence when there is no such line. */
export function peopleOf(
  rows: ReadonlyArray<{ number: number; cells: readonly string[] }>,
  units: readonly UnitRow[],
): ListedPerson[] | string {
  const top = rows.findIndex(({ cells }) => cells.some((cell) => cell.trim() === '姓名'))
  const head = rows[top]
  if (!head) return '表里没有写着“姓名”的表头。'
  const columnOf = (heading: Heading) => head.cells.findIndex((cell) => cell.trim() === heading)
  const lacking = (['姓名', '用户名', '单位', '任职'] as const).filter((heading) => columnOf(heading) < 0)
  if (lacking.length > 0) return `表头缺少：${lacking.join('、')}。`
  const unitOf = (word: string) => units.find((unit) => unit.name === word || unit.id === word)
  const taken = new Map<string, number>()
  return rows.slice(top + 1).flatMap(({ number, cells }): ListedPerson[] => {
    const cell = (heading: Heading) => (cells[columnOf(heading)] ?? '').trim()
    if (cells.every((each) => each.trim() === '')) return []
    const problems: string[] = []
    const unit = unitOf(cell('单位'))
    if (!unit) problems.push(`没有“${cell('单位')}”这个单位`)
    const post = cell('任职单位') === '' ? unit : unitOf(cell('任职单位'))
    if (!post && cell('任职单位') !== '') problems.push(`没有“${cell('任职单位')}”这个单位`)
    const words = cell('任职')
      .split(/[、,，;；\s]+/u)
      .filter(Boolean)
    for (const word of words) if (!roleOf(word)) problems.push(`没有“${word}”这种任职`)
    const username = cell('用户名').toLowerCase()
    const before = taken.get(username)
    if (username !== '' && before !== undefined) problems.push(`用户名与第${before}行相同`)
    taken.set(username, before ?? number)
    const input = {
      name: cell('姓名'),
      username: cell('用户名'),
      unit: unit?.id ?? '',
      posts: words.flatMap((word) => {
        const role = roleOf(word)
        return role && post
          ? [{ role, unit: post.id, ...(cell('终止日') ? { endsOn: dayOf(cell('终止日')) } : {}) }]
          : []
      }),
    }
    if (problems.length === 0)
      for (const [path, says] of Object.entries(issuesOf(PersonInput.omit({ reason: true }), input)))
        problems.push(problemOf(path, says))
    return [
      {
        row: number,
        name: input.name,
        username: input.username,
        unitName: unit?.name ?? cell('单位'),
        input: problems.length === 0 ? input : null,
        problems,
      },
    ]
  })
}
/** Reads the first sheet of a workbook; a sentence when it cannot be read. */
export async function readPeople(file: Blob, units: readonly UnitRow[]): Promise<ListedPerson[] | string> {
  try {
    const [sheet] = await readXlsx(new Uint8Array(await file.arrayBuffer()), { rows: 2_000 })
    return sheet ? peopleOf(sheet.rows, units) : '文件里没有表。'
  } catch (error) {
    if (error instanceof UnreadableFile) return error.message
    throw error
  }
}
