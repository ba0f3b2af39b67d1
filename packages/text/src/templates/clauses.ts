// The clauses an administrative normative document should have: what to write, on which article it rests, how far that
// was verified.
/** One clause that should be there. */
export interface RequiredClause {
  key: 'basis' | 'scope' | 'interpretation' | 'effective' | 'validity' | 'repeal'
  name: string
  /** Why it must be written. */
  basis: string
  /**
   * Whether the basis was checked against the original text; where it was not, the administrator confirms it against
   * local rules.
   */
  confidence: 'verified' | 'partly_verified' | 'memory'
  /** How to write it. */
  hint: string
}

export const requiredClauses: readonly RequiredClause[] = [
  {
    key: 'basis',
    name: '制定依据',
    basis: '《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）（一）',
    confidence: 'partly_verified',
    hint: '写明上位法的名称，现行有效；有文号的写文号。',
  },
  {
    key: 'scope',
    name: '适用范围',
    basis: '立法技术规范的通行体例',
    confidence: 'memory',
    hint: '写明管什么地方、什么人、什么事；不适用的也写明。',
  },
  {
    key: 'interpretation',
    name: '解释机关',
    basis: '立法技术规范的通行体例',
    confidence: 'memory',
    hint: '写明由哪个机关负责解释，应当是制定机关或者其明确的部门。',
  },
  {
    key: 'effective',
    name: '施行日期',
    basis: '《规章制定程序条例》第三十二条（参照第三十六条）；《优化营商环境条例》第六十五条',
    confidence: 'verified',
    hint: '一般自公布之日起三十日后施行；与经营主体密切相关的，为其留出必要的适应调整期。',
  },
  {
    key: 'validity',
    name: '有效期',
    basis: '《国务院关于加强法治政府建设的意见》（国发〔2010〕33号）；本地有效期规定',
    confidence: 'partly_verified',
    hint: '有效期一般不超过五年，标注暂行、试行的一般不超过二年；以本地规则包的数额为准。',
  },
  {
    key: 'repeal',
    name: '废止条款',
    basis: '地方规定：替代原有文件的，列明所废止文件的名称和发文字号',
    confidence: 'partly_verified',
    hint: '替代原有文件的，写明被废止文件的名称和发文字号；没有替代的，删去这一句。',
  },
]
