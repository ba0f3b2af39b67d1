import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing, dossier, exampleSecretary, on } from '../example.ts'
import type { CleanupRule } from '../shape.ts'

const citizen = { person: null, unit: null, roles: ['public' as const] }
export const noticeOpen: CleanupRule = {
  id: 'cleanup.notice-open',
  title: '公众在公示期间提出意见',
  severity: 'block',
  basis: source.qujiang2021('公示'),
  by: ['社会公众'],
  judge: ({ today, dossier: { notice }, command: { actor } }) => {
    const staff = actor.roles.includes('secretariat')
    if (notice === null) return fails('还没有公示', staff ? { severity: 'warn' } : {})
    return today > notice.until
      ? fails(
          `公示已于${day(notice.until)}截止${staff ? '；照常记录，记为逾期' : '；对文件有意见的，可以提出审查建议'}`,
          {
            ...(staff ? { severity: 'warn' as const } : {}),
          },
        )
      : holds(`公示至${day(notice.until)}`)
  },
  examples: {
    holds: [
      {
        name: '公示期间',
        given: (f) => on(doing(f, 'RecordObjection', { text: '意见。' }, citizen), '2026-10-25'),
        says: '公示至',
      },
    ],
    refused: [
      {
        name: '已经截止',
        given: (f) => on(doing(f, 'RecordObjection', { text: '意见。' }, citizen), '2026-11-05'),
        says: '审查建议',
      },
      {
        name: '文秘补记迟到的',
        given: (f) => on(doing(f, 'RecordObjection', { text: '意见。' }, exampleSecretary), '2026-11-05'),
        says: '逾期',
      },
      {
        name: '还没有公示',
        given: (f) => dossier(doing(f, 'RecordObjection', { text: '意见。' }, citizen), { notice: null }),
      },
    ],
  },
}
