// 各件文件共有的几段路：立项起草、征求意见、审核、审议签署、编号公布、报送备案。
import { addDays } from '@dianzhang/calendar'
import type { FindingWaiver } from '@dianzhang/contract'
import type { Casting, DemoFile } from './desk.ts'
import { inTurn, type Life } from './seed-clock.ts'

export const agri = { drafter: 'drafter', head: 'head', draftingUnit: 'hy-agri' } as const
export const housing = { drafter: 'drafter.housing', head: 'head.housing', draftingUnit: 'hy-housing' } as const
export const town = { drafter: 'drafter.town', head: 'head.town', draftingUnit: 'hy-town-lijun' } as const
export const government = { issuers: ['hy-gov'], tier: 'government' } as const satisfies Partial<Casting>

const meetings: Record<Casting['tier'], string> = {
  government: '海原县人民政府常务会议',
  department: '局务会议',
  township: '李俊乡人民政府乡长办公会议',
}
export interface Opinion {
  unit: string
  by: string
  opinion: 'agree' | 'agree_with_comments' | 'object'
  text?: string
}
export const finance = (opinion: Opinion['opinion'], text?: string): Opinion => ({
  unit: 'hy-finance',
  by: 'contact',
  opinion,
  ...(text ? { text } : {}),
})
export const market = (opinion: Opinion['opinion'], text?: string): Opinion => ({
  unit: 'hy-market',
  by: 'contact.market',
  opinion,
  ...(text ? { text } : {}),
})
export const housingBureau = (opinion: Opinion['opinion'], text?: string): Opinion => ({
  unit: 'hy-housing',
  by: 'contact.housing',
  opinion,
  ...(text ? { text } : {}),
})

/** 立项、起草，直至可以征求意见。 */
export async function* prepare(f: DemoFile, start: number): Life {
  yield f.dates.before(start)
  await f.propose()
  yield f.dates.workdaysAfter(f.today, 2)
  await f.send('secretariat', 'ApproveInitiation', {
    note: f.cast.planItem ? '列入年度制定计划，同意立项。' : '计划外项目，已补充论证，同意立项。',
  })
  yield f.dates.workdaysAfter(f.today, 3)
  await f.draft()
}
export async function* askDepartments(f: DemoFile, opinions: Opinion[]): Life {
  yield f.dates.workdaysAfter(f.today, 1)
  await f.send(f.cast.drafter, 'RequestOpinions', {
    units: opinions.map((o) => o.unit),
    message: '请就职责范围内的内容提出书面意见。',
  })
  for (const o of opinions) {
    yield f.dates.workdaysAfter(f.today, 1)
    await f.send(o.by, 'RecordOpinion', { opinion: o.opinion, text: o.text ?? '' })
  }
}
export interface Heard {
  text: string
  anchor?: { element: string; quote?: string }
  disposition: 'adopted' | 'partly_adopted' | 'not_adopted'
  reason: string
  same?: true
  /** 公开原文时遮去的姓名。 */
  hides?: string
}
/**
 * 公开征求意见：期间收到意见，截止后逐条处理、公布采纳情况；`revise` 为采纳意见后的文本。
 * `same`：说的是一回事的各条（`heard` 中 `same` 为真的）经人归为一组，这是组名；`published`：逐件处理个人信息以后公开原文。
 */
