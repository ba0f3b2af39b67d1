// 冻结的快照：某一版程序真实存下的案卷，用现在的机器取回，仍能继续办理。
// 存储形式改版时旧样本不动，另以 FREEZE_SNAPSHOTS=1 存下新版的样本；已有的样本从不改写。
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createCalendar } from '@dianzhang/calendar'
import { type CommandType, noClassification } from '@dianzhang/contract'
import {
  decide,
  type LifecycleEvent,
  regionsOf,
  restore,
  snapshotVersion,
  stageOf,
  step,
  store,
} from '@dianzhang/lifecycle'
import { findPack } from '@dianzhang/packs'
import { blocks, exampleUnits } from '@dianzhang/rules'
import { calendarData } from '@dianzhang/workflow'
import { beforeAll, describe, expect, it } from 'vitest'
import * as build from '../model/build.ts'
import { county, type File } from '../model/county.ts'

const root = new URL('snapshots/', import.meta.url)
/** 冻结时所处的阶段（文件名）与推进的办法。 */
const moments: Record<string, (c: Awaited<ReturnType<typeof county>>) => Promise<File>> = {
  drafting: (c) => build.drafted(c),
  'legality-review-reviewing': (c) => build.reviewing(c, { classification: noClassification }),
  'legality-review-revising': (c) => build.revising(c),
  deliberation: (c) => build.checked(c),
  signing: (c) => build.signing(c, { issuers: ['hy-agri', 'hy-housing'], tier: 'department' }),
  publication: (c) => build.publishing(c),
  'effective-pending-repeal': async (c) => {
    const f = await build.published(c, '2026-03-02')
    await f.do('secretariat', 'FileDocument', { track: 'government' })
    await f.do('secretariat', 'RepealDocument', {
      on: '2026-07-01',
      reason: '依决定。',
      decision: { body: '县政府常务会议', date: '2026-03-02' },
    })
    return f
  },
}
interface Frozen {
  stage: string
  frozenOn: string
  snapshot: { version: number; value: unknown; context: { dossier: { packVersion: string; jurisdiction: string } } }
}
if (process.env.FREEZE_SNAPSHOTS === '1')
  beforeAll(async () => {
    const into = new URL(`v${snapshotVersion}/`, root)
    mkdirSync(into, { recursive: true })
    const c = await county({ now: '2026-03-02T09:00:00+08:00' })
    for (const [name, make] of Object.entries(moments)) {
      const file = new URL(`${name}.json`, into)
      if (existsSync(file)) continue
      const f = await make(c)
      const frozen: Frozen = {
        stage: f.stage,
        frozenOn: build.today(c),
        snapshot: store(await c.snapshot(f.id)) as never,
      }
      writeFileSync(file, `${JSON.stringify(frozen, null, 2)}\n`)
    }
  })

/** 旧版标为紧急而没有批准的：由制定机关的负责人补行批准以后，再往下办。 */
function approved(frozen: Frozen): Frozen {
  const { dossier } = restore(frozen.snapshot).context
  if (!dossier.classification.emergency || frozen.snapshot.version > 1) return frozen
  const next = ask(frozen, 'ApproveDeviation', '2026-03-03', {
    payload: {
      rule: 'emergency',
      ground: 'superior_order',
      reference: { act: '紧急通知', number: '宁汛发〔2026〕2号', date: '2026-02-01' },
    },
    unit: dossier.issuers[0] ?? '',
    role: 'leader',
  }).next()
  return { ...frozen, snapshot: JSON.parse(JSON.stringify(store(next))) as Frozen['snapshot'] }
}
/** 在冻结之后某日，某人办理某命令。 */
function ask(
  frozen: Frozen,
  type: CommandType,
  on: string,
  more: Partial<LifecycleEvent['meta']['resolved']> & {
    payload?: Record<string, unknown>
    unit?: string
    role?: 'leader'
  } = {},
) {
  const snapshot = restore(frozen.snapshot)
  const pack = findPack(snapshot.context.dossier.packVersion)
  if (!pack) throw new Error(`规则包 ${snapshot.context.dossier.packVersion} 已不存在：案卷固定的规则包不得删除`)
  const { payload = {}, unit = 'hy-office', role, ...resolved } = more
  const event: LifecycleEvent = {
    type,
    payload,
    meta: { at: `${on}T09:00:00+08:00`, on, actor: { person: 'somebody', unit, roles: role ? [role] : [] }, resolved },
    pack,
    calendar: createCalendar(calendarData(pack, [])),
    external: {
      units: exampleUnits,
      comments: { total: 0, undisposed: 0 },
      bases: [],
      recipients: { government: 'zw-gov', npc: 'hy-npc' },
    },
  }
  const decision = decide(snapshot, event)
  return {
    decision,
    named: decision.verdicts.filter(blocks).map((v) => v.rule),
    next: () => step(snapshot, event).snapshot,
  }
}
const versions = existsSync(root) ? readdirSync(root).filter((name) => /^v\d+$/.test(name)) : []
const read = (version: string, name: string): Frozen =>
  JSON.parse(readFileSync(new URL(`${version}/${name}.json`, root), 'utf8')) as Frozen

