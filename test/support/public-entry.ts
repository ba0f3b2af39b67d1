// 一件公布入登记库的文件，供公开日志的测试逐件公布。
import { contentHash } from '@dianzhang/ledger'
import type { publishEntry } from '@dianzhang/register'

type Published = Parameters<typeof publishEntry>[1]

/** 第 `n` 件；`more` 改其中几项，正文改了的，摘要随之。 */
export function publicEntry(n: number, more: Pick<Published, 'jurisdiction'> & Partial<Published>): Published {
  const body = more.body ?? `第${n}件的正文。`
  return {
    id: `doc-${n}`,
    documentId: `doc-${n}`,
    title: `示范县第${n}件办法`,
    documentNumber: `示政规发〔2026〕${n}号`,
    registryNumber: null,
    indexNumber: null,
    wjbs: { value: null, missing: [] },
    issuers: ['示范县人民政府'],
    tier: 'government',
    adoptionDate: '2026-01-05',
    publishedOn: '2026-01-10',
    effectiveDate: '2026-02-15',
    validUntil: null,
    disclosure: 'active',
    textHash: contentHash({ body, attachments: [] }),
    attachments: [],
    publicFiles: [],
    ...more,
    body,
  }
}
