// Code lists for WJBS (GB/T 47229.2—2026). The standard's text was not at hand: each entry says how sure it is, and the
// whole list can be replaced by an administrator who has it.

export type Confidence = 'verified' | 'inferred'

export interface Code {
  code: string
  name: string
  source: string
  confidence: Confidence
}

export interface CodeLists {
  id: string
  /** Category codes of electronic files of laws and regulations (“法律法规电子文件分类代码”), 4 digits. */
  categories: Code[]
  /** 制定机关代码 digits 7–10; local bodies reuse the codes of their central counterparts. */
  bodies: Code[]
  /** 文件分类代码, 2 digits: only those whose meaning is known may be given. */
  fileClasses: Code[]
}

const categorySource = 'GB/T 47229.2—2026 法律法规电子文件分类代码'
const bodySource = 'GB/T 47229.2—2026 表B.3（GB/T 47277—2026 表B.1，据 GB/T 4657—2021）'
const classSource = 'GB/T 47229.2—2026 文件分类代码'

const category = (code: string, name: string): Code => ({ code, name, source: categorySource, confidence: 'verified' })
const body = (code: string, name: string): Code => ({ code, name, source: bodySource, confidence: 'verified' })

/** The lists as far as they are known. */
export const gbt47229CodeLists: CodeLists = {
  id: 'GB/T 47229.2-2026',
  categories: [
    category('0000', '宪法'),
    category('0100', '法律'),
    category('0200', '有关法律问题和重大问题的决定'),
    category('0300', '法律解释'),
    category('0400', '行政法规'),
    category('0500', '军事法规'),
    category('0600', '监察法规'),
    category('0700', '地方性法规'),
    category('0800', '自治条例和单行条例'),
    category('0901', '经济特区法规'),
    category('0902', '浦东新区法规'),
    category('0903', '海南自由贸易港法规'),
    category('1000', '法规性决定'),
    category('1100', '司法解释'),
    category('1200', '军事规章'),
    category('1300', '部门规章'),
    category('1400', '地方政府规章'),
    category('1500', '特别行政区本地法律'),
    category('1600', '人大规范性文件'),
    category('1700', '行政规范性文件'),
    category('1800', '军事规范性文件'),
    category('1900', '监察规范性文件'),
    category('2000', '法院规范性文件'),
    category('2100', '检察院规范性文件'),
  ],
  bodies: [
    body('1000', '人民代表大会'),
    body('1001', '人民代表大会常务委员会'),
    body('1510', '最高人民检察院'),
    body('1610', '最高人民法院'),
    body('1710', '国家监察委员会'),
    body('3000', '人民政府（国务院）'),
    body('3010', '外交'),
    body('3032', '发展改革'),
    body('3061', '科技'),
    body('3080', '民族事务'),
    body('3120', '公安'),
    body('3130', '国家安全'),
    body('3140', '民政'),
    body('3150', '司法行政'),
    body('3180', '财政'),
    body('3190', '审计'),
    body('3200', '人民银行'),
    body('3321', '水利'),
    body('3332', '住房城乡建设'),
    body('3392', '工业和信息化'),
    body('3481', '交通运输'),
    body('3561', '人力资源社会保障'),
    body('3600', '教育'),
    body('3660', '商务'),
    body('3670', '自然资源'),
    body('3680', '退役军人事务'),
    body('3690', '应急管理'),
    body('3700', '生态环境'),
    body('3710', '农业农村'),
    body('3720', '文化和旅游'),
    body('3730', '卫生健康'),
    body('4010', '市场监管'),
    body('4021', '广播电视'),
    body('4040', '医疗保障'),
    body('4060', '林业和草原'),
    body('4090', '金融监管'),
    body('4100', '统计'),
    body('4150', '海关'),
    body('4161', '气象'),
    body('4301', '机关事务管理'),
    {
      ...body('4340', '政府办公厅（室）'),
      confidence: 'inferred',
      source: `${bodySource}；地方政府办公厅（室）沿用国务院办公厅代码系实施者的理解`,
    },
    body('4441', '税务'),
    body('4481', '国有资产监管'),
    body('4492', '粮食和物资储备'),
    body('4510', '体育'),
    body('4530', '文物'),
    body('4550', '信访'),
    body('4631', '知识产权'),
    body('4770', '药品监管'),
    body('4970', '证券监管'),
    body('6240', '能源'),
    body('6280', '疾病预防控制'),
    body('6290', '数据'),
    body('6300', '消防救援'),
    body('6350', '网信'),
  ],
  fileClasses: [
    { code: '00', name: '文件正文', source: classSource, confidence: 'verified' },
    { code: '10', name: '修正案', source: classSource, confidence: 'verified' },
    { code: '20', name: '批准决定', source: classSource, confidence: 'verified' },
    { code: '30', name: '修改或者废止的决定', source: classSource, confidence: 'verified' },
  ],
}

/** The entry of a code, or null. */
export function findCode(list: readonly Code[], code: string): Code | null {
  return list.find((entry) => entry.code === code) ?? null
}
