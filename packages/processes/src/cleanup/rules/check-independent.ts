import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing, exampleLawyer, item, opinion } from '../example.ts'
import { named } from '../judged.ts'
import type { CleanupRule } from '../shape.ts'

export const checkIndependent: CleanupRule = {
  id: 'cleanup.check-independent',
  title: '提出意见的人不自己核对',
  severity: 'warn',
  basis: source.design('起草与审核分开'),
  by: ['合法性审核人'],
  judge: ({ command: { actor }, external: { items } }) => {
    const own = items.filter((x) => actor.person !== null && x.opinion?.by === actor.person)
    return own.length > 0
      ? fails(`${named(own)}的意见是您提出的，请另由一名合法性审核人核对`)
      : holds('核对人没有提出过意见')
  },
  examples: {
    holds: [{ name: '没有提出过', given: (f) => doing(f, 'CheckItems', { agreeAll: true }, exampleLawyer) }],
    refused: [
      {
        name: '自己提的自己核对',
        given: (f) =>
          doing(
            item(f, 3, { opinion: opinion('repeal', { by: 'p-reviewer' }) }),
            'CheckItems',
            { agreeAll: true },
            exampleLawyer,
          ),
        says: '另由一名',
      },
    ],
  },
}
