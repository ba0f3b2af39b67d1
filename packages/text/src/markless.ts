// The words of a text without its marks: two texts that are the same here differ in punctuation and width alone.

const numerals = '零〇一二两三四五六七八九十百千万亿'
const isFigure = (sign: string | undefined): boolean => sign !== undefined && /[0-9]/u.test(sign)
const isNumeral = (sign: string | undefined): boolean => sign !== undefined && numerals.includes(sign)

// Everything that may be dropped or changed, in one look; between them lie the words, taken over as they are.
const marks = /[\p{P}\p{Z}\p{Cf}\p{Cc}`^´｀＾＂~～|｜＜＞<>]/u
const wide = /[\uff01-\uff5e]/gu
const narrow = (text: string): string =>
  text.replace(wide, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll('￥', '¥')

/** Marks that carry meaning between or before figures: decimal point, range or minus, time, fraction, list of numbers. */
const inFigures: Record<string, string> = {
  '.': '.',
  '-': '-',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '~': '-',
  '〜': '-',
  '∼': '-',
  ':': ':',
  '/': '/',
  ',': ',',
  '、': ',',
}

/**
 * The words of a text: full-width letters and figures as half-width ones, without spaces, invisible characters and punctuation.
 * What is more than punctuation stays: % ‰ and signs of arithmetic, a decimal point (1.5 is not 15), a range (3—5), a time
 * (8:30), a fraction, and what parts the numbers of a list (第一、二款 is not 第一二款); commas of thousands do not.
 */
export function markless(text: string): string {
  const plain = narrow(text)
  if (!marks.test(plain)) return plain
  const signs = [...plain]
  let words = ''
  /** The last sign that was kept as a word, and the marks after it. */
  let between = ''
  const flush = (next: string | undefined): void => {
    const [mark] = between
    const last = words.at(-1)
    if (mark !== undefined && [...between].every((each) => each === mark)) {
      const kept = inFigures[mark]
      const figures = isFigure(last) && isFigure(next)
      if (kept === '-' && (figures || isFigure(next))) words += '-'
      else if (kept !== undefined && figures) words += kept
      else if (kept === ',' && isNumeral(last) && isNumeral(next)) words += ','
    }
    between = ''
  }
  for (let at = 0; at < signs.length; at++) {
    const sign = signs[at] ?? ''
    if (
      marks.test(sign) &&
      sign !== '%' &&
      sign !== '‰' &&
      sign !== '&' &&
      sign !== '@' &&
      sign !== '#' &&
      sign !== '*'
    ) {
      if (!/[\p{Z}\p{Cf}\p{Cc}]/u.test(sign)) between += sign
      continue
    }
    if (between === ',' && isThousands(signs, at) && isFigure(words.at(-1))) between = ''
    else flush(sign)
    words += sign
  }
  flush(undefined)
  return words
}

/** Three figures and no more, as behind a comma of thousands. */
const isThousands = (signs: readonly string[], at: number): boolean =>
  isFigure(signs[at]) && isFigure(signs[at + 1]) && isFigure(signs[at + 2]) && !isFigure(signs[at + 3])

/** Whether two texts differ in punctuation and width alone (or not at all). */
export const sameWords = (one: string, other: string): boolean => one === other || markless(one) === markless(other)
