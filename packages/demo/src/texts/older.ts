// 登记库中早于本系统的文件：自拟的旧规定，供核对制定依据的效力；其中两件已不再有效。
interface OlderEntry {
  id: string
  title: string
  docNo: string
  issuer: string
  publishedAt: string
  effectiveAt: string
  status: string
  body: string
}
const lines = (title: string, ...articles: string[]): string =>
  [title, ...articles.map((a, i) => `第${'一二三四五六七八'[i]}条　${a}`)].join('\n')

export const olderSource = '演示县旧有文件（自拟）'
export const repealedBasis = { title: '海原县建筑市场管理暂行规定', docNo: '海政发〔2012〕46号' }
export const older: OlderEntry[] = [
  {
    id: 'demo-older-1',
    ...repealedBasis,
    issuer: '海原县人民政府',
    publishedAt: '2012-05-18',
    effectiveAt: '2012-06-01',
    status: '已废止',
    body: lines(
      '海原县建筑市场管理暂行规定',
      '为加强建筑市场管理，制定本规定。',
      '在本县承接工程的施工企业，应当向建设主管部门办理登记。',
      '建设主管部门每年对施工企业的质量、安全情况评定一次。',
      '评定结果作为政府投资工程招标的参考。',
      '本规定由县建设主管部门负责解释。',
      '本规定自2012年6月1日起施行。',
    ),
  },
  {
    id: 'demo-older-2',
    title: '海原县城镇供热管理暂行规定',
    docNo: '海政发〔2015〕71号',
    issuer: '海原县人民政府',
    publishedAt: '2015-09-10',
    effectiveAt: '2015-10-15',
    status: '已失效',
    body: lines(
      '海原县城镇供热管理暂行规定',
      '为保障城镇居民冬季采暖，制定本规定。',
      '采暖期自每年十一月一日起至次年三月三十一日止。',
      '供热单位应当保证居民室内温度不低于十八摄氏度。',
      '热费按照建筑面积收取，收费标准由价格主管部门制定。',
      '本规定由县住房和城乡建设局负责解释。',
      '本规定自2015年10月15日起施行，有效期五年。',
    ),
  },
  {
    id: 'demo-older-3',
    title: '海原县设施农业发展扶持办法',
    docNo: '海政规发〔2022〕4号',
    issuer: '海原县人民政府',
    publishedAt: '2022-04-20',
    effectiveAt: '2022-06-01',
    status: '现行有效',
    body: lines(
      '海原县设施农业发展扶持办法',
      '为促进设施农业发展，制定本办法。',
      '新建日光温室连片五十亩以上的，给予一次性补助。',
      '补助资金实行先建后补，验收合格后拨付。',
      '享受补助的设施五年内不得改变用途。',
      '本办法由县农业农村局负责解释。',
      '本办法自2022年6月1日起施行。',
    ),
  },
  {
    id: 'demo-older-4',
    title: '海原县行政规范性文件制定计划管理规定',
    docNo: '海政办规发〔2021〕2号',
    issuer: '海原县人民政府办公室',
    publishedAt: '2021-03-09',
    effectiveAt: '2021-04-10',
    status: '现行有效',
    body: lines(
      '海原县行政规范性文件制定计划管理规定',
      '为规范行政规范性文件的制定计划，制定本规定。',
      '各部门应当于每年十一月底以前提出下一年度制定项目。',
      '县人民政府办公室会同县司法局汇总论证，报县人民政府批准后公布。',
      '未列入计划而确需制定的，应当补充论证。',
      '本规定由县人民政府办公室负责解释。',
      '本规定自2021年4月10日起施行。',
    ),
  },
]
