import { roleLabels } from '@dianzhang/contract'
import { amount, mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { withCommand, withDossier, withPack } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { filled } from '../words.ts'

function isGiven(value: unknown): boolean {
  if (filled(value)) return true
  const { body, url } = (value ?? {}) as { body?: unknown; url?: unknown }
  return typeof value === 'object' && (filled(body) || filled(url))
}

const without = (f: Facts, payload: Record<string, unknown> = {}): Facts =>
  withCommand(
    withDossier(f, (d) => ({ artefacts: d.artefacts.filter((a) => a.kind !== 'interpretation'), publication: null })),
    'Publish',
    payload,
  )

export const publicationInterpretation: Rule = {
  id: 'publication.interpretation',
  title: '公布时同步提供政策解读',
  severity: 'block',
  basis: source.interpretation('同步解读'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const { interpretationRequired, interpretationMaximum } = f.pack.publication
    const more = basedOn(interpretationRequired.source)
    const d = f.dossier
    if (!interpretationRequired.value) return holds(`不要求同步解读${mark(interpretationRequired)}`, more)
    if (isGiven(f.command?.payload.interpretation)) return holds('公布时附有政策解读', more)
    if (d.artefacts.some((a) => a.kind === 'interpretation')) return holds('已提交政策解读材料', more)
    if (f.command?.type !== 'Publish' && d.publication?.interpretation) return holds('公布时附有政策解读', more)
    return fails(
      `缺少政策解读：谁起草谁解读，应当与文件同步公布，至迟${amount(interpretationMaximum)}内${mark(interpretationRequired, interpretationMaximum)}；请起草单位提交解读材料或者写明解读链接`,
      more,
    )
  },
  examples: {
    holds: [
      { name: '已提交解读材料', given: (f) => f, says: '已提交政策解读材料' },
      {
        name: '公布时写明链接',
        given: (f) => without(f, { interpretation: { url: 'https://example.gov.cn/jd' } }),
        says: '附有政策解读',
      },
      { name: '公布时附正文', given: (f) => without(f, { interpretation: '本办法规定……' }), says: '附有政策解读' },
      {
        name: '本地不要求',
        given: (f) =>
          withPack(without(f), {
            publication: {
              ...f.pack.publication,
              interpretationRequired: { ...f.pack.publication.interpretationRequired, value: false },
            },
          }),
        says: '不要求同步解读',
      },
    ],
    refused: [
      { name: '没有解读', given: (f) => without(f), says: '缺少政策解读' },
      { name: '解读内容为空', given: (f) => without(f, { interpretation: { body: '  ' } }), says: '缺少政策解读' },
    ],
  },
}
