// 演示县与浏览器：各文件各有自己的服务与数据库。
import { demoPassword } from '@dianzhang/demo'
import type { Running } from '@dianzhang/server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser, openWindow, signInHere, type Window } from './browser.ts'
import { demoDatabase, startDemo } from './demo-county.ts'

export { demoPassword }

export interface Demo {
  /** 服务的地址；测试开始之后才有。 */
  readonly url: string
  readonly browser: Browser
  /** 某账号已经登录的一个新窗口。 */
  open(username: string): Promise<Window>
}
/** 本文件用的演示县，连同浏览器；在收集测试时调用，测试结束后自己关闭。 */
export function useDemo(): Demo {
  let running: Running | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    const begin = async (): Promise<Running> => {
      const database = await demoDatabase()
      return startDemo(database.appUrl, database.url)
    }
    ;[running, browser] = await Promise.all([begin(), launchBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await running?.stop()
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
