// 每一栏都说得出自己叫什么；条件指的是同一层的一栏，值是它的选项；两侧核对的是同一份条件。
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { BodyCorrectionInput, BodyInput, PersonInput, PostsInput, ReasonInput, UnitInput } from './administration.ts'
import { commandSchemas, ProposeDocument } from './commands.ts'
import { applies, conditionIssues, fieldMeta, fieldsOf, requiredNow } from './field.ts'
import { processContracts } from './processes/index.ts'

const inside = (schema: z.ZodType): z.ZodType[] => {
  const def = schema.def as { innerType?: z.ZodType; in?: z.ZodType; element?: z.ZodType; options?: z.ZodType[] }
  return [def.innerType, def.in, def.element, ...(def.options ?? [])].filter((each) => each !== undefined)
}
/** 各层的各组栏目；由专门的控件画的、不在表单上的，里面不必有栏名。 */
function groupsIn(schema: z.ZodType, at: string): Array<{ at: string; fields: Record<string, z.ZodType> }> {
  const fields = fieldsOf(schema)
  const own = Object.keys(fields).length > 0 ? [{ at, fields }] : []
  const drawn = (each: z.ZodType) =>
    ['hidden', 'attachment', 'validity', 'long-text', 'figure-text'].includes(fieldMeta(each).control ?? '')
  return [
    ...own,
    ...Object.entries(fields).flatMap(([name, each]) =>
      drawn(each) || name === 'waivers' ? [] : groupsIn(each, `${at}.${name}`),
    ),
    ...inside(schema).flatMap((each) => groupsIn(each, at)),
  ]
}
const choicesOf = (schema: z.ZodType): string[] =>
  Object.values((schema.def as { entries?: Record<string, string> }).entries ?? {}).concat(
    inside(schema).flatMap(choicesOf),
  )
const forms: Record<string, z.ZodType> = {
  ProposeDocument,
  ...commandSchemas,
  PersonInput,
  PostsInput,
  ReasonInput,
  UnitInput,
  BodyInput,
  BodyCorrectionInput,
  ...Object.fromEntries(
    Object.values(processContracts).flatMap(({ kind, opening, commands }) => [
      [`${kind} ${opening.type}`, opening.schema],
      ...Object.entries(commands).map(([type, { schema }]) => [`${kind} ${type}`, schema]),
    ]),
  ),
}
const groups = Object.entries(forms).flatMap(([name, schema]) => groupsIn(schema, name))
const fields = groups.flatMap((group) =>
  Object.entries(group.fields).map(([name, schema]) => ({ at: `${group.at}.${name}`, schema, group: group.fields })),
)
const told = fields.filter(({ schema }) => (schema.def as { type: string }).type !== 'literal' && !isType(schema))
function isType(schema: z.ZodType): boolean {
  return inside(schema).some((each) => (each.def as { type: string }).type === 'literal')
}

describe('一栏的写法', () => {
  it('栏下的说明、栏里的示例是给填写的人看的：不写代码', () => {
    const coded = told.flatMap(({ at, schema }) => {
      const { control, help, description, placeholder } = fieldMeta(schema)
      const said = control === 'hidden' ? '' : `${help ?? description ?? ''} ${placeholder ?? ''}`
      const words = said.replace(/https:\/\/\S*|[a-z]+\.\S+|\{\{\w+\}\}/g, '').match(/\b[a-z][A-Za-z_]{2,}\b/g) ?? []
      return words.length > 0 ? [`${at}：${words.join('、')}`] : []
    })
    expect(coded).toEqual([])
  })
  it('每一栏都有栏名', () => {
    expect(told.length).toBeGreaterThan(200)
    expect(told.filter(({ schema }) => !fieldMeta(schema).title).map(({ at }) => at)).toEqual([])
  })
  it('有代码的选项都有中文名称', () => {
    const bare = told.filter(({ schema }) => {
      const { labels, control } = fieldMeta(schema)
      return (
        control !== 'hidden' &&
        choicesOf(schema).some((code) => /^[a-z]/.test(code) && labels?.[code] === undefined) &&
        Object.keys(fieldsOf(schema)).length === 0 &&
        (schema.def as { type: string }).type !== 'array'
      )
    })
    expect(bare.map(({ at }) => at)).toEqual([])
  })
  it('条件指同一层的另一栏，值是那一栏的选项', () => {
    const wrong = fields.flatMap(({ at, schema, group }) =>
      [fieldMeta(schema).when, fieldMeta(schema).requiredWhen].flatMap((condition) => {
        if (!condition) return []
        const other = group[condition.field]
        if (!other) return [`${at} → ${condition.field}`]
        const choices = choicesOf(other)
        return choices.length === 0 || condition.is.every((value) => choices.includes(value)) ? [] : [at]
      }),
    )
    expect(wrong).toEqual([])
  })
})

describe('附条件的栏目', () => {
  const opinion = fieldsOf(commandSchemas.IssueOpinion)
  it('条件成立才填，成立时说明为何必填', () => {
    const points = fieldMeta(opinion.points as z.ZodType)
    expect(applies(points, { outcome: 'lawful' })).toBe(false)
    expect(requiredNow(points, { outcome: 'revise' })).toBe(true)
    expect(conditionIssues(opinion, { outcome: 'revise', points: [] }, false)).toEqual([
      { path: 'points', message: '应当予以修改的，须逐条列明修改意见' },
    ])
    expect(conditionIssues(opinion, { outcome: 'unlawful' }, false)).toEqual([
      { path: 'grounds', message: '不合法的，须列明理由' },
    ])
  })
  it('从严的一侧不许填不该填的，从宽的一侧只看该填的', () => {
    const stray = { outcome: 'lawful', points: [{ text: '多余' }] }
    expect(conditionIssues(opinion, stray, false)).toEqual([])
    expect(conditionIssues(opinion, stray, true)).toEqual([{ path: 'points', message: '此处不填“修改意见”' }])
  })
})
