import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from '../../../test/support/any-character.ts'
import {
  agencyCode,
  buildFileIdentifier,
  buildLawFileCode,
  type FileIdentifierComponents,
  fileIdentifierPrefix,
  gbt47229CodeLists,
  identifierSequence,
  parseFileIdentifier,
} from './index.ts'

const issued = { sourceType: 'AUTHORITY_ISSUED' } as const
const agency = (areaCode: string, bodyCode: string): string => {
  const code = agencyCode({ areaCode, bodyCode })
  if (!code.ok) throw new Error(code.reasons.join())
  return code.value
}

// Numbers as in the worked examples of the standards note, 5.6.
const vectors: Array<[string, FileIdentifierComponents, string]> = [
  [
    '1 全国人大常委会的法律',
    {
      ...issued,
      categoryCode: '0100',
      agencyCode: agency('000000', '1001'),
      publicationDate: '2023-03-13',
      documentNumber: '第三号',
    },
    '0100000000100120230313000300000',
  ],
  [
    '9 税务总局公告',
    {
      ...issued,
      categoryCode: '1700',
      agencyCode: agency('000000', '4441'),
      publicationDate: '2026-09-04',
      documentNumber: '国家税务总局公告2026年第19号',
    },
    '1700000000444120260904001900000',
  ],
  [
    '10 市人民政府',
    {
      ...issued,
      categoryCode: '1700',
      agencyCode: agency('330100', '3000'),
      publicationDate: '2026-09-15',
      documentNumber: '某政规〔2026〕12号',
    },
    '1700330100300020260915001200000',
  ],
  [
    '11 市人民政府办公厅',
    {
      ...issued,
      categoryCode: '1700',
      agencyCode: agency('330100', '4340'),
      publicationDate: '2026-09-15',
      documentNumber: '某政办规〔2026〕31号',
    },
    '1700330100434020260915003100000',
  ],
  [
    '12 废止决定',
    {
      ...issued,
      categoryCode: '1700',
      agencyCode: agency('330100', '3000'),
      publicationDate: '2026-10-20',
      documentNumber: '某政规〔2026〕15号',
      fileClassCode: '30',
    },
    '1700330100300020261020001500030',
  ],
]

const base: FileIdentifierComponents = {
  ...issued,
  categoryCode: '1700',
  agencyCode: '3301003000',
  publicationDate: '2026-09-15',
  documentNumber: '某政规〔2026〕12号',
}

