import type { Log, Person, SessionPerson } from '@dianzhang/workflow'
import type { HttpBindings } from '@hono/node-server'

/** 每个请求携带的变量。 */
export interface AppEnv {
  Bindings: Partial<HttpBindings>
  Variables: {
    requestId: string
    log: Log
    /** 客户端地址，限速的键。 */
    address: string
    /** 已登录账号；未登录为 null。 */
    session: SessionPerson | null
    /** 会话记号：登出、修改密码时用。 */
    sessionToken: string | null
    actor: Person | null
    /** 工作台页面的样式随机数；其他路径没有。 */
    secureHeadersNonce?: string
    /** 匹配到的路由模板，指标的标签。 */
    route: string
  }
}
