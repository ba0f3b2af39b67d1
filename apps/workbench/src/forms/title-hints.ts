// What a title and a text suggest about the classification: only a hint for the person who fills it in, never an answer.
// What the text suggests comes with the passage that suggests it.

type HintedField = 'provisional' | 'affectsRights' | 'enterpriseRelated' | 'competition' | 'majorDecision' | 'expertise'
/** One item of the classification that the title or the text suggests, and why. */
export interface ClassificationHint {
  field: HintedField
  label: string
  says: string
  /** The passage of the text, shortened; null: it is the title. */
  passage: string | null
}
interface Pattern {
  field: HintedField
  label: string
  /** In a title; absent: a title alone says nothing of it. */
  title?: RegExp
  /** In a provision; absent: only the title says it. */
  text?: RegExp
  says: (word: string) => string
}
const patterns: readonly Pattern[] = [
  {
    field: 'provisional',
    label: '暂行（试行）',
    title: /暂行|试行/u,
    text: /试行期|试行[一二两三四五六七八九十\d]+[个年月]/u,
    says: (word) => `写着“${word}”，有效期较短`,
  },
  {
    field: 'affectsRights',
    label: '影响权利义务',
    title: /收费|处罚|罚款|许可|征收|补偿|安置|补助|补贴|救助|限制|禁止|资格|管理(?:暂行|试行)?(?:办法|规定|细则)/u,
    text: /罚款|没收|处罚|收费|收取|缴纳|征收|补偿|补助|补贴|救助|不得|禁止|取消.{0,6}资格|责令|追究|应当(?:申请|申报|备案|登记|提交|提供|配合)/u,
    says: (word) => `“${word}”一般涉及公民、法人的权利义务，须公开征求意见`,
  },
  {
    field: 'enterpriseRelated',
    label: '涉企',
    title: /企业|经营|市场主体|个体工商户|招商|产业|民宿|餐饮|商贸|物业/u,
    text: /(?<!事业单位、)企业(?!家庭)|经营主体|经营者|市场主体|个体工商户|行业协会|商会|生产者|销售者/u,
    says: (word) => `“${word}”一般与经营主体的生产经营密切相关，须听取企业意见、作公平竞争审查`,
  },
  {
    field: 'competition',
    label: '涉及公平竞争',
    title: /招标|政府采购|特许经营|资质|市场准入|奖励资金|产业扶持/u,
    text: /招标|投标|政府采购|特许经营|资质|市场准入|准入条件|优先(?:采购|选用|使用)|本地(?:企业|产品)|税收优惠|财政(?:奖励|补贴)|备选库|名录库/u,
    says: (word) => `“${word}”可能影响公平竞争，须作公平竞争审查`,
  },
  {
    field: 'majorDecision',
    label: '重大行政决策',
    text: /重大公共(?:政策|建设项目)|关系全县|国土空间规划|重大公共服务|定价|政府定价|征地|拆迁/u,
    says: (word) => `“${word}”可能属于重大行政决策，须核对本年度决策事项目录`,
  },
  {
    field: 'expertise',
    label: '专业性较强',
    text: /技术(?:标准|规范|指标)|检测|监测|评定等级|剂量|浓度|荷载|等级标准/u,
    says: (word) => `“${word}”专业性较强，一般须经专家论证`,
  },
]
/** Names of acts say what they are about, not what this text does. */
const namesOfActs = /《[^》]{1,80}》/gu
const clipped = (passage: string, word: string): string => {
  const at = passage.indexOf(word)
  const from = Math.max(0, at - 28)
  const to = Math.min(passage.length, at + word.length + 36)
  return `${from > 0 ? '……' : ''}${passage.slice(from, to)}${to < passage.length ? '……' : ''}`
}
/** The article or item a line stands in, as it is written at its head. */
const headOf = (line: string): string =>
  /^\s*(第[〇零一二三四五六七八九十百千]+条|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)/u.exec(line)?.[1] ??
  ''

/**
 * The hints of a title and of a text, in the order of the form; of the text the first passage that suggests each. The title speaks
 * first. None for an empty title and no text.
 */
export function classificationHints(title: string, text = ''): ClassificationHint[] {
  const lines = text.split('\n').map((line) => line.replace(namesOfActs, (name) => '《》'.padEnd(name.length, '　')))
  const written = text.split('\n')
  return patterns.flatMap(({ field, label, title: inTitle, text: inText, says }): ClassificationHint[] => {
    const named = inTitle?.exec(title)?.[0]
    if (named) return [{ field, label, says: says(named), passage: null }]
    if (!inText) return []
    let article = ''
    for (const [i, line] of lines.entries()) {
      const head = headOf(line)
      if (head) article = head
      // The title of the text is the title; it has spoken.
      if (i === 0 && !head) continue
      const word = inText.exec(line)?.[0]
      if (!word) continue
      const passage = clipped((written[i] ?? '').trim(), word)
      return [{ field, label, says: says(word), passage: head || article === '' ? passage : `${article}　${passage}` }]
    }
    return []
  })
}
