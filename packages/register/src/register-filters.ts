// 登记库的检索条件。
import type { PlainDate } from '@dianzhang/calendar'
import type { PublicStatus } from './status-on.ts'

export interface RegisterFilters {
  /** 检索词，以空白分隔，须全部出现。 */
  q?: string | undefined
  status?: PublicStatus | undefined
  /** 制定机关全称。 */
  issuer?: string | undefined
  /** 效力状态所据的日历日 `YYYY-MM-DD`，缺省为今日。 */
  on?: PlainDate | undefined
  category?: string | undefined
  /** 公布年份。 */
  year?: number | undefined
  jurisdiction?: string | undefined
  /** 现行有效而超过几年没有修改的。 */
  unmodified?: number | undefined
}
