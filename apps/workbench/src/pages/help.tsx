// Help in the words of those who do the work: what to press for what one wants to get done, by role; what the words mean.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { meQuery } from '../queries.ts'
import '../document/document.css'

interface Topic {
  /** Who looks for it; empty: everybody. */
  roles: readonly string[]
  title: string
  steps: readonly string[]
}
const topics: readonly Topic[] = [
  {
    roles: [],
    title: '今天要办什么',
    steps: [
      '打开“案卷”，“待我办”列着等您办的事，最紧的在前；点“要办什么”一栏，直接到要填的那一页。',
      '“我在等”是您等着别人办的，写着等谁、到哪一日；等得太久的，在案卷页的卡片上按“催办”。',
      '办完以后，页面下方写明接下来轮到谁。',
    ],
  },
  {
    roles: ['drafter', 'unit_head'],
    title: '起草一件文件',
    steps: [
      '按“申请立项”，写标题、制定机关、必要性；右边写着这样申请要过哪些环节、最早哪一天公布。',
      '文本可以从范本、Word 或者空白开始；在案卷里按“编辑文本”接着写，自动存为工作稿，写好按“保存为新版”。',
      '卡片下面列着“送审以前还缺”的材料，按一下就补：起草说明带范本，制定依据对照表由正文读出。',
      '征求部门意见、公开征求意见各按一个按钮；截止日由系统算好，写明依据。',
      '公众意见逐条处理，也可以勾选几条一并处理；处理完按“公布采纳情况”。',
    ],
  },
  {
    roles: ['department_contact'],
    title: '答复征求意见',
    steps: ['“待我办”里点“答复意见”，选同意或者有意见，写明内容即可；常用语点一下就填上。'],
  },
  {
    roles: ['legality_reviewer', 'legal_adviser'],
    title: '审核一件文件',
    steps: [
      '先“受理送审材料”；缺的按“要求补充材料”。',
      '出具意见时左边是送审的文本，选中一句话按“就这句提意见”；检查提示可以列为意见，也可以同意不改。',
      '不到最短审核期限的，写着最早哪一天可以出具；填过的内容留在本机，到时接着办。',
    ],
  },
  {
    roles: ['secretariat'],
    title: '上会、编号、公布',
    steps: [
      '办公机构审核、安排审议、记录决定，依次办；审议的会议已经填好。',
      '签署以后“统一登记编号”：号码由系统按系列依次发，不会重号。',
      '“公布”时右边是公众将看到的页面，施行日期、有效期照正文填好；公布以后给出网址与二维码。',
    ],
  },
  {
    roles: ['leader'],
    title: '签署',
    steps: ['点“签署”，左边是要签的文本（或者与上次认可相比改了哪里），右边是谁审核过、没有采纳的意见。'],
  },
  {
    roles: ['admin'],
    title: '照看系统',
    steps: [
      '“系统管理”列着要照看的事，出了问题的在前。',
      '“规则包”的核实工作台逐项核实：值不变的只确认，几项并成一版。',
      '人员可以由表格（XLSX）成批录入；一次性密码只显示一次。',
    ],
  },
]
const words: ReadonlyArray<readonly [string, string]> = [
  ['案卷', '一件文件从立项到公布、备案的全部办理与材料。'],
  ['第几版文本', '每次“保存为新版”留下一版，以后不能改；可以随时比较两版。'],
  ['工作稿', '编辑时自动存的草稿，还不是一版；同一案卷的起草人共用一份。'],
  ['规则包', '本地的期限、机关、材料等规定，每个值有出处；立项时的一版一直用到办完。'],
  ['暂时不能办', '还差条件：逐项写明差什么、依据哪一条、最早哪一天、由谁办。'],
  ['台账', '谁在何时办了什么，逐条相链，改动不了；“历史”一页就是它。'],
]
const keys: ReadonlyArray<readonly [string, string]> = [
  ['Ctrl K', '检索标题、文号、人员、条文……'],
  ['j、k', '在待办里上下走'],
  ['回车', '打开选中的一件'],
  ['/', '在待办里检索'],
]

export function HelpPage() {
  const { data: me } = useQuery(meQuery)
  const mine = (topic: Topic) =>
    topic.roles.length === 0 || topic.roles.some((role) => me?.roles.includes(role as never))
  const ordered = [...topics.filter(mine), ...topics.filter((topic) => !mine(topic))]
  return (
    <main className="page help">
      <h1>帮助</h1>
      <p className="quiet">先看与您的任职有关的。办不了的时候，案卷页“暂时不能办”里写着差什么、依据哪一条。</p>
      <p>
        <Link to="/" search={{ tour: 'yes' }} className="button-link">
          再看一遍入门指引
        </Link>
      </p>
      {ordered.map((topic) => (
        <section key={topic.title} className="card">
          <h2>{topic.title}</h2>
          <ol>
            {topic.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
      ))}
      <section className="card">
        <h2>几个词</h2>
        <dl className="facts">
          {words.map(([word, says]) => (
            <div key={word} className="facts-row">
              <dt>{word}</dt>
              <dd>{says}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="card">
        <h2>键盘</h2>
        <dl className="facts">
          {keys.map(([key, says]) => (
            <div key={key} className="facts-row">
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{says}</dd>
            </div>
          ))}
        </dl>
      </section>
      <p>
        期限怎样算，见公众网站的<a href="/about">期限算法</a>；回到<Link to="/">我的待办</Link>。
      </p>
    </main>
  )
}
