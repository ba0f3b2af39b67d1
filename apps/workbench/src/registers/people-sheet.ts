// A list of people from a workbook: which column is what by its heading, what is wrong with each row said before anything is sent.
import { PersonInput, type Role, roleLabels } from '@dianzhang/contract'
import { issuesOf } from '../forms/check.ts'
import { dayWritten, type TableLine, tableOf } from '../parts/table-file.ts'
import type { UnitRow } from '../types.ts'

export const headings = ['姓名', '用户名', '单位', '任职', '任职单位', '终止日'] as const
type Heading = (typeof headings)[number]
/** Of one file. */
const mostRows = 2_000
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
/** The people of the rows below the heading line; a sentence when the headings do not suffice. */
function peopleOf(
  { head, below }: { head: TableLine; below: readonly TableLine[] },
  units: readonly UnitRow[],
): ListedPerson[] | string {
  const columnOf = (heading: Heading) => head.cells.findIndex((cell) => cell.trim() === heading)
  const lacking = (['姓名', '用户名', '单位', '任职'] as const).filter((heading) => columnOf(heading) < 0)
  if (lacking.length > 0) return `表头缺少：${lacking.join('、')}。`
  const unitOf = (word: string) => units.find((unit) => unit.name === word || unit.id === word)
  const taken = new Map<string, number>()
  return below.flatMap(({ number, cells }): ListedPerson[] => {
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
          ? [
              {
                role,
                unit: post.id,
                ...(cell('终止日') ? { endsOn: dayWritten(cell('终止日')) ?? cell('终止日') } : {}),
              },
            ]
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
/** Reads a workbook or CSV; a sentence when it is no such list. */
export async function readPeople(file: Blob, units: readonly UnitRow[]): Promise<ListedPerson[] | string> {
  const table = await tableOf(file, '姓名', mostRows)
  return typeof table === 'string' ? table : peopleOf(table, units)
}
