// What an office's own words in a cleanup list decide: one of the five outcomes, only that it ends, or nothing that can be told.
import { type CleanupOutcome, cleanupOutcomeLabels, cleanupOutcomes } from '@dianzhang/contract'

/** `ended`: no longer applied, and the words do not say whether it is repealed or has lapsed (“停止执行”). */
export type OutcomeWord = CleanupOutcome | 'ended'

/** Without spaces and punctuation. */
export const plainWords = (text: string): string => text.normalize('NFKC').replace(/[\s\p{P}\p{S}]+/gu, '')

const keeps = /继续|保留|沿用|有效|执行|适用|施行|实施/u
/** What is done to a document, and the words that say it is not done. */
const change = '(?:修改|修订|修正|废止|废除|作废|失效|到期)'
const notDone = new RegExp(
  `(?:(?:暂|尚|还|仍|并)?(?:不|未|无|没有|毋|免)(?:宜|予|作|必|用|需|须|需要|应|应当|再|曾|经|被|进行)*|暂缓|免予)${change}`,
  'gu',
)
const stops =
  /(?:停止|终止|中止|暂停|不再|不予|不宜|不得|停用|已不|无)(?:继续|再|作为)?(?:有效|执行|适用|施行|实施|使用|保留|沿用)|不保留|不适用|不执行|失去效力|无效/u
const finished =
  /(?:执行|实施|施行|完成|任务|工作|活动|适用)(?:均|都|全部)?(?:已经?)?(?:完毕|完成|结束|期满|终了|期已过)/u
const gone =
  /(?:已|经)(?:经|被|明令|宣布|自然|自行|自动|公布)*(?:废止|失效|作废|撤销)|清理时|到期|届满|有效期(?:已|期)?满|(?:已|超)过(?:了)?有效期|有效期(?:限)?已过|过期/u

function wordOf(clause: string): OutcomeWord | null {
  // “无需修改” speaks of keeping as it is; what else the clause says comes first.
  const rest = clause.replace(notDone, '')
  if (rest === '' && clause !== '') return 'keep'
  const negated = rest !== clause
  if (/部分(?:条款|内容|规定)?(?:的)?(?:废止|失效|修改|修订)|(?:废止|修改|修订)部分/u.test(rest)) return 'amend'
  if (/修[改订]|修正/u.test(rest)) return 'amend'
  // “继续有效至有效期届满”, “到期前继续有效” keep; “不再继续有效” does not.
  if (!stops.test(rest) && /继续(?:有效|执行|适用|施行|实施|保留)|保留|沿用/u.test(rest)) return 'keep'
  if (gone.test(rest)) return 'already_gone'
  if (/废止|作废|废除/u.test(rest)) return 'repeal'
  if (/失效/u.test(rest)) return 'lapse'
  if (finished.test(rest)) return 'lapse'
  if (stops.test(rest)) return 'ended'
  if (keeps.test(rest)) return 'keep'
  return negated && !/待|研究|商/u.test(rest) ? 'keep' : null
}
/**
 * The outcome that the words of a list decide; null where they decide none. A reason in brackets or after a comma decides only where
 * the words before it do not, except that what is kept and amended is `amend`.
 */
export function outcomeWord(says: string): OutcomeWord | null {
  const text = says.normalize('NFKC')
  const whole = plainWords(text)
  const exact = cleanupOutcomes.find(
    (key) => plainWords(cleanupOutcomeLabels[key]) === whole || key === whole.toLowerCase(),
  )
  if (exact) return exact
  const outer = text.replace(/[([【〔{][^)\]】〕}]*[)\]】〕}]?/gu, ' ')
  const inner = [...text.matchAll(/[([【〔{]([^)\]】〕}]*)/gu)].map((x) => x[1] ?? '')
  let found: OutcomeWord | null = null
  for (const clause of [outer, ...inner].flatMap((part) => part.split(/[,;。:\n]/u)).map(plainWords)) {
    const word = clause === '' ? null : wordOf(clause)
    found = found === null || (found === 'ended' && word !== null && word !== 'keep' && word !== 'amend') ? word : found
    if (found === 'keep' && word === 'amend') found = 'amend'
  }
  return found
}
/**
 * Its own words beside those of the section it stands in: “已失效” in the list of what is declared lapsed is `lapse`; what only ends
 * is told by its section. Null where neither decides.
 */
export function outcomeIn(section: OutcomeWord | null, own: OutcomeWord | null): CleanupOutcome | null {
  const ended = own === 'ended' || own === 'repeal' || own === 'lapse' || own === 'already_gone'
  const within = section === 'repeal' || section === 'lapse' || section === 'already_gone'
  if (ended && within) return section
  return own === 'ended' ? null : own
}
