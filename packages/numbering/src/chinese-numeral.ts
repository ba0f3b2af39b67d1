// Numbers written in Chinese, as orders carry them: “第三百五十一号”, “第十二号”, “第一二号”, “二〇二六”.
const digitValues: Record<string, number> = {
  零: 0,
  〇: 0,
  '○': 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const unitValues: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }

/** Characters a Chinese numeral may consist of, for use inside a character class. */
export const chineseNumeralCharacters = '零〇○一二两三四五六七八九十百千万'

/** Value of a Chinese numeral from 0 to 99,999,999, or null when it is not a well-formed one. */
export function readChineseNumeral(text: string): number | null {
  if (text.length === 0 || text.length > 20) return null
  if ([...text].every((character) => Object.hasOwn(digitValues, character))) {
    return text.length > 8 ? null : Number([...text].map((character) => digitValues[character]).join(''))
  }
  const parts = text.split('万')
  if (parts.length > 2) return null
  if (parts.length === 1) return readBelowTenThousand(text)
  const high = readBelowTenThousand(parts[0] ?? '')
  const low = parts[1] === '' ? 0 : readBelowTenThousand(parts[1] ?? '')
  return high === null || high === 0 || low === null ? null : high * 10_000 + low
}

function readBelowTenThousand(text: string): number | null {
  let total = 0
  let digit: number | null = null
  let lastUnit = 10_000
  for (const character of text) {
    const value = digitValues[character]
    if (value === 0) {
      if (digit !== null) return null
      continue
    }
    if (value !== undefined) {
      if (digit !== null) return null
      digit = value
      continue
    }
    const unit = unitValues[character]
    if (unit === undefined || unit >= lastUnit) return null
    // 十二 stands for 一十二, but only at the very beginning.
    if (digit === null && !(unit === 10 && total === 0)) return null
    total += (digit ?? 1) * unit
    digit = null
    lastUnit = unit
  }
  return text.length === 0 ? null : total + (digit ?? 0)
}
