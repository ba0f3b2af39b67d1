import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allHits, hitsOf, normalizeForPatterns } from './clauses.ts'
import { lintPatterns } from './patterns.ts'
import { requiredWords } from './required.ts'

test.each([
  ['甲乙', ['甲乙']],
  ['(甲乙|丙丁)[^。]{0,4}戊己庚', ['戊己庚']],
  ['甲(乙)?丙丁', ['丙丁']],
  ['(甲乙|丙)?丁', ['丁']],
  ['甲乙|[丙丁]{2}', null],
  ['[0-9]+(\\.[0-9]+)?万元', ['万元']],
  ['(?<!办)法规', ['法规']],
  ['甲{2}乙丙', ['乙丙']],
])('%s 的命中必含 %j', (pattern, words) => expect(requiredWords(pattern)).toEqual(words))

describe('逐块、有该有的词才问，与逐条问全文一样', () => {
  const clausePatterns = lintPatterns.filter(({ where }) => where !== 'issuer')
  const sentence = fc.oneof(
    fc.constantFrom(...clausePatterns.flatMap(({ match, nomatch }) => [match, nomatch])),
    fc.stringMatching(/^[一-丧，。；]{0,60}$/u),
  )
  test('任意句子连成的长文', () => {
    fc.assert(
      fc.property(fc.array(sentence, { maxLength: 400 }), (sentences) => {
        const text = normalizeForPatterns(sentences.join('\n'))
        expect(allHits(clausePatterns, text)).toEqual(
          clausePatterns.flatMap((pattern) => hitsOf(pattern, text).map((hit) => ({ pattern, hit }))),
        )
      }),
      { numRuns: 30 },
    )
  })
})
