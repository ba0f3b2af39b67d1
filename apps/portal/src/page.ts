// 门户一页的形状，与每次请求的显示条件。
import type { PlainDate } from '@dianzhang/calendar'
import type { Office } from '@dianzhang/workflow'
import type { Child } from 'hono/jsx'

export interface PortalDeps {
  office: Office
  /** 程序版本，显示在页脚。 */
  version?: string
  /** 对外的地址，用于订阅源与站点地图；缺省取请求的地址。 */
  publicUrl?: string | null
  /** 站点地图每份的上限；缺省为协议规定的 50,000。 */
  sitemapSize?: number
}

export interface Site extends PortalDeps {
  stylesheet: string
}

export interface View {
  /** 今日（北京时间）。 */
  today: PlainDate
  now: Date
  large: boolean
  /** 本页的路径与查询，供换字号的链接与打印。 */
  here: string
  origin: string
  site: Site
  /** 所看的文件正在清理、公示中：哪一次，可以提意见至何日。 */
  underCleanup?: { id: string; title: string; until: PlainDate } | null
}

export interface Crumb {
  label: string
  href?: string
}

export interface Page {
  title: string
  crumbs?: Crumb[]
  status?: 200 | 404 | 409 | 422 | 429 | 500 | 503
  /** 不得由搜索引擎收录、不得由缓存保存的页面（回执、出错的表单）。 */
  private?: boolean
  /** 含有一次性表单标识的页面：浏览器可以留着，共用的缓存不可以。 */
  personal?: boolean
  q?: string | undefined
  /** 页首的一句话：这不是公开的页面，只是预览。 */
  notice?: string
  feed?: { href: string; title: string }
  /** 同一内容的其他格式，写在页头。 */
  alternates?: ReadonlyArray<{ href: string; type: string; title: string }>
  body: Child
}
