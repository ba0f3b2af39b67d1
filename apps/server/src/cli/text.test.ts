import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { report } from './output.ts'
import { program } from './program.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dianzhang-text-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function run(...words: string[]): Promise<string> {
  let printed = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk)
    return true
  })
  try {
    await program().parseAsync(['text', ...words], { from: 'user' })
  } finally {
    write.mockRestore()
  }
  return printed
}

const measure = '第一章　总则\n第一条　甲应当在三十日内依照《海源市登记条例》第三条办理。\n第三条　依照第一条办理。\n'

describe('dianzhang text', () => {
  it('outline --json gives counts, faults and the tree', async () => {
    const found = JSON.parse(await run('outline', '--json', file('a.txt', measure)))
    expect(found).toMatchObject({
      hasToc: false,
      chapters: 1,
      articles: 2,
      firstArticle: '第一条',
      lastArticle: '第三条',
      level1: 0,
      faults: [{ code: 'gap', line: 3 }],
      tree: [{ level: 'chapter', number: '第一章', heading: '总则' }],
    })
  })
  it('every record of a file of JSON lines is a text of its own, named by its id', async () => {
    const path = file(
      'b.jsonl',
      `${JSON.stringify({ id: 'x1', body: measure })}\n${JSON.stringify({ body: '一、子\n二、丑' })}\n`,
    )
    const lines = (await run('outline', '--json', path))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map((one) => [one.file, one.articles, one.level1])).toEqual([
      ['b.jsonl:x1', 2, 0],
      ['b.jsonl:2', 0, 2],
    ])
  })
  it('cite --json gives names with articles, and internal references', async () => {
    const found = JSON.parse(await run('cite', '--json', file('c.txt', measure)))
    expect(found.named).toMatchObject([{ name: '海源市登记条例', articles: ['第三条'] }])
    expect(found.internal).toMatchObject([{ target: '第一条' }])
  })
  it('diff shows the marked copy for people', async () => {
    const shown = await run('diff', file('d.txt', measure), file('e.txt', measure.replace('三十日', '十五日')))
    expect(shown).toContain('修改 1')
    expect(shown).toContain('〔-三十日-〕〔+十五日+〕')
  })
  it('a text in GB 18030 is read, a missing file is refused in one sentence', async () => {
    const gbk = Uint8Array.from([0xb5, 0xda, 0xd2, 0xbb, 0xcc, 0xf5, 0x20, 0xbc, 0xd7, 0xa1, 0xa3])
    expect(JSON.parse(await run('outline', '--json', file('f.txt', gbk)))).toMatchObject({ firstArticle: '第一条' })
    await expect(run('outline', join(folder, 'none.txt'))).rejects.toThrow('没有这个文件')
  })
})

describe('what is refused is said with the code HTTP would give', () => {
  const refusal = async (...words: string[]): Promise<Record<string, unknown>> => {
    let said = ''
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
      said += String(chunk)
      return true
    })
    try {
      await program(true)
        .parseAsync(['text', ...words], { from: 'user' })
        .catch((error: unknown) => (said === '' ? report(error, true) : undefined))
    } finally {
      write.mockRestore()
    }
    return JSON.parse(said.split('\n').findLast((line) => line.startsWith('{')) ?? '{}')
  }
  it.each<[string, string | Uint8Array | null, string, string | undefined]>([
    ['无.txt', null, 'not_found', undefined],
    ['甲.pdf', '%PDF-1.7\n%%EOF\n', 'invalid', 'pdf'],
    ['乙.docx', 'PK\u0003\u0004junk', 'invalid', 'corrupt'],
    ['丙.bin', Uint8Array.from({ length: 900 }, (_, at) => (at * 37) % 256), 'invalid', 'not-text'],
    ['丁.txt', 'only latin words stand in this text, which is no document of an office at all', 'invalid', 'not-text'],
  ])('%s', async (name, content, code, reason) => {
    const path = content === null ? join(folder, name) : file(name, content)
    const said = await refusal('lint', '--json', path)
    expect(said).toMatchObject({ code, detail: expect.stringContaining(name) })
    expect(said.reason).toBe(reason)
    if (reason !== undefined) expect(said.issues).toMatchObject([{ path: 'file' }])
  })
  it('a folder, a wrong option, an unknown command', async () => {
    expect(await refusal('lint', '--json', folder)).toMatchObject({ code: 'invalid' })
    expect(await refusal('lint', '--json', '--jurisdiction', 'XX', 'a.txt')).toMatchObject({ code: 'invalid' })
    expect(await refusal('convert', '--json', '--to', 'html', file('g.txt', measure))).toMatchObject({
      code: 'invalid',
    })
  })
})
