// 表单各栏的中文名称；先查“命令.栏名”，再查栏名。
import { artefactLabels, classificationLabels, decisionLabels, disclosureLabels, dispositionLabels, legalityOutcomeLabels, opinionLabels, tierLabels, trackLabels } from '@dianzhang/contract'

const names: Record<string, string> = {
  ...classificationLabels,
  note: '备注', approver: '批准人', reason: '理由', body: '内容', attachments: '附件', kind: '材料种类', title: '名称', attachment: '附件',
  bases: '制定依据', docNo: '文号', articles: '条款', clause: '对应本文件条款', classification: '分类', units: '单位', message: '说明', unit: '单位', opinion: '意见',
  text: '意见内容', closesAt: '截止日', channels: '公布渠道', contact: '联系方式', groups: '专门听取意见的群体', shortened: '缩短期限', anchor: '所指位置', element: '条款',
  quote: '引文', name: '名称', comment: '公众意见', disposition: '处理', version: '体现于第几版文本', summary: '摘要', settled: '不再持异议的单位', date: '日期', to: '报请决定的机关', issues: '分歧事项',
  views: '各方意见', decision: '决定', organisation: '评估机构', conclusion: '结论说明', experts: '专家人数', reconfirms: '文本变化后的再次确认', textVersion: '所针对的文本', outcome: '结论', level: '风险等级', exception: '例外情形',
  purpose: '目的', noLesserMeans: '没有影响更小的替代方案（说明）', until: '实施期限或者终止条件', number: '编号', announcedOn: '公告日期', materialsSentOn: '材料送达日期', heldOn: '听证日期', participants: '参加人数', record: '听证笔录',
  reasons: '理由', missing: '缺少的材料', kinds: '补充的材料种类', points: '修改意见', basis: '依据', grounds: '不合法的理由', answer: '答复', point: '审核意见', substantive: '实质性修改', session: '会议', changes: '修改内容', dissents: '不同意见', minutes: '会议纪要',
  reference: '请示文号与事由', reply: '批复', issuer: '代表机关', effectiveDate: '施行日期', validity: '有效期', disclosure: '公开属性', interpretation: '政策解读', immediateReason: '即行施行的理由', keywords: '关键词', internalSequence: '文件标识内部顺序码',
  track: '备案轨道', recipient: '受理单位', materials: '报送材料', action: '处理方式', on: '自何日起', byDocument: '作出决定的文件', retention: '保管期限', archiveNo: '档号', packVersion: '规则包版本', deviations: '依规定偏离', rule: '偏离的规则', ground: '理由',
  necessity: '制定的必要性', planItem: '计划项目', subject: '主题分类', tier: '文件层级', genre: '文种', issuers: '制定机关（牵头在前）', draftingUnit: '起草单位', years: '年数', url: '网址', id: '编号', mediaType: '类型',
  'SaveDraft.body': '文本', 'SaveDraft.note': '本版说明', 'CorrectAfterSigning.body': '更正后的文本', 'CorrectAfterSigning.reason': '更正理由', 'CorrectAfterSigning.substantive': '属于实质性更正', 'RecordOpinion.text': '意见内容', 'IssueOpinion.opinion': '审核意见书正文', 'IssueOpinion.number': '意见书编号', 'IssueOpinion.points.text': '修改意见',
  'ScheduleDeliberation.body': '审议机构', 'RecordDecision.body': '审议机构', 'ScheduleDeliberation.date': '会议日期', 'RecordDecision.date': '会议日期', 'RequestOpinions.units': '征求意见的部门', 'RecordCoordination.units': '参加协调的单位', 'PublishFeedback.summary': '采纳情况说明', 'RecordCoordination.summary': '协调结果',
  'RecordDecision.outcome': '决定', 'RecordSecretariatCheck.outcome': '审核结果', 'RecordDecision.reason': '理由', 'decision.body': '决定机关', 'decision.number': '文号', 'ArchiveFile.retention': '保管期限', 'WithdrawDocument.reason': '撤回理由', 'Sign.opinion': '签署意见', 'RecordAdviserOpinion.opinion': '法律顾问意见',
  'ProvideArtefact.title': '标题', 'ProvideArtefact.body': '正文', 'bases.title': '依据名称', 'ProposeDocument.title': '文件标题', 'Supplement.note': '补充情况', 'AnswerCorrection.answer': '答复内容', 'RequestCorrection.points': '纠正意见', 'Publish.summary': '内容摘要', 'RecordFairCompetitionReview.number': '审查意见编号', 'Publish.channels': '公布渠道',
  'AcknowledgeFiling.number': '备案登记号', 'AnswerPoint.reason': '不采纳的理由', 'attachments.name': '文件名', 'OpenPublicConsultation.channels': '征求意见渠道',
}
/** 一栏的名称。 */
export function fieldName(command: string, path: ReadonlyArray<string | number>): string {
  const keys = path.filter((key) => typeof key === 'string')
  const own = keys.at(-1) ?? ''
  const parent = keys.at(-2)
  return names[`${command}.${keys.join('.')}`] ?? (parent ? names[`${parent}.${own}`] : undefined) ?? names[own] ?? own
}

const shared: Record<string, string> = {
  ...opinionLabels, ...dispositionLabels, ...legalityOutcomeLabels, ...decisionLabels, ...disclosureLabels, ...artefactLabels, ...tierLabels, ...trackLabels,
  controllable: '可控', uncontrollable: '不可控', high: '高', medium: '中', low: '低', no_restriction: '没有排除、限制竞争效果', exception: '适用例外规定', restricts: '具有排除、限制竞争效果', passed: '通过', returned: '退回', amend: '修改', repeal: '废止', explain: '说明理由',
}
const own: Record<string, string> = {
  'disposition.adopted': '采纳', 'answer.adopted': '采纳', 'answer.not_adopted': '不采纳', 'tier.government': '政府规范性文件', 'track.government': '报上级政府备案', 'track.npc': '报人大常委会备案', 'tier.department': '部门规范性文件', 'tier.township': '乡镇规范性文件',
}
/** 一个选项的名称。 */
export const optionName = (field: string, value: string): string => own[`${field}.${value}`] ?? shared[value] ?? value

/** 合同里的说明给人看时：不重复栏名，栏的代码换成名称。 */
export function hintOf(hint: string | undefined, label: string): string | null {
  if (!hint || label.startsWith(hint)) return null
  return hint.replace(/\b[a-z][A-Za-z]+\b/g, (word) => (names[word] ? `“${names[word]}”` : word)).replace(/“ | ”/g, (each) => each.trim())
}
