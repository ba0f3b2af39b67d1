import { adoptIds, compareStructures, parseText } from '@dianzhang/text'
import { describe, expect, test } from 'vitest'
import { joined } from '../docx-import/docx.fixture.ts'
import { defaultLimits } from '../docx-import/index.ts'
import { openZip } from '../docx-import/zip.ts'
import { type ComparedTexts, exportComparisonTable, exportRedline } from './index.ts'

const before = parseText(
  [
    '河湾县灌溉用水管理细则',
    '第一条　为了规范灌溉用水，制定本细则。',
    '第二条　用水户应当于每年三月十五日前提出用水申请，由县水务局在三十日内答复。',
    '第三条　水费按照国家规定的标准收取，收取的水费全部用于工程维护。用水户逾期不交纳水费的，供水单位可以书面催告。',
    '第四条　违反本细则的，处一百元罚款。',
    '第五条　县水务局每年公布用水计划。',
    '第六条　本细则由县水务局负责解释。',
    '河湾县人民政府',
    '2025年1月6日',
  ].join('\n'),
)
const after = adoptIds(
  before,
  parseText(
    [
      '河湾县灌溉用水管理办法',
      '第一条　为了规范灌溉用水，制定本办法。',
      '第二条　县水务局每年公布用水计划。',
      '第三条　用水户应当于每年三月十五日前提出用水申请，由县水务局在十五日内答复。',
      '第四条　水费按照国家规定的标准收取，收取的水费全部用于工程维护。',
      '第五条　用水户逾期不交纳水费的，供水单位可以书面催告。',
      '第六条　供水单位应当安装\u0001计量设施。',
      '第七条　本细则由县水务局负责解释。',
      '河湾县人民政府',
      '2026年5月20日',
    ].join('\n'),
  ),
)
const comparison = compareStructures(before, after)
const compared: ComparedTexts = {
  title: '河湾县灌溉用水管理办法',
  before,
  after,
  beforeLabel: '第1版',
  afterLabel: '第2版',
  changes: comparison.changes.map((change) => ({
    ...change,
    why: change.before[0]?.number === '第四条' ? [{ source: 'point', text: '不得设定罚款。' }] : [],
  })),
}

/** The paragraphs of a docx with their marks: [-deleted-] and {+added+}. */
async function marked(bytes: Uint8Array): Promise<string[]> {
  const pieces: Uint8Array[] = []
  await openZip(bytes, defaultLimits).read('word/document.xml', (piece) => pieces.push(piece.slice()))
  const xml = new TextDecoder().decode(joined(pieces))
  return [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([paragraph]) =>
    [...paragraph.matchAll(/<w:r>.*?<\/w:r>/gs)]
      .map(([run]) => {
        const text = [...run.matchAll(/<w:t[^>]*>(.*?)<\/w:t>/gs)].map((found) => found[1]).join('')
        return run.includes('<w:strike/>') ? `[-${text}-]` : run.includes('<w:u ') ? `{+${text}+}` : text
      })
      .join(''),
  )
}

describe('比较结果的 docx', () => {
  test('花脸稿：删去的加删除线，增加的加下划线，移动、拆分的写明原处；署名与日期的变化也在', async () => {
    expect(await marked(await exportRedline(compared))).toEqual([
      '第2版与第1版的比较：[-删去的文字-]、{+增加的文字+}',
      '河湾县灌溉用水管理[-细则-]{+办法+}',
      '第一条　为了规范灌溉用水，制定本[-细则-]{+办法+}。',
      '[-第五条-]{+第二条+}　县水务局每年公布用水计划。（原第五条，移至此处）',
      '[-第二条-]{+第三条+}　用水户应当于每年三月十五日前提出用水申请，由县水务局在[-三十日-]{+十五日+}内答复。',
      '[-第三条-]{+第四条+}　水费按照国家规定的标准收取，收取的水费全部用于工程维护。',
      '{+第五条+}　用水户逾期不交纳水费的，供水单位可以书面催告。（原第三条分为第四条、第五条）',
      '{+第六条+}　{+供水单位应当安装计量设施。+}',
      '[-第四条-]　[-违反本细则的，处一百元罚款。-]',
      '[-第六条-]{+第七条+}　本细则由县水务局负责解释。',
      '河湾县人民政府',
      '[-2025年1月6日-]{+2026年5月20日+}',
    ])
  })

  test('修改对照表：每处改动一行三格，只有序号变动的合为一行，没有改动的不列', async () => {
    const [title, labels, ...cells] = await marked(await exportComparisonTable(compared))
    expect([title, labels]).toEqual(['《河湾县灌溉用水管理办法》修改对照表', '第1版 → 第2版'])
    const text = cells.join('\n')
    expect(cells.slice(0, 6)).toEqual([
      '原条文',
      '修改后',
      '修改理由',
      '河湾县灌溉用水管理[-细则-]',
      '河湾县灌溉用水管理{+办法+}',
      '',
    ])
    expect(text).toContain('[-第四条-]　[-违反本细则的，处一百元罚款。-]\n（删去）\n审核意见：不得设定罚款。')
    expect(text).toContain('（无，新增）\n{+第六条+}　{+供水单位应当安装计量设施。+}')
    expect(text).toContain('（文字未改，只有序号变动）\n第六条→第七条\n序号顺延')
    expect(text).not.toContain('第一条　为了规范灌溉用水，制定本细则。')
  })

  test('同一比较得到同一文件；两版相同时写明没有改动', async () => {
    expect(await marked(await exportRedline(compared))).toEqual(await marked(await exportRedline(compared)))
    const same = compareStructures(before, before)
    const table = await marked(
      await exportComparisonTable({ ...compared, before, after: before, changes: same.changes }),
    )
    expect(table).toContain('（没有改动）')
  })

  test('a comparison of very long texts says what it did not look for, in both files', async () => {
    for (const write of [exportRedline, exportComparisonTable]) {
      expect((await marked(await write(compared))).join('\n')).not.toContain('只按标识')
      expect((await marked(await write({ ...compared, coarse: true }))).join('\n')).toContain(
        '只按标识、相同的文字与原处的序号对应',
      )
    }
  })
})
