import { describe, expect, it } from 'vitest'
import { figuresById, figuresInWords, notFigures } from './figure-words.ts'

const figures = [
  { id: 'issued', label: '制发的行政规范性文件' },
  { id: 'filing-rate.npc', label: '报备率（人大常委会）' },
]
describe('年度报告里的数', () => {
  it('存的是标识，写的、读的是名称，来回一字不差', () => {
    const text = '本年制发{{issued}}，报备率{{filing-rate.npc}}。'
    const words = figuresInWords(text, figures)
    expect(words).toBe('本年制发【制发的行政规范性文件】，报备率【报备率（人大常委会）】。')
    expect(figuresById(words, figures)).toBe(text)
  })
  it('括号里不是统计项的原样留着，指得出来', () => {
    expect(figuresById('见【附件】', figures)).toBe('见【附件】')
    expect(notFigures('见【附件】，制发{{issued}}', figures)).toEqual(['【附件】'])
  })
})
