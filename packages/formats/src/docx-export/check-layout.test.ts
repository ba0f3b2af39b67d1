import { describe, expect, test } from 'vitest'
import { documents, measuresDocument } from '../documents.fixture.ts'
import { docxOf, paragraph, run } from '../docx-import/docx.fixture.ts'
import { checkLayout } from './check-layout.ts'
import { exportDocx } from './export-docx.ts'
import { gbt9704, gbt47229, layoutProfiles } from './profiles.ts'

describe.each(Object.entries(documents))('%s', (_, document) => {
  test.each(layoutProfiles.map((profile) => [profile.id, profile] as const))(
    'what is exported as %s has no fault in its own profile',
    async (_id, profile) => expect(await checkLayout(await exportDocx(document, profile), profile)).toEqual([]),
  )
})

test('a file in the other profile lacks the red mark', async () => {
  const found = await checkLayout(await exportDocx(measuresDocument, gbt47229), gbt9704)
  expect(found.map(({ message }) => message)).toEqual(['没有找到红色的发文机关标志'])
})

test('every fault names its clause and its place', async () => {
  const body = [
    paragraph(run('河湾县人民政府文件', '<w:color w:val="FF0000"/>'), '<w:jc w:val="center"/>'),
    paragraph('河政规发[2026]03号'),
    paragraph(run('关于加强渠道管护的通知', '<w:rFonts w:eastAsia="宋体"/><w:sz w:val="36"/>')),
    paragraph('各乡镇人民政府：'),
    paragraph(
      run('现将有关事项通知如下。', '<w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/>'),
      '<w:ind w:firstLineChars="200"/>',
    ),
    paragraph(run('请认真执行。', '<w:rFonts w:eastAsia="宋体"/><w:sz w:val="28"/>')),
    paragraph('附件：管护责任表。'),
    paragraph('河湾县人民政府'),
    paragraph('2026年03月05日'),
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:bottom="1984" w:left="1587" w:right="1474"/></w:sectPr>',
  ].join('')
  const found = await checkLayout(await docxOf(body))
  const about = (word: string): string[] =>
    found.filter(({ message }) => message.includes(word)).map(({ clause }) => clause)
  expect(about('天头')).toEqual(['GB/T 9704—2012 5.1、5.2.1'])
  expect(about('下边距')).toEqual([])
  expect(about('每面应排22行')).toEqual(['GB/T 9704—2012 5.2.3'])
  expect(about('没有页码')).toEqual(['GB/T 9704—2012 7.5'])
  expect(about('标题应当用小标宋体')).toEqual(['GB/T 9704—2012 7.3.1'])
  expect(about('标题应当居中')).toEqual(['GB/T 9704—2012 7.3.1'])
  expect(about('河政规发〔2026〕3号')).toEqual(['GB/T 9704—2012 7.2.5'])
  expect(about('不编虚位')).toEqual(['GB/T 9704—2012 7.3.5'])
  expect(about('后面不加标点')).toEqual(['GB/T 9704—2012 7.3.4'])
  expect(found.filter(({ quote }) => quote === '现将有关事项通知如下。')).toEqual([])
  expect(found.filter(({ quote }) => quote === '请认真执行。').map(({ message }) => message)).toEqual([
    '正文应当用仿宋，文件里是宋体',
    '正文应当用3号字，文件里是4号',
    '正文应当首行空2字，文件里空0.0字',
  ])
  expect(found.find(({ quote }) => quote === '请认真执行。')?.paragraph).toBe(6)
})
