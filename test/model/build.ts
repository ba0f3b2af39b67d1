// 用办事的话推进一件案卷：每一步都是经接口办理的命令。
import { type Classification, noClassification, type ProposeDocument } from '@dianzhang/contract'
import type { County, File } from './county.ts'

/** 上级紧急命令的名称、文号与日期。 */
export const order = { act: '自治区防汛抗旱指挥部紧急通知', number: '宁汛发〔2026〕2号', date: '2026-02-01' }
/** 上级紧急命令：只放宽审核时限，其余程序照办；由签发领导批准。 */
export const urgent: Classification = {
  ...noClassification,
  emergency: { ground: 'superior_order', reference: order, approver: 'leader' },
}
/** 各制定机关的负责人。 */
const heads: Record<string, string> = {
  'hy-gov': 'leader',
  'hy-agri': 'head',
  'hy-housing': 'head.housing',
  'hy-town-lijun': 'head.town',
}
/** 立项缺省的名称。 */
export const defaultTitle = '海原县设施农业补助资金管理办法'
/** 与案卷相符的正文；施行日期由公布时确定，不写在正文里。 */
export const body = (note: string, title: string = defaultTitle): string =>
  [title, '第一条 为规范示范事项，制定本办法。', `第二条 ${note}`, '第三条 本办法由县农业农村局负责解释。'].join('\n')
export const assessed = (day: string) => ({ conclusion: '结论：可行。', date: day })
export const countyMeeting = { body: '海原县人民政府常务会议', session: '第1次' }
const today = (c: County): string => new Date(c.clock.now().getTime() + 8 * 3600_000).toISOString().slice(0, 10)

/** 在较早的一日办理，其后回到现在；已经过了的不回去。 */
export async function earlier<T>(c: County, day: string, work: () => Promise<T>): Promise<T> {
  const now = c.clock.now().toISOString()
  if (day < today(c)) c.go(day)
  try {
    return await work()
  } finally {
    c.go(now)
  }
}
/** 立项批准，文本与材料齐备，处于起草阶段。 */
export async function drafted(c: County, patch: Partial<ProposeDocument> = {}): Promise<File> {
  const approver = heads[patch.issuers?.[0] ?? 'hy-gov'] ?? 'leader'
  const classification = patch.classification ?? urgent
  const { emergency } = classification
  const f = await earlier(c, '2026-02-04', async () => {
    const file = await c.propose('drafter', {
      ...patch,
      classification: emergency ? { ...classification, emergency: { ...emergency, approver } } : classification,
    })
    await file.do('secretariat', 'ApproveInitiation')
    if (emergency) await file.do(approver, 'ApproveDeviation', { rule: 'emergency' })
    await file.do('drafter', 'SaveDraft', { body: body('初稿。', patch.title) })
    return file
  })
  await f.do('drafter', 'ProvideArtefact', { kind: 'explanatory_note', body: '起草说明。' })
  await f.do('drafter', 'ProvideArtefact', {
    kind: 'legal_basis_table',
    bases: [{ title: '中华人民共和国农业法', articles: ['第三十七条'] }],
  })
  return f
}
export async function submitted(c: County, patch: Partial<ProposeDocument> = {}): Promise<File> {
  const f = await drafted(c, patch)
  await f.do('head', 'SubmitForReview')
  return f
}
export async function reviewing(c: County, patch: Partial<ProposeDocument> = {}): Promise<File> {
  const f = await submitted(c, patch)
  await f.do('reviewer', 'AcceptPackage')
  return f
}
export async function revising(c: County, patch: Partial<ProposeDocument> = {}): Promise<File> {
  const f = await reviewing(c, patch)
  await f.do('reviewer', 'IssueOpinion', {
    outcome: 'revise',
    points: [{ text: '第二条表述不明确。' }, { text: '补充依据。' }],
  })
  return f
}
export async function deliberating(c: County, patch: Partial<ProposeDocument> = {}): Promise<File> {
  const f = await reviewing(c, patch)
  await f.do('reviewer', 'IssueOpinion', { outcome: 'lawful', number: '海司审〔2026〕1号' })
  return f
}
export async function checked(c: County, patch: Partial<ProposeDocument> = {}): Promise<File> {
  const f = await deliberating(c, patch)
  await f.do('secretariat', 'RecordSecretariatCheck', { outcome: 'passed' })
  return f
}
export const meetingOf = (patch: Partial<ProposeDocument>) =>
  patch.tier === 'department' ? { body: '局务会议', session: '第1次' } : countyMeeting
export async function signing(c: County, patch: Partial<ProposeDocument> = {}): Promise<File> {
  const f = await checked(c, patch)
  await f.do('secretariat', 'RecordDecision', { outcome: 'adopted', ...meetingOf(patch), date: today(c) })
  return f
}
export async function numbering(c: County, patch: Partial<ProposeDocument> = {}): Promise<File> {
  const f = await signing(c, patch)
  await f.do(patch.tier === 'department' ? 'head' : 'leader', 'Sign', { contentHash: f.hash })
  return f
}
export async function publishing(c: County, patch: Partial<ProposeDocument> = {}): Promise<File> {
  const f = await numbering(c, patch)
  await f.do('secretariat', 'AssignNumbers')
  return f
}
export const publication = (effectiveDate: string, more: object = {}) => ({
  effectiveDate,
  validity: { years: 1 },
  channels: ['海原县人民政府网站'],
  interpretation: { body: '解读：统一标准。' },
  immediateReason: '不立即施行将有碍施行',
  ...more,
})
/** 公布；`effectiveDate` 为今日的立即施行。 */
export async function published(c: County, effectiveDate: string, patch: Partial<ProposeDocument> = {}): Promise<File> {
  const f = await publishing(c, patch)
  await f.do('secretariat', 'Publish', publication(effectiveDate))
  return f
}
export { today }
