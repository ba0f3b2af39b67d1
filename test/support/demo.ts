// 演示县与浏览器：各文件各有自己的服务与数据库，全部演示案卷每次运行只布置一次，其余从它克隆。
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoPassword } from '@dianzhang/demo'
import { type Running, start } from '@dianzhang/server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser, openWindow, signInHere, type Window } from './browser.ts'
import { testDatabase } from './database.ts'

export { demoPassword }

/** 演示县的时刻。 */
const now = '2026-11-18T09:00:00+08:00'

export interface Demo {
  /** 服务的地址；测试开始之后才有。 */
  readonly url: string
  readonly browser: Browser
  /** 某账号已经登录的一个新窗口。 */
  open(username: string): Promise<Window>
}
/** 本文件用的演示县，连同浏览器；在收集测试时调用，测试结束后自己关闭。 */
export function useDemo(): Demo {
  const folder = mkdtempSync(join(tmpdir(), 'dianzhang-test-demo-'))
  const serve = (database: string, owner?: string): Promise<Running> =>
    start('demo', {
      DATABASE_URL: database,
      ...(owner ? { DATABASE_OWNER_URL: owner } : {}),
      DIANZHANG_DATA_DIR: folder,
      DIANZHANG_DEMO_NOW: now,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'fatal',
    })
  let running: Running | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    const begin = async (): Promise<Running> => {
      const database = await testDatabase({
        prepared: { name: 'demo', prepare: async (url) => (await serve(url)).stop() },
      })
      return serve(database.appUrl, database.url)
    }
    ;[running, browser] = await Promise.all([begin(), launchBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await running?.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    async open(username) {
      const window = await openWindow(this.browser, { baseURL: this.url })
      await signInHere(window.context, username, demoPassword)
      return window
    },
    get url() {
      if (!running) throw new Error('演示县还没有开始')
      return running.url
    },
    get browser() {
      if (!browser) throw new Error('浏览器还没有打开')
      return browser
    },
  }
}
