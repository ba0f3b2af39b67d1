// 应用上下文：启动时建成一次，处处传递。

import type { Office } from '@dianzhang/workflow'
import type { z } from 'zod'
import type { AnchorBook } from './anchors.ts'
import type { Auth } from './auth.ts'
import type { DemoClock } from './clock.ts'
import type { Limiter, Rate } from './http/limits.ts'
import type { Metrics } from './metrics.ts'

export interface AppContext {
  office: Office
  auth: Auth
  metrics: Metrics
  /** 库外的锚；命令行与测试里可以没有。 */
  anchors?: AnchorBook
  /** 只在演示（测试）模式存在；没有它就没有拨钟的接口。 */
  demoClock: DemoClock | null
  trustedProxies: readonly string[]
  publicUrl: string | null
  /** 取指标须带的口令；null 时生产模式只答复本机。 */
  metricsToken: string | null
  /** 站点经 https 提供。 */
  https: boolean
  /** Compares every answer with its schema; only tests have one. */
  witness?: (route: string, schema: z.ZodType, answer: unknown) => void
  limits: { publicWrites: Limiter; receipts: Limiter; exports: Limiter }
}

/** 公众写入的限速：生产从严；演示与测试从宽。 */
export const publicWriteRates: Record<Office['mode'], Rate> = {
  serve: { burst: 20, secondsPerToken: 15 },
  demo: { burst: 2_000, secondsPerToken: 0.05 },
  test: { burst: 100_000, secondsPerToken: 0.01 },
}

/** 公众下载各种格式的限速：写一份 Word 文件的功夫够答复几十个页面。 */
export const publicExportRates: Record<Office['mode'], Rate> = {
  serve: { burst: 30, secondsPerToken: 2 },
  demo: { burst: 2_000, secondsPerToken: 0.05 },
  test: { burst: 100_000, secondsPerToken: 0.01 },
}
