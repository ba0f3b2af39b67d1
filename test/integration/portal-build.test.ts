// 门户与工作台的构建：只在源文件变了的时候构建；门户由 Node 直接载入，不需要 vite；工作台以前的零件还取得到。
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { ensurePortalBuilt } from '../../apps/portal/build.mjs'
import { commentable, interpretersInText, readingOf, readingWithLinks } from '../../apps/portal/src/reading.ts'
import { builtProgram } from '../../apps/server/bin/built.mjs'
import type { AppEnv } from '../../apps/server/src/http/types.ts'
import { mountWorkbench } from '../../apps/server/src/workbench-mount.ts'
import { keepPrevious } from '../../apps/workbench/build.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const program = `
  const { ensurePortalBuilt } = await import('./apps/portal/build.mjs')
  const built = await ensurePortalBuilt()
  const { createPortal } = await import('@dianzhang/portal')
  const office = { clock: { now: () => new Date('2026-03-02T01:00:00Z') }, log: { error: console.error } }
  const app = createPortal({ office })
  const about = await app.request('/about')
  const html = await about.text()
  console.log(JSON.stringify({ built, status: about.status, css: /<style>[^<]{9000}/.test(html), html: html.slice(0, 40) }))
`

describe('门户的构建', () => {
  it('构建一次之后不再构建；未加转换的 Node 能载入并答复页面', async () => {
    await ensurePortalBuilt()
    expect(existsSync(`${root}apps/portal/dist/index.js`)).toBe(true)
    expect(await ensurePortalBuilt()).toBe(false)
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
      // 在门户的文件夹之外，以默认的载入条件（dist）运行。
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '' },
    })
    expect(JSON.parse(stdout)).toMatchObject({
      built: false,
      status: 200,
      css: true,
      html: '<!doctype html><html lang="zh-CN"><head>',
    })
  })
})

describe('程序的构建', () => {
  it('照源文件构建一次；由构建成的运行与由源文件运行，所说的一样', async () => {
    const run = (file: string, args: string[] = [], env: NodeJS.ProcessEnv = {}) =>
      promisify(execFile)(process.execPath, [`${root}${file}`, ...args], {
        cwd: root,
        env: { ...process.env, NODE_OPTIONS: '', ...env },
      }).catch(({ code, stdout, stderr }) => ({ code, stdout, stderr }))
    expect(await run('apps/server/build.mjs')).toMatchObject({ stderr: '' })
    const built = builtProgram()
    expect(built).toMatch(/apps\/server\/dist\/\w+\/dianzhang\.mjs$/)
    // 已经构建的不再构建。
    const made = statSync(fileURLToPath(built ?? '')).mtimeMs
    await run('apps/server/build.mjs')
    expect(statSync(fileURLToPath(builtProgram() ?? '')).mtimeMs).toBe(made)
    const document = `${root}README.md`
    for (const args of [
      ['--help'],
      ['packs', 'show', '640522', '--on', '2026-11-28', '--json'],
      ['text', 'outline', document, '--json'],
      ['text', 'nothing'],
    ]) {
      const source = await run('apps/server/bin/dianzhang.mjs', args, { WATCH_REPORT_DEPENDENCIES: '1' })
      expect(await run('apps/server/bin/dianzhang.mjs', args), args.join(' ')).toEqual(source)
    }
  })
  it('监视源文件的照源文件运行', () => {
    process.env.WATCH_REPORT_DEPENDENCIES = '1'
    try {
      expect(builtProgram()).toBeUndefined()
    } finally {
      delete process.env.WATCH_REPORT_DEPENDENCIES
    }
  })
})

describe('工作台的构建', () => {
  it('重新构建以后，早先打开的页面还取得到它的零件，保留最近三次；更早的答复 404，不给页面', async () => {
    const here = mkdtempSync(join(tmpdir(), 'dianzhang-builds-'))
    const [made, dist] = [join(here, 'made'), join(here, 'dist')]
    // 构建时刻的小数位数不一，次序仍须依时间。
    for (const [i, at] of [1000.001, 1001.5, 1002.25, 1003.125, 1004].entries()) {
      mkdirSync(join(made, 'assets'), { recursive: true })
      for (const name of [`desk-${i + 1}.js`, 'same.js'])
        writeFileSync(join(made, 'assets', name), `export default '${name}'`)
      writeFileSync(join(made, 'index.html'), `<p>${i + 1}</p>`)
      utimesSync(join(made, 'index.html'), at, at)
      keepPrevious(made, dist)
      rmSync(dist, { recursive: true, force: true })
      renameSync(made, dist)
    }
    const app = new Hono<AppEnv>()
    mountWorkbench(app, { office: undefined as never }, dist)
    const asked = async (name: string) => {
      const answer = await app.request(`/staff/assets/${name}`)
      return [answer.status, answer.ok ? await answer.text() : '']
    }
    for (const name of ['desk-5.js', 'desk-4.js', 'desk-3.js', 'desk-2.js', 'same.js'])
      expect([name, ...(await asked(name))]).toEqual([name, 200, `export default '${name}'`])
    expect(await asked('desk-1.js')).toEqual([404, ''])
    expect(await (await app.request('/staff/people')).text()).toBe('<p>5</p>')
    rmSync(here, { recursive: true })
  })
})

describe('供阅读的正文', () => {
  it('能单独提意见的是条；没有条的是标题；编号重复的也分得清', async () => {
    const addresses = async (body: string) =>
      commentable((await readingOf(body)).structure).map(({ address }) => address)
    expect(
      await addresses('某县某办法\n第一章　总则\n第一条　甲。\n第二条　乙。\n第一条规定的事项除外。\n第二条之二　丙。'),
    ).toEqual(['第一条', '第二条', '第二条之二'])
    expect(await addresses('某县某通知\n一、工作目标\n（一）甲。乙。\n二、组织实施\n做好工作。')).toEqual([
      '一、',
      '一、（一）',
      '二、',
    ])
    expect(await addresses('第一条　甲。\n第一条　乙。')).toEqual(['第一条', '第一条[2]'])
  })

  it('本文内部的引用指向被引的款；只有一款的指向条；查不到的不成链接，链接互不重叠', async () => {
    const body = '第一条　甲。\n乙。\n第二条　依照本办法第一条第二款、第二条第一款和第九条办理。'
    const { marks, cited } = await readingWithLinks(body, async () => [], { on: '2026-01-01', today: '2026-01-01' })
    expect(marks.map(({ start, end, href }) => [body.slice(start, end), href])).toEqual([
      ['本办法第一条第二款', '#第一条第二款'],
      ['第二条第一款', '#第二条'],
    ])
    expect([...cited]).toEqual(['第一条第二款', '第二条'])
  })

  it('只转述正文写明的解释机关，几个的都说', async () => {
    const stated = async (body: string) => interpretersInText(await readingOf(body))
    expect(await stated('第一条　为了节约用水。\n第九条　本办法由县水务局负责解释。')).toEqual(['县水务局'])
    expect(await stated('第一条　为了节约用水。\n第九条　本办法由县水务局、县财政局负责解释。')).toEqual([
      '县水务局',
      '县财政局',
    ])
    expect(await stated('第一条　为了节约用水。\n第九条　具体应用问题的解释另行规定。')).toEqual([])
  })
})
