import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import type { ListRule } from '../shape.ts'

export const adjustmentConsented: ListRule = {
  id: 'catalogue.adjustment-consented',
  title: '调整依同样的程序：批准以后经党委同意',
  severity: 'block',
  basis: source.majorDecision('第三条第三款'),
  by: ['政府办公室文秘'],
  judge: ({ command }) => {
    const { decidedOn, consentOn } = command.payload
    if (typeof consentOn !== 'string' || typeof decidedOn !== 'string')
      return command.type === 'AdjustCatalogue' && command.payload.adjustment !== undefined
        ? fails('没有写明批准与党委同意之日')
        : holds('调整须经批准并经党委同意')
    return consentOn < decidedOn
      ? fails(`党委同意（${day(consentOn)}）早于批准（${day(decidedOn)}），请依批准在先、同意在后办理`)
      : holds(`${day(decidedOn)}批准，${day(consentOn)}党委同意`)
  },
  examples: {
    holds: [
      {
        name: '先批准后同意',
        given: (f) => doing(f, 'AdjustCatalogue', { decidedOn: '2026-05-20', consentOn: '2026-05-25' }),
      },
    ],
    refused: [
      {
        name: '同意在批准以前',
        given: (f) =>
          doing(f, 'AdjustCatalogue', { ...f.command.payload, decidedOn: '2026-05-20', consentOn: '2026-05-10' }),
        says: '早于批准',
      },
    ],
  },
}
