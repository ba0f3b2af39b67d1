// Three documents for tests, all written by ourselves: one in articles, one as a notice, one addressed upward.
import { parseText } from '@dianzhang/text'
import type { PublishedDocument } from './published-document.ts'

const measures = `河湾县灌溉用水管理办法

河政规发〔2026〕3号

各乡镇人民政府，县人民政府各部门：

第一章　总则
第一条　为了规范灌溉用水，根据《中华人民共和国水法》，结合本县实际，制定本办法。
第二条　县水务局负责灌溉用水的管理工作，履行下列职责：
（一）编制年度用水计划；
（二）安装、维护计量设施：
1.干渠计量设施；
2.支渠计量设施；
（三）公开水价 & 用水量。
乡镇人民政府协助做好前款规定的工作。
第二章　用水
第一节　计划
第三条　用水户应当于每年3月15日前提出用水申请。
第二节　计量
第四条　水量以计量设施读数为准，读数“<0.5立方米”的不计。
第三章　附则
第五条　本办法由县水务局负责解释。
第六条　本办法自2026年7月1日起施行，有效期5年。

附件：1. 年度用水计划表
2. 水价目录

河湾县人民政府
2026年5月20日
（此件公开发布）

附件1
年度用水计划表

| 渠道 | 水量（万立方米） |
| --- | --- |
| 东干渠 | 120 |
| 西干渠 | 85.5 |

附件2
水价目录
一、水价按照国家规定执行。
二、水价目录每年公布一次。

抄送：县委办公室，县人大常委会办公室。
河湾县人民政府办公室　2026年5月22日印发
`

const circular = `河湾县人民政府办公室关于做好冬季清雪工作的通知

各乡镇人民政府：

为做好冬季清雪工作，现就有关事项通知如下。
一、总体要求
坚持以雪为令、分段负责。
二、主要任务
（一）落实责任。沿街单位负责门前清雪。
1.主要道路由县城市管理局负责。
（1）桥面优先清理。
（2）坡道优先清理。
2.乡村道路由乡镇人民政府负责。
（二）做好保障。储备融雪剂20吨。
三、工作要求
本通知自2026年11月1日起施行，有效期至2031年10月31日。

河湾县人民政府办公室
2026年10月12日
`

const request = `河湾县人民政府关于修建引水渠的请示

青原市人民政府：

我县拟修建引水渠一条，现将有关情况报告如下。
一、建设必要性
现有渠道老化。
二、请示事项
请批准立项。
妥否，请批示。

河湾县人民政府
2026年2月2日
`

const document = (id: string, text: string, more: Partial<PublishedDocument>): PublishedDocument => ({
  structure: parseText(text),
  id,
  category: '行政规范性文件',
  origin: 'made',
  issuers: ['河湾县人民政府'],
  documentNumber: null,
  registryNumber: null,
  indexNumber: null,
  direction: 'down',
  signer: null,
  adoptionDate: null,
  publicationDate: null,
  effectiveDate: null,
  validUntil: null,
  endedOn: null,
  status: 'in_force',
  url: null,
  jurisdiction: { code: '640599', name: '河湾县' },
  copies: [],
  printedBy: null,
  printDate: null,
  summary: null,
  amends: [],
  repeals: [],
  gbt47229: null,
  ...more,
})

export const measuresText = measures
/**
 * In articles: chapters, sections, articles, paragraphs, items and sub-items, two attachments, a table, and the
 * imprint (“版记”).
 */
export const measuresDocument = document('hw-2026-3', measures, {
  documentNumber: '河政规发〔2026〕3号',
  registryNumber: 'HW-2026-0003',
  indexNumber: '640599001/2026-00012',
  adoptionDate: '2026-05-20',
  publicationDate: '2026-05-22',
  effectiveDate: '2026-07-01',
  validUntil: '2031-06-30',
  status: 'pending_effect',
  url: 'https://example.gov.cn/documents/hw-2026-3',
  summary: '规范灌溉用水的计划、计量与水价，"公开"透明。',
  repeals: ['河湾县农业用水暂行办法'],
  gbt47229: {
    fileIdentifier: '1.2.156.3005.6-1700640599300020260522000300000',
    issuerCode: '6405993000',
    categoryCode: '1700',
  },
})
/** As a notice: “一、”, “（一）”, “1.”, “（1）”. */
export const circularDocument = document('hw-2026-41', circular, {
  issuers: ['河湾县人民政府办公室'],
  documentNumber: '河政办规发〔2026〕4号',
  adoptionDate: '2026-10-12',
  publicationDate: '2026-10-13',
  effectiveDate: '2026-11-01',
  validUntil: '2031-10-31',
  endedOn: '2028-03-01',
  status: 'repealed',
  copies: ['县委办公室', '县公安局'],
  printedBy: '河湾县人民政府办公室',
  printDate: '2026-10-13',
})
/** Addressed upward: the signer is printed. */
export const requestDocument = document('hw-2026-7', request, {
  documentNumber: '河政〔2026〕7号',
  category: null,
  direction: 'up',
  signer: '县长（签发人）',
  adoptionDate: '2026-02-02',
})

export const documents = { measures: measuresDocument, circular: circularDocument, request: requestDocument } as const