export async function* consultPublic(
  f: DemoFile,
  heard: Heard[],
  options: {
    open?: object
    summary: string
    revise?: string
    wait?: number
    same?: string
    published?: true
  } = {} as never,
): Life {
  yield f.dates.workdaysAfter(f.today, 1)
  await f.open(options.open)
  for (const h of heard) {
    // 公众什么时候都可以提，不分工作日；期限短的挤在一起。
    const next = addDays(f.today, 1)
    if (next < f.closesOn) yield next
    await f.comment(h.text, h.anchor)
  }
  yield f.dates.workdayFrom(addDays(f.closesOn, 1))
  if (options.same)
    await f.send(f.cast.drafter, 'GroupComments', {
      comments: f.comments.filter((_, i) => heard[i]?.same),
      outcome: 'same',
      label: options.same,
    })
  if (options.revise) await f.save(options.revise, '根据公开征求意见情况修改')
  for (const [i, h] of heard.entries())
    await f.send(f.cast.drafter, 'DisposeComment', {
      comment: f.comments[i],
      disposition: h.disposition,
      reason: h.reason,
      ...(h.disposition === 'not_adopted' ? {} : { version: options.revise ? 2 : 1 }),
    })
  yield f.dates.workdaysAfter(f.today, options.wait ?? 1)
  await f.send(f.cast.drafter, 'PublishFeedback', { summary: options.summary })
  if (!options.published) return
  await f.send(f.cast.drafter, 'RedactComments', {
    items: heard.map(({ text, hides }, i) => {
      const start = hides === undefined ? -1 : text.indexOf(hides)
      return start < 0
        ? { comment: f.comments[i], outcome: 'clear' }
        : {
            comment: f.comments[i],
            outcome: 'redacted',
            spans: [{ start, end: start + (hides?.length ?? 0), kind: 'name', reason: '个人信息' }],
          }
    }),
  })
  await f.send(f.cast.drafter, 'PublishComments', {})
}
/** 提请合法性审核并受理；`by` 为计划提请之日，早于条件具备的顺延。 */
export async function* submit(f: DemoFile, by?: string, note?: string, waivers?: FindingWaiver[]): Life {
  yield f.dates.workdayFrom(f.dates.workdaysAfter(f.today, 1), by ?? f.today)
  await f.submit({
    note: note ?? '材料齐备，提请审核。',
    ...(waivers ? { waivers } : {}),
  })
  yield f.dates.workdaysAfter(f.today, 1)
  await f.send('reviewer', 'AcceptPackage', { note: '材料齐备，予以受理。' })
}
export async function* lawful(f: DemoFile, number: string): Life {
  yield f.dates.workdayFrom(f.reviewEarliest(f.today))
  await f.send('reviewer', 'IssueOpinion', {
    outcome: 'lawful',
    number,
    opinion: '制定主体适格，内容不与上位法抵触，程序符合规定。',
  })
}
/** 办公机构审核、集体审议；`meet` 为计划开会之日。 */
export async function* decide(
  f: DemoFile,
  meet: string,
  session: string,
  decision: object = { outcome: 'adopted' },
): Life {
  yield f.dates.workdaysAfter(f.today, 1)
  await f.send('secretariat', 'RecordSecretariatCheck', { outcome: 'passed', reasons: [] })
  const date = f.dates.workdayFrom(f.dates.workdaysAfter(f.today, 1), meet)
  await f.send('secretariat', 'ScheduleDeliberation', { body: meetings[f.cast.tier], session, date })
  yield date
  await f.send('secretariat', 'RecordDecision', {
    minutes: '会议听取起草单位汇报和合法性审核意见，进行了讨论。',
    ...decision,
  })
}
/** 文秘排期的常务会议：议题单、出席、逐件决定、纪要；本件之外还有一项没有案卷的议题，暂缓。 */
export async function* decideInSession(f: DemoFile, meet: string, session: string): Life {
  yield f.dates.workdaysAfter(f.today, 1)
  await f.send('secretariat', 'RecordSecretariatCheck', { outcome: 'passed', reasons: [] })
  const date = f.dates.workdayFrom(f.dates.workdaysAfter(f.today, 1), meet)
  const id = await f.scheduleSession({
    body: meetings.government,
    session,
    date,
    place: '县政府第一会议室',
    items: [
      { matter: f.id, attending: ['hy-finance', 'hy-market'] },
      { topic: '听取全县冬季供热准备工作情况汇报', presenter: 'hy-housing', attending: [] },
    ],
  })
  yield date
  const members = ['leader', 'deputy', 'head.housing', 'head']
  const speakers = ['head.housing', 'deputy', 'leader']
  await f.inSession(id, 'HoldSession', {
    members,
    present: speakers,
    head: 'leader',
    chair: 'leader',
    observers: ['hy-finance', 'hy-market'],
  })
  await f.inSession(id, 'RecordDecision', {
    item: 1,
    outcome: 'adopted',
    speakers,
    dissents: [{ person: 'deputy', text: '建议明确农村集中供热点参照执行的时间，会议未采纳。' }],
    recused: [],
  })
  await f.inSession(id, 'RecordDecision', {
    item: 2,
    outcome: 'postponed',
    reason: '设备检修进度尚未核实，下次会议再议。',
    speakers: [],
    dissents: [],
    recused: [],
  })
  yield f.dates.workdaysAfter(f.today, 1)
  await f.inSession(id, 'RecordMinutes', {
    number: `〔${f.today.slice(0, 4)}〕21号`,
    text: `会议审议并通过《${f.cast.text.title}》。冬季供热准备工作情况，待设备检修进度核实以后下次会议听取。`,
    signedBy: 'leader',
  })
}
/** 各制定机关签署。 */
export async function* sign(f: DemoFile): Life {
  const leaders: Record<string, string> = {
    'hy-gov': 'leader',
    'hy-agri': 'head',
    'hy-housing': 'head.housing',
    'hy-town-lijun': 'head.town',
  }
  for (const issuer of f.cast.issuers) {
    yield f.dates.workdaysAfter(f.today, 1)
    await f.send(leaders[issuer] ?? 'leader', 'Sign', { contentHash: f.hash, issuer, opinion: '同意印发。' })
  }
}
export async function* release(
  f: DemoFile,
  payload: { summary: string; keywords: string[]; immediateReason?: string },
): Life {
  yield inTurn(f.today)
  await f.send('secretariat', 'AssignNumbers')
  yield inTurn(payload.immediateReason ? f.today : f.dates.workdaysAfter(f.today, 1))
  await publish(f, payload)
}
export async function publish(f: DemoFile, payload: object): Promise<void> {
  await f.send('secretariat', 'Publish', {
    effectiveDate: f.effective,
    validity: f.cast.until ? { until: f.until } : { years: 5 },
    channels: ['海原县人民政府网站', '海原县人民政府公报'],
    ...payload,
  })
}
/** 报送并取得备案登记。 */
export async function* fileWith(
  f: DemoFile,
  tracks: Array<{ track: 'government' | 'npc'; registrar: string; number: string }>,
): Life {
  yield f.dates.workdaysAfter(f.today, 3)
  for (const { track } of tracks)
    await f.send('secretariat', 'FileDocument', {
      track,
      materials: ['备案报告', '正式文本', '起草说明', '合法性审核意见'],
    })
  for (const { track, registrar, number } of tracks) {
    yield f.dates.workdaysAfter(f.today, 2)
    await f.send(registrar, 'AcknowledgeFiling', { track, number })
  }
}
/** 未具体写明号段的审核意见书编号。 */
export const opinionNumber = (f: DemoFile, n: number): string => `海司审〔${f.today.slice(0, 4)}〕${n}号`
export const bothTracks = (
  year: string,
  n: number,
): Array<{ track: 'government' | 'npc'; registrar: string; number: string }> => [
  { track: 'government', registrar: 'registrar', number: `卫备〔${year}〕${n}号` },
  { track: 'npc', registrar: 'registrar.npc', number: `海人常备〔${year}〕${n}号` },
]
