import type { Finding } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { day, fails, findOrgan, holds } from '@dianzhang/rules'
import { doing, dossier, external } from '../example.ts'
import type { EarlierRecord, EvaluationFacts, EvaluationRule } from '../shape.ts'

/** 机构名称的异写：去掉空白、括号的全角半角之别。 */
const plain = (name: string): string => name.normalize('NFKC').replace(/\s/gu, '')
const parts: Record<EarlierRecord['part'], string> = {
  drafted: '起草了这件文件',
  edited: '起草、修改过这件文件的文本',
  assessed: '在制定时作过评估、论证',
}
const told = ({ record, on }: EarlierRecord): string => `${on ? `${day(on)}` : ''}“${record}”`
function judge({ dossier: d, command: { actor, type }, external: { earlier, units } }: EvaluationFacts): Finding {
  const { unit, organisation } = d.evaluator
  if (unit === null && organisation === null) return fails('没有写明由哪个单位或者机构评估')
  const name = (id: string): string => units[id]?.name ?? id
  // 名册中的单位写作机构、写简称（“县农业农村局”）的，也是那个单位。
  const registered = (said: string | null): string | null =>
    said === null ? null : (findOrgan(units, said, Object.keys(units))?.unit ?? null)
  const own = new Set([unit, registered(organisation)].filter((id) => id !== null))
  const same = (x: EarlierRecord): boolean =>
    (organisation !== null && x.organisation !== null && plain(x.organisation) === plain(organisation)) ||
    [x.unit, registered(x.organisation)].some((id) => id !== null && own.has(id))
  const by = earlier.find((x) => x.part !== 'edited' && same(x))
  if (by)
    return fails(
      `${organisation ?? name(unit ?? '')}${parts[by.part]}（${told(by)}），不得再由它评估；请另定评估的单位或者机构`,
    )
  // 办理人自己也不得起草、修改过，或者在制定时评估过；提出、批准方案的不以此论。
  const acts = ['RecordEvidence', 'RecordReading', 'SubmitReport'].includes(type)
  const mine = acts ? earlier.find((x) => x.person !== null && x.person === actor.person) : undefined
  if (mine) return fails(`您${parts[mine.part]}（${told(mine)}），不得参与评估，请由其他评估人员办理`)
  return holds('评估的单位、机构与人员没有起草这件文件，也没有在制定时作过评估')
}
const organisation = '宁夏某评估咨询有限公司'

export const evaluatorIndependent: EvaluationRule = {
  id: 'evaluation.evaluator-independent',
  title: '评估的不是起草的，也不是制定时主要承担评估的',
  severity: 'block',
  basis: source.majorDecision('第三十六条'),
  by: ['制定机关', '评估人员'],
  judge,
  examples: {
    holds: [
      { name: '司法局评估农业农村局起草的文件', given: (f) => f },
      {
        name: '委托没有参加过的机构',
        given: (f) => dossier(f, { evaluator: { unit: null, organisation: '宁夏大学法学院' } }),
      },
    ],
    refused: [
      {
        name: '制定时作风险评估的机构',
        given: (f) => dossier(f, { evaluator: { unit: null, organisation } }),
        says: '记录风险评估',
      },
      {
        name: '名称写法略有不同的同一机构',
        given: (f) => dossier(f, { evaluator: { unit: null, organisation: ` ${organisation} ` } }),
        says: '记录风险评估',
      },
      {
        name: '起草单位评估自己的文件',
        given: (f) => dossier(f, { evaluator: { unit: 'hy-agri', organisation: null } }),
        says: '申请立项',
      },
      {
        name: '起草单位写作机构、写简称',
        given: (f) => dossier(f, { evaluator: { unit: null, organisation: '县农业农村局' } }),
        says: '申请立项',
      },
      {
        name: '经办人自己改过文本',
        given: (f) =>
          doing(
            external(f, {
              earlier: [
                {
                  part: 'edited',
                  record: '保存文本',
                  on: '2023-01-20',
                  unit: null,
                  organisation: null,
                  person: 'p-evaluator',
                },
              ],
            }),
            'SubmitReport',
          ),
        says: '保存文本',
      },
      {
        name: '没有写明由谁评估',
        given: (f) => dossier(f, { evaluator: { unit: null, organisation: null } }),
        says: '没有写明',
      },
    ],
  },
}
