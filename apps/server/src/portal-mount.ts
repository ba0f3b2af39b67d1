// 公众网站与工作人员页面的挂接处，挂在一切接口之后。
import type { Hono } from 'hono'
import type { AppContext } from './context.ts'
import type { AppEnv } from './http/types.ts'

/** Mounts the pages at `/`. */
export type MountPages = (app: Hono<AppEnv>, ctx: AppContext) => void | Promise<void>

export const mountPortal: MountPages = () => {}
