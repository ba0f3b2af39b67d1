// Is what stands in 《》 the name of a law, rule or document, or of a licence, form, newspaper?
const closing = /\s*[（(〔【][^（(〔【）)〕】]{0,40}[）)〕】]$/u
const licence = /(?:证|证书|执照|许可证|牌照|凭证|资质|证明|身份证|护照|签证|批件|许可决定)$/u
const form =
  /(?:表|单|书|协议|合同|台账|记录|笔录|回执|票|发票|簿|册|手册|名单|卡|图|照片|档案|公示栏|问卷|模板|格式|样本|样式|标签|标志)$/u
const correspondence = /(?:请示|报告|议案|建议|提案|来信|汇报|申请|报表|说明)$/u
const press = /(?:日报|晚报|早报|时报|商报|周报|学报|周刊|月刊|杂志|新闻|报纸|[市省]报|公报)$/u
const normative =
  /(?:法|典|条例|规定|办法|则|决定|决议|命令|令|通知|通告|公告|通报|意见|批复|答复|复函|函|方案|规划|计划|纲要|要点|章程|规程|规范|标准|指南|指引|导则|目录|清单|名录|制度|措施|政策|解释|解答|纪要|修正案|公约|条约|协定|议定书|宪章|宣言|声明|安排|预案|要求|程序|大纲|定额|机制|基准|原则|分类|指标|白皮书|细目|区划|问答|通则|备忘录|规约|惯例|专章|编)$/u
/** Forms and letters that end like a rule. */
const formLike =
  /(?:申请|登记|审批|备案|报告|通知|决定|告知|承诺|意见|委托|责任|任务|认定|鉴定|判决|裁定|批准|确认|建议|协议|合同)书$/u

/** Null for a normative name; otherwise why not. `certain` is false where 文号 or articles behind the name would still make it one. */
export function notNormativeReason(name: string): { text: string; certain: boolean } | null {
  let plain = name
  for (let times = 0; times < 3; times++) {
    const shorter = plain.replace(closing, '')
    if (shorter === plain || shorter === '') break
    plain = shorter
  }
  if (licence.test(plain)) return { text: '证照', certain: true }
  if (formLike.test(plain)) return { text: '文书、表格', certain: true }
  if (press.test(plain)) return { text: '报刊', certain: true }
  if (normative.test(plain)) return null
  if (plain.endsWith('报')) return { text: '报刊', certain: true }
  if (form.test(plain)) return { text: '文书、表格', certain: false }
  if (correspondence.test(plain)) return { text: '往来公文', certain: false }
  // 《GB 18667 …》 and 《JGJ/T 1 …》 are standards.
  if (/^[A-Z]{2,6}(?:\/[A-Z])?[\s-]?[0-9]/u.test(plain)) return null
  return { text: '看不出是法律法规或者文件的名称', certain: false }
}
