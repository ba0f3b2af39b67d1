// 一次事事合规的常务会议；规则的例子与测试在它上面改动。
import { exampleFacts } from '@dianzhang/rules'
import type { AgendaItem, Gate, SessionDossier, SessionFacts } from './shape.ts'

const item = (n: number, matter: string | null, title: string): AgendaItem => ({
  n,
  matter,
  title,
  presenter: 'hy-agri',
  attending: [],
  majorDecision: false,
  dropped: null,
  decision: null,
})
export const exampleGate = (matter: string, change: Partial<Gate> = {}): Gate => ({
  matter,
  title: '海原县耕地管护办法',
  stageLabel: '集体审议',
  unit: 'hy-agri',
  majorDecision: false,
  inStage: true,
  scheduledHere: true,
  open: true,
  outstanding: [],
  ...change,
})
const members = ['p-head', 'p-vice-1', 'p-vice-2', 'p-vice-3', 'p-chief']
export const exampleSession: SessionFacts = {
  today: '2026-06-03',
  dossier: {
    id: 'm-session',
    jurisdiction: '640522',
    packVersion: '640522@2026-01-01.3',
    body: { id: 'hy-gov:常务会议', name: '海原县人民政府常务会议', unit: 'hy-gov' },
    session: '第12次',
    date: '2026-06-03',
    place: '县政府第一会议室',
    origin: null,
    items: [item(1, 'm-1', '海原县耕地管护办法'), item(2, null, '听取安全生产情况汇报')],
    held: {
      on: '2026-06-03',
      at: '2026-06-03T09:00:00+08:00',
      attendance: { members, present: members.slice(0, 4), head: 'p-head', chair: 'p-head', observers: [] },
    },
    rescheduled: [],
    cancelled: null,
    minutes: null,
  },
  command: {
    type: 'RecordDecision',
    payload: {
      item: 1,
      outcome: 'adopted',
      speakers: ['p-vice-1', 'p-vice-2', 'p-vice-3', 'p-head'],
      dissents: [],
      recused: [],
    },
    actor: { person: 'p-secretary', unit: 'hy-office', roles: ['secretariat'] },
  },
  pack: { ...exampleFacts().pack },
  gates: { 'm-1': exampleGate('m-1') },
  people: {
    'p-head': '县长',
    'p-vice-1': '副县长甲',
    'p-vice-2': '副县长乙',
    'p-vice-3': '副县长丙',
    'p-chief': '办公室主任',
  },
}
/** 换成另一条命令。 */
export const during = (f: SessionFacts, type: string, payload: Record<string, unknown>): SessionFacts => ({
  ...f,
  command: { ...f.command, type, payload },
})
/** 同一条命令，改动若干栏。 */
export const saying = (f: SessionFacts, change: Record<string, unknown>): SessionFacts =>
  during(f, f.command.type, { ...f.command.payload, ...change })
export const withSession = (f: SessionFacts, change: Partial<SessionDossier>): SessionFacts => ({
  ...f,
  dossier: { ...f.dossier, ...change },
})
/** 还没有开的会议。 */
export const coming = (f: SessionFacts): SessionFacts => withSession(f, { held: null })
export const withQuorum = (
  f: SessionFacts,
  value: SessionFacts['pack']['deliberation']['quorum']['value'],
): SessionFacts => ({
  ...f,
  pack: {
    ...f.pack,
    deliberation: { ...f.pack.deliberation, quorum: { ...f.pack.deliberation.quorum, value } },
  },
})
/** 议题是重大行政决策。 */
export const major = (f: SessionFacts): SessionFacts =>
  withSession(f, { items: f.dossier.items.map((one) => ({ ...one, majorDecision: true })) })
