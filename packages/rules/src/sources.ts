// 依据出处：规则与规则包共用的引用。条款与核实程度均按法源整理；未核实的照实标注。
import type { Basis } from '@dianzhang/contract'
import type { Confidence } from './pack.ts'

const cited =
  (document: string, confidence: Confidence = 'verified') =>
  (article: string, own: Confidence = confidence): Basis => ({ document, article, confidence: own })

/** 各法律、行政法规、文件的引用函数：给出条款，得到一条依据。 */
export const source = {
  organicLaw: cited('中华人民共和国地方各级人民代表大会和地方各级人民政府组织法'),
  civilCode: cited('中华人民共和国民法典'),
  supervisionLaw: cited('中华人民共和国各级人民代表大会常务委员会监督法'),
  majorDecision: cited('重大行政决策程序暂行条例（国务院令第713号）'),
  rulemaking: cited('规章制定程序条例'),
  disclosure: cited('中华人民共和国政府信息公开条例（国务院令第711号）'),
  business: cited('优化营商环境条例（国务院令第722号）'),
  privateEconomy: cited('中华人民共和国民营经济促进法'),
  adminRegulation: cited('行政法规制定程序条例（国务院令第838号）'),
  fairCompetition: cited('公平竞争审查条例（国务院令第783号）'),
  ruleFiling: cited('法规规章备案审查条例（国务院令第789号）'),
  archives: cited('机关文件材料归档范围和文书档案保管期限规定（国家档案局令第8号）'),
  officialPapers: cited('党政机关公文处理工作条例（中办发〔2012〕14号）'),
  legalityReview: cited('国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见（国办发〔2018〕115号）'),
  makingAndSupervision: cited('国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知（国办发〔2018〕37号）'),
  ruleOfLaw2010: cited('国务院关于加强法治政府建设的意见（国发〔2010〕33号）', 'partly_verified'),
  interpretation: cited('国务院办公厅《关于全面推进政务公开工作的意见》实施细则（国办发〔2016〕80号）', 'memory'),
  indicators: cited('市县法治政府建设示范指标体系（2021年版）'),
  indexGuide: cited('政府信息公开目录系统实施指引（试行）'),
  haiyuan2023: cited('海原县法治政府建设2023年工作要点（海政办发〔2023〕8号）'),
  zhaohua2017: cited('广元市昭化区2017年度法治政府建设工作安排（昭府办发〔2017〕10号）'),
  qinglongshan2024: cited('青龙山镇2024年法治政府建设工作计划'),
  ningxia: cited('宁夏回族自治区行政规范性文件制定和备案办法（自治区人民政府令第89号）', 'memory'),
  sichuan: cited('四川省行政规范性文件管理办法（省人民政府令第351号）', 'memory'),
  luzhou2010: cited('泸州市行政规范性文件备案实施办法（2010）', 'local_example'),
  innerMongolia: cited('内蒙古自治区行政规范性文件管理办法（自治区人民政府令第262号）', 'memory'),
  innerMongoliaOld: cited('内蒙古自治区规范性文件制定和备案监督办法（2013，已由新办法接续）', 'local_example'),
  hunan: cited('湖南省规范性文件管理办法（省人民政府令第242号，第327号修改）', 'memory'),
  zhuzhou2009: cited('株洲市人民政府部门会签办理规定（2009）', 'local_example'),
  huzhou2025: cited('湖州市乡镇街道行政规范性文件备案审查规定（2025）', 'local_example'),
  zhengzhou: cited('郑州市政策解读工作规定', 'local_example'),
  olderProvince: cited('部分省（自治区）规范性文件备案审查规定（旧文本）', 'local_example'),
  nx89: cited('宁夏回族自治区行政规范性文件制定和备案办法（自治区人民政府令第89号）'),
  nx127: cited('宁夏回族自治区法治政府建设指标体系（自治区人民政府令第127号）'),
  nxNpc: cited('宁夏回族自治区各级人民代表大会常务委员会规范性文件备案审查条例（2024年修订）'),
  nxHearing: cited('宁夏回族自治区行政听证程序规定（2024年修改）'),
  nxMajor: cited('宁夏回族自治区重大行政决策规定'),
  nxBusiness: cited('宁夏回族自治区优化营商环境条例'),
  sc351: cited('四川省行政规范性文件管理办法（省人民政府令第351号）'),
  nm262: cited('内蒙古自治区行政规范性文件管理办法（自治区人民政府令第262号）'),
  nmNpc: cited('内蒙古自治区各级人民代表大会常务委员会规范性文件备案审查条例（2024年修订）'),
  anhui: cited('安徽省行政规范性文件管理办法'),
  yantai: cited('烟台市行政规范性文件制定和监督管理办法'),
  guangzhou: cited('广州市行政规范性文件管理规定（市人民政府令第195号）'),
  fairCompetitionRules: cited('公平竞争审查条例实施办法（市场监管总局令第99号）'),
  archivesRegulation: cited('中华人民共和国档案法实施条例（国务院令第772号）'),
  yaan2025: cited('雅安市司法局合法性审查典型案例（2025）', 'local_example'),
  design: cited('本系统设计约定（须由管理员依正式文件确认）', 'inference'),
} as const
