// The columns of a part in memory: what was put in is found again, by ordinal and by id.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Columns, Names, type Packed } from './columns.ts'

const entry = (jurisdiction: string, id: string): Packed =>
  [...[jurisdiction, id, 20260101, 0, 0, 20260102, 1, null, null, [], 1, 0]] as unknown as Packed

it('任意的标识：逐件取回原样，按标识找到的正是它们的位置，互为头尾的不混', () => {
  const id = fc.string({ unit: fc.constantFrom('a', 'b', '文', '𠀀'), minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('1', '2'), id), { minLength: 1, maxLength: 60 }),
      id,
      (list, other) => {
        const columns = new Columns(list.length, new Names())
        for (const [at, [jurisdiction, own]] of list.entries()) columns.set(at, entry(jurisdiction, own))
        // Set again, as when its dates changed.
        columns.set(0, entry(list[0]?.[0] ?? '', list[0]?.[1] ?? ''))
        expect(list.map((_, at) => columns.place(at))).toEqual(
          list.map(([jurisdiction, own]) => ({ published: 20260101, id: own, jurisdiction })),
        )
        for (const wanted of [other, ...list.map(([, own]) => own)])
          expect(columns.withId(wanted)).toEqual(list.flatMap(([, own], at) => (own === wanted ? [at] : [])))
      },
    ),
  )
})
