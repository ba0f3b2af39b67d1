// 文本就是这件案卷的文本：标题、发文字号、制定机关、施行日期、有效期、解释机关与案卷相符。
// 起草阶段提示，签署、签署后更正、公布时阻断；“满三十日后施行”的两种算法都认。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { TextStatement } from '@dianzhang/text'
import { type Facts, headText } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { onDay, withCommand, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { textAgainstFile } from '../text-against-file.ts'

/** 在此三处阻断：签署的、签署以后更正的、公布的须是本案卷的文本。 */
const gates: ReadonlySet<string> = new Set(['Sign', 'CorrectAfterSigning', 'Publish'])
/** 尚在起草、征求意见的，日期、标题里的待填之处和稿次标记是寻常的，不提示。 */
const early: ReadonlySet<string> = new Set(['SaveDraft', 'RequestOpinions', 'OpenPublicConsultation'])

const mend = '请改正正文的相应之处；签署以后的，经“签署后更正”改正'

const said = (f: Facts, change: Partial<TextStatement>): Facts =>
  withDossier(f, (d) => ({
    texts: d.texts.map((t) => (t === headText(d) && t.says ? { ...t, says: { ...t.says, ...change } } : t)),
  }))
const at = (quote: string, address = '第二十三条') => ({ quote, address, start: 0, end: quote.length })
const from = (date: string) => ({ effective: [{ kind: 'date' as const, date, ...at('本办法自……起施行') }] })
const signing = (f: Facts): Facts => withCommand(onDay(f, '2026-05-22'), 'Sign', {})
const publishing = (f: Facts, effectiveDate: string, validity: object): Facts =>
  withCommand(onDay(f, '2026-05-26'), 'Publish', { effectiveDate, validity })

export const textMatchesFile: Rule = {
  id: 'text.matches-file',
  title: '正文的标题、字号、制定机关、施行日期、有效期、解释机关与案卷相符',
  severity: 'block',
  basis: source.design('约定：公布的正文就是案卷的正文'),
  by: [roleLabels.drafter, roleLabels.secretariat],
  judge: (f) => {
    const head = headText(f.dossier)
    const all = textAgainstFile(f)
    if (head === null || all === null) return holds('保存文本时与案卷比对')
    const type = f.command?.type ?? ''
    const wrong = all.filter(
      ({ kind }) => kind === 'contradicts' || kind === 'doubtful' || (kind === 'unfilled' && !early.has(type)),
    )
    const unsaid = all.filter(({ kind }) => kind === 'unsaid').map(({ says }) => says)
    if (wrong.length > 0)
      return fails(`正文与案卷不符：${wrong.map(({ says }) => says).join('；')}。${mend}`, {
        severity: gates.has(type) && wrong.some(({ kind }) => kind !== 'doubtful') ? 'block' : 'warn',
      })
    return holds(`第${head.n}版的自述与案卷相符${unsaid.length > 0 ? `；${unsaid.join('；')}` : ''}`)
  },
  examples: {
    holds: [
      { name: '标题、署名与案卷相同，没有写明日期', given: signing, says: '正文没有写明施行日期' },
      {
        name: '书名号、括号全角半角、换行不同',
        given: (f) =>
          signing(
            said(withDossier(f, { title: '海原县乡村民宿经营管理办法（试行）' }), {
              title: '《海原县\n乡村民宿经营管理办法(试行)》',
            }),
          ),
      },
      {
        name: '印发通知所印发的就是本文件',
        given: (f) =>
          signing(
            said(f, {
              title: '海原县人民政府关于印发《海原县乡村民宿经营管理办法》的通知',
              innerTitle: '海原县乡村民宿经营管理办法',
            }),
          ),
      },
      {
        name: '署名用简称，字号留空待编',
        given: (f) =>
          signing(
            said(withDossier(f, { numbers: null }), {
              signature: ['县政府'],
              documentNumber: { written: '海政规发〔2026〕　号', blank: true },
            }),
          ),
      },
      {
        name: '满三十日后施行、有效期五年，与拟定的相同',
        given: (f) =>
          publishing(
            said(f, {
              effective: [{ kind: 'publication', after: 30, unit: 'day', ...at('自公布之日起满30日后施行') }],
              validity: [{ kind: 'years', years: 5, ...at('有效期五年') }],
            }),
            '2026-06-25',
            { years: 5 },
          ),
      },
      {
        name: '正文写年数，拟定写届满日，是同一日',
        given: (f) =>
          publishing(
            said(f, { ...from('2026-07-01'), validity: [{ kind: 'years', years: 5, ...at('有效期五年') }] }),
            '2026-07-01',
            { until: '2031-06-30' },
          ),
      },
      {
        name: '起草时日期待填、标题带稿次，不提示',
        given: (f) =>
          withCommand(
            said(f, {
              title: '海原县乡村民宿经营管理办法（征求意见稿）',
              effective: [{ kind: 'blank', ...at('本办法自2026年X月X日起施行') }],
            }),
            'SaveDraft',
          ),
      },
    ],
    refused: [
      {
        name: '拿别的文件的正文来签署',
        given: (f) => signing(said(f, { title: '最高人民法院关于综合治理类司法建议工作若干问题的规定' })),
        says: '正文是《最高人民法院关于综合治理类司法建议工作若干问题的规定》，案卷名称是《海原县乡村民宿经营管理办法》',
      },
      {
        name: '起草时即提示（不阻断）',
        given: (f) => withCommand(said(f, { title: '海原县民宿管理办法' }), 'SaveDraft'),
        says: '案卷名称是《海原县乡村民宿经营管理办法》',
      },
      {
        name: '正文带着别的机关的字号',
        given: (f) =>
          signing(
            said(withDossier(f, { numbers: null }), { documentNumber: { written: '法释〔2023〕11号', blank: false } }),
          ),
        says: '正文写“法释〔2023〕11号”',
      },
      {
        name: '署名是别的机关',
        given: (f) => signing(said(f, { signature: ['中卫市人民政府'] })),
        says: '署名是中卫市人民政府',
      },
      {
        name: '印发通知是别的机关的，所印发的名称与案卷相同',
        given: (f) =>
          signing(
            said(f, {
              title: '西吉县人民政府关于印发《海原县乡村民宿经营管理办法》的通知',
              innerTitle: '海原县乡村民宿经营管理办法',
            }),
          ),
        says: '正文标题写的是西吉县人民政府，案卷是海原县人民政府',
      },
      {
        name: '印发通知由两个局联署，案卷只是县政府的',
        given: (f) =>
          signing(
            said(f, {
              title: '海原县财政局海原县农业农村局关于印发《海原县乡村民宿经营管理办法》的通知',
              innerTitle: '海原县乡村民宿经营管理办法',
            }),
          ),
        says: '正文标题写的是海原县财政局、海原县农业农村局',
      },
      {
        name: '政府的文件由其办公室印发（只请核对）',
        given: (f) =>
          signing(
            said(f, {
              title: '海原县人民政府办公室关于印发《海原县乡村民宿经营管理办法》的通知',
              innerTitle: '海原县乡村民宿经营管理办法',
            }),
          ),
        says: '正文标题写的是海原县人民政府办公室',
      },
      {
        name: '正文写的施行日期已经过去',
        given: (f) => signing(said(f, from('2023-11-15'))),
        says: '正文第二十三条写自2023年11月15日（星期三）起施行，已经过去',
      },
      {
        name: '正文写的有效期超过上限，签署以前就指出',
        given: (f) => signing(said(f, { validity: [{ kind: 'years', years: 20, ...at('有效期二十年') }] })),
        says: '正文第二十三条写有效期20年，超过了上限5年',
      },
      {
        name: '施行日期还没有填写',
        given: (f) => signing(said(f, { effective: [{ kind: 'blank', ...at('自2026年X月X日起施行') }] })),
        says: '施行日期还没有填写',
      },
      {
        name: '签署后的更正换上了别的文件的正文',
        given: (f) =>
          withCommand(onDay(said(f, { title: '海原县民宿管理办法' }), '2026-05-24'), 'CorrectAfterSigning', {}),
        says: '案卷名称是《海原县乡村民宿经营管理办法》',
      },
      {
        name: '正文写明有效期，拟定的是不规定有效期',
        given: (f) =>
          publishing(
            said(f, { ...from('2026-07-01'), validity: [{ kind: 'years', years: 3, ...at('有效期三年') }] }),
            '2026-07-01',
            { none: true },
          ),
        says: '拟定的是不规定有效期',
      },
      {
        name: '由外地机关解释',
        given: (f) =>
          signing(said(f, { interpreters: [{ names: ['最高人民法院'], ...at('由最高人民法院负责解释') }] })),
        says: '登记的单位里没有这个机关',
      },
      {
        name: '拟定的施行日期与正文不同',
        given: (f) => publishing(said(f, from('2026-07-15')), '2026-07-01', { years: 5 }),
        says: '正文第二十三条写自2026年7月15日（星期三）起施行，拟定的是2026年7月1日（星期三）',
      },
      {
        name: '“三十日后施行”而拟定得更晚（只作提示）',
        given: (f) =>
          publishing(
            said(f, {
              effective: [{ kind: 'publication', after: 30, unit: 'day', ...at('自公布之日起三十日后施行') }],
            }),
            '2026-08-01',
            { years: 5 },
          ),
        says: '今日公布即2026年6月25日（星期四），拟定的是2026年8月1日（星期六）',
      },
      {
        name: '拟定的有效期与正文不同',
        given: (f) =>
          publishing(
            said(f, { ...from('2026-07-01'), validity: [{ kind: 'years', years: 3, ...at('有效期三年') }] }),
            '2026-07-01',
            { years: 5 },
          ),
        says: '写有效期3年（自2026年7月1日（星期三）起至2029年6月30日（星期六）），拟定的是至2031年6月30日',
      },
    ],
  },
}
