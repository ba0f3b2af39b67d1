// What an office's own words in a cleanup list decide: one of the five outcomes, only that it ends, or nothing that can be told.
import { type CleanupOutcome, cleanupOutcomeLabels, cleanupOutcomes } from '@dianzhang/contract'

/** `ended`: no longer applied, and the words do not say whether it is repealed or has lapsed (“停止执行”). */
export type OutcomeWord = CleanupOutcome | 'ended'

/** Without spaces and punctuation. */
export const plainWords = (text: string): string => text.normalize('NFKC').replace(/[\s\p{P}\p{S}]+/gu, '')

const keeps = /继续|保留|沿用|留用|维持|有效|执行|适用|施行|实施/u
const unchanged = /保持不变|维持(?:不变|原状|现状)|不作(?:任何)?(?:调整|变动|处理|改动)|(?:继续|拟|建议|予以)?留用/u
/** The columns of “留、改、废”. */
const single: Record<string, CleanupOutcome> = { 留: 'keep', 改: 'amend', 废: 'repeal' }
/** Two things named as alternatives decide neither. */
const either =
  /(?:废止|作废|失效)(?:或者?|还是)(?:予以)?(?:修改|修订|保留|继续)|(?:修改|修订|保留)(?:或者?|还是)(?:予以)?(?:废止|作废|失效)/u
/** What is done to a document, and the words that say it is not done. */
const change = '(?:修改|修订|修正|废止|废除|作废|失效|到期|届满|期满|过期|过有效期|超过有效期|超期)'
const notDone = new RegExp(
  `(?:(?:暂|尚|还|仍|并)?(?:不|未|无|没有|毋|免)(?:宜|予|作|必|用|需|须|需要|应|应当|再|曾|经|被|进行)*|暂缓|免予)${change}(?:(?:或者?|和|及|、)${change})*`,
  'gu',
)
const stops =
  /(?:停止|终止|中止|暂停|不再|不予|不宜|不得|停用|已不|无)(?:继续|再|作为)?(?:有效|执行|适用|施行|实施|使用|保留|沿用)|不保留|不适用|不执行|失去效力|无效/u
const finished =
  /(?:执行|实施|施行|完成|任务|工作|活动|适用)(?:均|都|全部)?(?:已经?)?(?:完毕|完成|结束|期满|终了|期已过)/u
const gone =
  /(?:已|经)(?:经|被|明令|宣布|自然|自行|自动|公布)*(?:废止|失效|作废|撤销)|清理时|到期|届满|有效期(?:已|期)?满|(?:已|超)过(?:了)?有效期|有效期(?:限)?已过|过期/u

/** Ended or changed in part: the rest stays. */
const inPart =
  /(?:部分|个别|有关|相关|其中)(?:的)?(?:第[^，]{1,8}[条款项])?(?:条款|内容|规定|条文)?(?:的|予以|应予|拟|建议)?(?:废止|失效|修改|修订|停止执行)|第[〇零一二三四五六七八九十百千0-9]+[条款项](?:规定|内容)?(?:予以|应予|拟|建议|宣布)?(?:废止|失效|停止执行)|(?:废止|修改|修订)(?:部分|个别|其中|第[〇零一二三四五六七八九十百千0-9]+[条款项])|除第[〇零一二三四五六七八九十百千0-9]+[条款项][^，]{0,20}外/u
function wordOf(clause: string): OutcomeWord | null {
  // “无需修改” speaks of keeping as it is; what else the clause says comes first.
  const rest = clause.replace(notDone, '')
  if (rest === '' && clause !== '') return 'keep'
  const negated = rest !== clause
  if (either.test(rest)) return null
  if (unchanged.test(rest)) return 'keep'
  if (inPart.test(rest)) return 'amend'
  if (/修[改订]|修正/u.test(rest)) return 'amend'
  // “继续有效至有效期届满”, “到期前继续有效” keep; “不再继续有效” does not.
  if (!stops.test(rest) && /继续(?:有效|执行|适用|施行|实施|保留)|保留|沿用/u.test(rest)) return 'keep'
  // “到期失效”: by its end, declared now; “已到期失效” tells what was before.
  if (/^(?:拟|建议|因)?(?:有效期)?(?:到期|届满|期满)(?:后|即|自动|自然|自行)*失效$/u.test(rest)) return 'lapse'
  if (gone.test(rest)) return 'already_gone'
  if (/废止|作废|废除/u.test(rest)) return 'repeal'
  if (/失效/u.test(rest)) return 'lapse'
  if (finished.test(rest)) return 'lapse'
  if (stops.test(rest) || /(?:被|由).{0,30}(?:代替|取代|替代|替换)|^(?:拟|建议|予以|已)?(?:取消|停用)$/u.test(rest))
    return 'ended'
  // To prolong is to publish anew: none of the five.
  if (/延长(?:有效)?期/u.test(rest)) return null
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
  if (Object.hasOwn(single, whole)) return single[whole] ?? null
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
