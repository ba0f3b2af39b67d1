// 在一件合规案卷上作改动，供规则的例子与测试使用；不改动传入的事实。
import { exampleHash } from './example-facts.ts'
import type { CommandFact, CorrectionRecord, Dossier, ExternalFacts, Facts, PlainDate, SubstanceFact } from './facts.ts'

/** 改动案卷的若干字段。 */
export const withDossier = (f: Facts, change: Partial<Dossier> | ((d: Dossier) => Partial<Dossier>)): Facts => ({
  ...f,
  dossier: { ...f.dossier, ...(typeof change === 'function' ? change(f.dossier) : change) },
})

/** 正在办理的命令；办理人缺省为起草经办人。 */
export const withCommand = (
  f: Facts,
  type: string,
  payload: Record<string, unknown> = {},
  actor: CommandFact['actor'] = { person: 'p-drafter', unit: f.dossier.draftingUnit, roles: ['drafter'] },
): Facts => ({ ...f, command: { type, payload, actor } })

/** 还没有报送备案，正在报送：`payload` 是 FileDocument 的载荷。 */
export const filingNow = (f: Facts, payload: Record<string, unknown>): Facts =>
  withCommand(withDossier(f, { filings: {} }), 'FileDocument', payload)

/** 改变“今天”；时刻取该日上午九时（北京时间）。 */
export const onDay = (f: Facts, today: PlainDate): Facts => ({ ...f, today, now: `${today}T09:00:00+08:00` })

/** 改动案卷之外的事实。 */
export const withExternal = (f: Facts, change: Partial<ExternalFacts>): Facts => ({
  ...f,
  external: { ...f.external, ...change },
})

/** 改动规则包。 */
export const withPack = (f: Facts, change: Partial<Facts['pack']>): Facts => ({ ...f, pack: { ...f.pack, ...change } })

/** 规则包要求：评估、审查以后文本有实质变化的，须再次确认。 */
export const assessingAgain = (f: Facts, value = true): Facts =>
  withPack(f, {
    fairCompetition: { ...f.pack.fairCompetition, again: { ...f.pack.fairCompetition.again, value } },
    assessment: { ...f.pack.assessment, again: { ...f.pack.assessment.again, value } },
  })

/** 改动分类。 */
export const classified = (f: Facts, change: Partial<Dossier['classification']>): Facts =>
  withDossier(f, (d) => ({ classification: { ...d.classification, ...change } }))

/** 保存新的一版文本，成为当前文本（第 n 版）；与以前各版只有文字上的不同。 */
export function withNewText(f: Facts, hash: string, at: string, by = 'p-drafter'): Facts {
  const known = f.dossier.texts.map((t) => ({
    from: t.hash,
    to: hash,
    substantive: false,
    changes: [],
    burdens: [],
  }))
  return withExternal(
    withDossier(f, (d) => ({ texts: [...d.texts, { n: d.texts.length + 1, hash, at, by, kind: 'draft' }] })),
    { substance: [...(f.external.substance ?? []), ...known] },
  )
}

/** 前后两版文本（自 `from` 版到现文本）之间有实质变化。 */
export const changedInSubstance = (f: Facts, from: number, more: Partial<SubstanceFact> = {}): Facts => {
  const pair = { from: f.dossier.texts.find((t) => t.n === from)?.hash ?? '', to: f.dossier.texts.at(-1)?.hash ?? '' }
  const fact = { ...pair, substantive: true, changes: ['数字：500元→5000元'], burdens: [], ...more }
  const others = (f.external.substance ?? []).filter((s) => s.from !== pair.from || s.to !== pair.to)
  return withExternal(f, { substance: [...others, fact] })
}

/** 签署以后改了一处错字（成为第3版），待审核人或者签署人确认；`change` 改这条更正。 */
export const withSlip = (f: Facts, change: Partial<CorrectionRecord> = {}): Facts =>
  withDossier(withNewText(f, exampleHash(3), '2026-05-23T10:00:00+08:00', 'p-secretary'), {
    corrections: [
      {
        from: exampleHash(2),
        to: exampleHash(3),
        substantive: false,
        findings: [],
        reason: '错别字',
        at: '2026-05-23T10:00:00+08:00',
        by: 'p-secretary',
        confirmed: null,
        ...change,
      },
    ],
  })
