// What a title suggests about the classification: only a hint for the person who fills it in, never an answer.

/** One item of the classification that the title suggests, and why. */
export interface TitleHint {
  field: 'provisional' | 'affectsRights' | 'enterpriseRelated' | 'competition'
  label: string
  says: string
}
const patterns: ReadonlyArray<{
  field: TitleHint['field']
  label: string
  words: RegExp
  says: (word: string) => string
}> = [
  {
    field: 'provisional',
    label: '暂行（试行）',
    words: /暂行|试行/u,
    says: (word) => `标题写着“${word}”，有效期较短`,
  },
  {
    field: 'affectsRights',
    label: '影响权利义务',
    words: /收费|处罚|罚款|许可|征收|补偿|安置|补助|补贴|救助|限制|禁止|资格|管理(?:暂行|试行)?(?:办法|规定|细则)/u,
    says: (word) => `“${word}”一般涉及公民、法人的权利义务，须公开征求意见`,
  },
  {
    field: 'enterpriseRelated',
    label: '涉企',
    words: /企业|经营|市场主体|个体工商户|招商|产业|民宿|餐饮|商贸|物业/u,
    says: (word) => `“${word}”一般与经营主体的生产经营密切相关，须听取企业意见、作公平竞争审查`,
  },
  {
    field: 'competition',
    label: '涉及公平竞争',
    words: /招标|政府采购|特许经营|资质|市场准入|奖励资金|产业扶持/u,
    says: (word) => `“${word}”可能影响公平竞争，须作公平竞争审查`,
  },
]
/** The hints of one title, in the order of the form; none for an empty title. */
export const titleHints = (title: string): TitleHint[] =>
  patterns.flatMap(({ field, label, words, says }) => {
    const found = words.exec(title)?.[0]
    return found ? [{ field, label, says: says(found) }] : []
  })
