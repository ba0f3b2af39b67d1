import { clocks, exampleFacts, withDossier } from '@dianzhang/rules'
import { describe, expect, it } from 'vitest'
import { decide, factsFor, type LifecycleEvent, lifecycle, type Snapshot } from './index.ts'

/** 2026年7月1日施行的一件，公开属性如所给；7月2日由系统体现施行。 */
function dueWith(disclosure: 'active' | 'on_request' | 'closed', classification: object = {}) {
  const f = withDossier(exampleFacts(), (d) => ({
    publication: d.publication && { ...d.publication, disclosure },
    classification: { ...d.classification, ...classification },
  }))
  const event: LifecycleEvent = {
    type: 'TakeEffect',
    payload: {},
    meta: {
      at: '2026-07-02T09:00:00+08:00',
      on: '2026-07-02',
      actor: { person: null, unit: null, roles: ['system'] },
      resolved: {},
    },
    pack: f.pack,
    calendar: f.calendar,
    external: f.external,
  }
  const value = { effective: { force: 'pending', filing: { government: 'due', npc: 'due' }, archive: 'open' } }
  const snapshot = lifecycle.resolveState({ value, context: { dossier: f.dossier } }) as unknown as Snapshot
  const clock = clocks(factsFor(f.dossier, event)).find((c) => c.kind === 'effective')
  return { decision: decide(snapshot, event).kind, clock: clock?.status }
}

describe('没有公布于众的', () => {
  it('触及权利义务的，施行之日到了也不施行，期限不再走', () => {
    expect(dueWith('active').decision).toBe('granted')
    for (const disclosure of ['closed', 'on_request'] as const)
      expect(dueWith(disclosure)).toEqual({ decision: 'refused', clock: 'cancelled' })
    expect(dueWith('closed', { affectsRights: false })).toMatchObject({ decision: 'refused' })
  })
  it('依法不予公开、不触及权利义务的，照常施行', () => {
    expect(dueWith('closed', { affectsRights: false, enterpriseRelated: false })).toMatchObject({ decision: 'granted' })
  })
})
