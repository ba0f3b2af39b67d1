// 门户的构建：只在源文件变了的时候构建；构建出来的程序由 Node 直接载入，不需要 vite。
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ensurePortalBuilt } from '../../apps/portal/build.mjs'
import { commentable, interpreterInText, structureOf } from '../../apps/portal/src/text-structure.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const program = `
  const { ensurePortalBuilt } = await import('./apps/portal/build.mjs')
  const built = await ensurePortalBuilt()
  const { createPortal } = await import('@dianzhang/portal')
  const office = { clock: { now: () => new Date('2026-03-02T01:00:00Z') }, log: { error: console.error } }
  const app = createPortal({ office })
  const about = await app.request('/about')
  const html = await about.text()
  const css = await app.request(/href="(\\/assets\\/[^"]+\\.css)"/.exec(html)[1])
  console.log(JSON.stringify({ built, status: about.status, css: css.status, html: html.slice(0, 40) }))
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
      css: 200,
      html: '<!doctype html><html lang="zh-CN"><head>',
    })
  })
})

describe('正文的目录', () => {
  it('认得章、节、条与“一、”标题，引用条款开头的段落不当作条文', () => {
    const blocks = structureOf(
      [
        '某县某办法',
        '第一章　总则',
        '第一节 范围',
        '第一条　为了规范管理。',
        '第二条本办法适用于全县。',
        '第一条规定的事项除外。',
        '第二十一条之二　另行规定。',
        '一、工作目标',
        '二、到2027年，完成全部任务；并报告。',
      ].join('\r\n'),
    )
    expect(blocks.map((block) => `${block.kind}:${block.id ?? ''}`)).toEqual([
      'paragraph:',
      'chapter:第一章',
      'section:第一节',
      'article:第一条',
      'article:第二条',
      'paragraph:',
      'article:第二十一条之二',
      'heading:一、',
      'paragraph:',
    ])
    expect(commentable(blocks).map((block) => block.id)).toEqual(['第一条', '第二条', '第二十一条之二'])
  })
  it('每个字都还在，锚点不重复', () => {
    const body = '第一条　甲。\n　　第一条　乙。\n附件\n第一条：丙。\n\n丁'
    const blocks = structureOf(body)
    const lines = body
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    expect(blocks.map((block) => block.label + block.gap + block.text)).toEqual(lines)
    expect(blocks.flatMap((block) => block.id ?? [])).toEqual(['第一条', '第一条-2', '第一条-3'])
  })
  it('只转述正文写明的解释机关', () => {
    expect(interpreterInText('第九条　本办法由县水务局负责解释。')).toBe('县水务局')
    expect(interpreterInText('具体应用问题的解释另行规定。')).toBeNull()
  })
})