describe('WJBS 文件标识', () => {
  it.each(vectors)('例 %s', (_name, components, digits) => {
    const built = buildFileIdentifier(components)
    expect(built).toEqual({ ok: true, value: `1.2.156.3005.6-${digits}`, sourceType: 'AUTHORITY_ISSUED' })
    expect(`1.2.156.3005.6-${digits}`).toHaveLength(46)
    expect(parseFileIdentifier(`1.2.156.3005.6-${digits}`).ok).toBe(true)
  })

  it('例 2 司法解释的 DE_01001；例 3 行政规范性文件、法院规范性文件不得编 DE_01001', () => {
    const interpretation = {
      ...issued,
      categoryCode: '1100',
      agencyCode: agency('000000', '1610'),
      publicationDate: '2024-08-21',
      documentNumber: '法释〔2024〕9号',
    }
    expect(buildLawFileCode(interpretation)).toMatchObject({ ok: true, value: '1100000000161020240821000900000' })
    for (const categoryCode of ['1700', '2000']) {
      expect(buildLawFileCode({ ...interpretation, categoryCode })).toMatchObject({
        ok: false,
        missing: ['categoryCode'],
      })
    }
  })

  it.each([
    ['publicationDate', { publicationDate: '2026-02-30' }],
    ['agencyCode', { agencyCode: '330100300' }],
    ['categoryCode', { categoryCode: '1750' }],
    ['documentNumber', { documentNumber: '某政规〔2026〕12345号' }],
    ['internalSequence', { internalSequence: 1000 }],
    ['fileClassCode', { fileClassCode: '55' }],
  ])('例 13 拒绝：%s 不合要求', (component, change) => {
    const built = buildFileIdentifier({ ...base, ...change })
    expect(built).toMatchObject({ ok: false, value: null, missing: [component] })
  })

  it('例 13 读入时同样拒绝不存在的日期和分类', () => {
    expect(parseFileIdentifier('1.2.156.3005.6-1700330100300020260230001200000').ok).toBe(false)
    expect(parseFileIdentifier('1.2.156.3005.6-1750330100300020260915001200000').ok).toBe(false)
    expect(parseFileIdentifier('1.2.156.3005.6-1700330100300020260915001200055').ok).toBe(false)
  })

  it.each([
    '1.2.156.3005.6-17003301003000202609150012000001',
    '1.2.156.3005.6-170033010030002026091500120000',
    '1.2.156.3005.61700330100300020260915001200000',
    '1.2.156.3005.7-1700330100300020260915001200000',
    '1.2.156.3005.6-1700330100300020260915001200000\n',
    '',
  ])('例 14 拒绝“%s”', (text) => {
    expect(parseFileIdentifier(text).ok).toBe(false)
  })

  it('不能确定的部分留空并列出，不猜', () => {
    expect(buildFileIdentifier({ ...issued })).toMatchObject({
      ok: false,
      value: null,
      missing: ['categoryCode', 'agencyCode', 'publicationDate', 'documentNumber'],
    })
    expect(buildFileIdentifier({ ...base, documentNumber: ['某令第3号', '某政规〔2026〕12号'] })).toMatchObject({
      ok: false,
      missing: ['documentNumber'],
    })
    expect(buildFileIdentifier({ ...base, documentNumber: '无' })).toMatchObject({
      ok: false,
      missing: ['documentNumber'],
    })
    // 政策解读 and 起草说明: the list of units digits has not been read.
    expect(buildFileIdentifier({ ...base, fileClassCode: '01' })).toMatchObject({
      ok: false,
      missing: ['fileClassCode'],
    })
  })

  it('确实没有字号的文件，顺序号为 0000', () => {
    expect(buildFileIdentifier({ ...base, documentNumber: null })).toMatchObject({
      ok: true,
      value: `${fileIdentifierPrefix}-1700330100300020260915000000000`,
    })
  })

  it('各部分相同的两份文件，没有内部顺序码就拒绝', () => {
    const first = buildFileIdentifier(base)
    const isTaken = (value: string): boolean => first.ok && value === first.value
    expect(buildFileIdentifier(base, { isTaken })).toMatchObject({ ok: false, missing: ['internalSequence'] })
    expect(buildFileIdentifier({ ...base, internalSequence: 2 }, { isTaken })).toMatchObject({
      ok: true,
      value: '1.2.156.3005.6-1700330100300020260915001200200',
    })
  })

  it('导入的标识注明不是制定机关编制的', () => {
    expect(buildFileIdentifier({ ...base, sourceType: 'IMPORTED_NOT_ISSUED' })).toMatchObject({
      ok: true,
      sourceType: 'IMPORTED_NOT_ISSUED',
    })
  })

  it('代码表可以整体替换', () => {
    const codeLists = {
      ...gbt47229CodeLists,
      fileClasses: [
        ...gbt47229CodeLists.fileClasses,
        { code: '02', name: '草案的说明', source: '管理员录入', confidence: 'verified' as const },
      ],
    }
    expect(buildFileIdentifier({ ...base, fileClassCode: '02' }, { codeLists }).ok).toBe(true)
    expect(buildFileIdentifier(base, { codeLists: { ...codeLists, categories: [] } }).ok).toBe(false)
  })

  it('代码表的每一项都有来源，没有重复', () => {
    for (const list of [gbt47229CodeLists.categories, gbt47229CodeLists.bodies, gbt47229CodeLists.fileClasses]) {
      expect(new Set(list.map((entry) => entry.code)).size).toBe(list.length)
      expect(list.every((entry) => entry.source !== '' && entry.name !== '')).toBe(true)
    }
    expect(gbt47229CodeLists.categories).toHaveLength(24)
  })

  it('制定机关代码：乡镇九位代码没有规则，拒绝', () => {
    expect(agencyCode({ areaCode: '640522100', bodyCode: '3000' })).toMatchObject({ ok: false })
    expect(agencyCode({ areaCode: '', bodyCode: '' })).toMatchObject({ ok: false })
    expect(agencyCode({ areaCode: '640522', bodyCode: '3000' })).toMatchObject({ ok: true, value: '6405223000' })
    expect(agencyCode({ areaCode: '640522', bodyCode: '9999' })).toMatchObject({ ok: true, body: null })
  })

  it.each([
    ['海政规发〔2026〕12号', 12],
    ['四川省人民政府令第三百五十一号', 351],
    ['第三次会议', 3],
    ['（第12号）', 12],
  ])('从“%s”取发文顺序号', (text, value) => {
    expect(identifierSequence(text)).toEqual({ ok: true, value })
  })

  it('编制后读回，各部分不变', () => {
    const two = fc.integer({ min: 1, max: 28 }).map((n) => String(n).padStart(2, '0'))
    const date = fc.tuple(fc.integer({ min: 1949, max: 2099 }), fc.integer({ min: 1, max: 12 }), two)
    fc.assert(
      fc.property(
        fc.constantFrom(...gbt47229CodeLists.categories),
        fc.integer({ min: 100_000, max: 999_999 }),
        fc.integer({ min: 0, max: 9999 }),
        date,
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 0, max: 999 }),
        fc.constantFrom(...gbt47229CodeLists.fileClasses),
        (category, area, bodyNumber, [y, m, d], sequence, internalSequence, fileClass) => {
          const bodyCode = String(bodyNumber).padStart(4, '0')
          const publicationDate = `${y}-${String(m).padStart(2, '0')}-${d}`
          const built = buildFileIdentifier({
            ...issued,
            categoryCode: category.code,
            agencyCode: agency(String(area), bodyCode),
            publicationDate,
            documentNumber: `某发〔${y}〕${sequence}号`,
            internalSequence,
            fileClassCode: fileClass.code,
          })
          expect(built.ok).toBe(true)
          expect(parseFileIdentifier(built.value ?? '')).toMatchObject({
            ok: true,
            components: {
              categoryCode: category.code,
              areaCode: String(area),
              bodyCode,
              publicationDate,
              sequence,
              internalSequence,
              fileClassCode: fileClass.code,
            },
          })
        },
      ),
    )
  })

  it('任何字符串读来都不抛错', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect(parseFileIdentifier(text).ok).toBe(false)
      }),
    )
  })
})
