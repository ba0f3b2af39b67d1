// 开始之后先看什么：启动时打印的几行。
export interface DemoGuideLine {
  title: string
  story: string
  tryFirst: string
}
/** 按角色列出最值得先试的事；文件均由 `seedDemo` 布置。 */
export const demoGuide: readonly DemoGuideLine[] = [
  {
    title: '社会公众',
    story: '《海原县农村生活垃圾分类和收运处理管理办法》正在公开征求意见，已有五条意见。',
    tryFirst: '不必登录，在征求意见页对某一条提意见，留下回执号查看处理情况。',
  },
  {
    title: '起草经办人（drafter）',
    story:
      '《海原县畜禽粪污资源化利用管理办法》审核意见四条，已答复两条；《农业生产社会化服务补助资金管理办法》与财政局有分歧。',
    tryFirst: '答复第3、4条意见；或者记录协调结果，看案卷如何自动前行。',
  },
  {
    title: '起草经办人（drafter.housing）',
    story:
      '《海原县建筑施工企业信用评价管理办法》审核不合法退回，重新提请时引用了已废止的依据；《既有多层住宅加装电梯实施办法》缺政策解读。',
    tryFirst: '更换依据再由负责人（head.housing）提请审核；或者补交政策解读。',
  },
  {
    title: '合法性审核人（reviewer）',
    story: '《海原县普通住宅物业服务收费管理细则》刚受理，提前出具意见已被拒绝一次。',
    tryFirst: '看“为何现在不能出具”与最早日期；把时钟拨到那一天再出具。',
  },
  {
    title: '政府办公室文秘（secretariat）',
    story:
      '《海原县城区集中供热管理办法》是重大行政决策，没有请示报告党委，县长签署被拒绝；供水办法等待立项；联合通知逾期未报送备案。',
    tryFirst: '记录请示报告，由 leader 签署；同意立项；报送逾期的备案。',
  },
  {
    title: '备案登记人（registrar）',
    story: '燃气通告已报送，等待登记；停车办法因县人大常委会提出纠正意见停止执行。',
    tryFirst: '办理登记，或者要求补正。',
  },
  {
    title: '拨动时钟',
    story: '《农村人居环境整治村民积分管理办法（试行）》二十日内届满。',
    tryFirst: '把时钟拨到届满之后，看它自动失效并在登记库中标明。',
  },
]
