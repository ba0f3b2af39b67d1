import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import type { ScoreRule } from '../shape.ts'

export const checkerIndependent: ScoreRule = {
  id: 'scorecard.checker-independent',
  title: '核定的人不在被考核的单位',
  severity: 'block',
  basis: source.design('自己不核定自己'),
  by: ['考核人员'],
  judge: ({ dossier: d, command }) =>
    command.actor.unit === d.unit ? fails('被考核的是自己的单位，须由别的单位的考核人员核定') : holds('不在同一单位'),
  examples: {
    holds: [{ name: '司法局核定农业农村局', given: (f) => f }],
    refused: [
      {
        name: '自己核定自己',
        given: (f) => ({ ...f, command: { ...f.command, actor: { ...f.command.actor, unit: f.dossier.unit } } }),
        says: '自己的单位',
      },
    ],
  },
}