describe('冻结的快照', () => {
  it('自第 1 版至现行版本，每一版都有样本', () => {
    expect(versions.sort()).toEqual(Array.from({ length: snapshotVersion }, (_, i) => `v${i + 1}`))
    for (const version of versions)
      expect(readdirSync(new URL(`${version}/`, root)).length, version).toBeGreaterThanOrEqual(7)
  })
  describe.each(versions)('%s', (version) => {
    it.each(readdirSync(new URL(`${version}/`, root)).map((f) => f.replace('.json', '')))(
      '%s：取回之后阶段不变，再存与原来一致',
      (name) => {
        const frozen = read(version, name)
        const snapshot = restore(frozen.snapshot)
        expect(stageOf(snapshot.value)).toBe(frozen.stage)
        expect(snapshot.context.dossier.texts.length).toBeGreaterThan(0)
        if (frozen.snapshot.version === snapshotVersion)
          expect(JSON.parse(JSON.stringify(store(snapshot)))).toEqual(frozen.snapshot)
      },
    )
    it('起草中的：送审只差本单位的合法性审核意见，补上即可', () => {
      const old = read(version, 'drafting')
      if (version === 'v1')
        expect(ask(old, 'SubmitForReview', '2026-03-03').named).toEqual(['review.own-first', 'deviation.approved'])
      const frozen = approved(old)
      expect(ask(frozen, 'SubmitForReview', '2026-03-03').named).toEqual(['review.own-first'])
      const { texts } = restore(frozen.snapshot).context.dossier
      const own = ask(frozen, 'ProvideArtefact', '2026-03-03', {
        payload: { kind: 'own_legality_opinion' },
        hash: 'own',
        own: { conclusion: 'lawful', examiner: 'somebody', textHash: texts.at(-1)?.hash ?? '' },
      }).next()
      const provided = { ...frozen, snapshot: JSON.parse(JSON.stringify(store(own))) as Frozen['snapshot'] }
      expect(ask(provided, 'SubmitForReview', '2026-03-04').decision.kind).toBe('granted')
      expect(ask(frozen, 'Publish', '2026-03-03').named).toContain('stage.permits')
    })
    it('审核中的：时限照算，受理次日出具被拒，五个工作日后放行', () => {
      const frozen = read(version, 'legality-review-reviewing')
      const opinion = { payload: { outcome: 'lawful', points: [], grounds: [] } }
      expect(ask(frozen, 'IssueOpinion', '2026-03-03', opinion).named).toEqual(['review.min-period'])
      const granted = ask(frozen, 'IssueOpinion', '2026-03-10', opinion)
      expect(granted.decision.kind).toBe('granted')
      expect(stageOf(granted.next().value)).toBe('deliberation')
    })
    it('修改确认中的：意见没有答复完，不能确认', () => {
      expect(ask(approved(read(version, 'legality-review-revising')), 'ConfirmRevision', '2026-03-10').named).toEqual([
        'review.points-answered',
      ])
    })
    it('待签署的联合文件：一方签署仍留在签署，摘要不对被拒', () => {
      const frozen = approved(read(version, 'signing'))
      const hash = restore(frozen.snapshot).context.dossier.texts.at(-1)?.hash
      expect(
        ask(frozen, 'Sign', '2026-03-03', { unit: 'hy-gov', payload: { contentHash: 'a'.repeat(64) } }).named,
      ).toEqual(['signing.same-text'])
      const signed = ask(frozen, 'Sign', '2026-03-03', { unit: 'hy-gov', payload: { contentHash: hash } })
      expect(stageOf(signed.next().value)).toBe('signing')
    })
    it('已登记将来废止的：到期体现，此前照旧', () => {
      const frozen = read(version, 'effective-pending-repeal')
      expect(ask(frozen, 'TakeEffect', '2026-06-30').decision.kind).toBe('refused')
      const due = ask(frozen, 'TakeEffect', '2026-07-01')
      expect(due.decision.kind).toBe('granted')
      expect(regionsOf(due.next().value)).toMatchObject({
        force: 'repealed',
        filing: { government: 'filed', npc: 'due' },
      })
    })
  })
})
