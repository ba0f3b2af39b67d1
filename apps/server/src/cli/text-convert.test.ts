import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { docxOf, paragraph } from '../../../../packages/formats/src/docx-import/docx.fixture.ts'
import { program } from './program.ts'

let folder: string
let draft: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dianzhang-convert-'))
  draft = join(folder, '草案.txt')
  writeFileSync(
    draft,
    '青禾县农机共享办法（试行）\n第一条 根据《农业法》，制定本办法。\n第二条 未经县商务局批准，不得从事农机共享。\n第三条 本办法由县农业农村局解释，自2027年3月1日起施行，试行期三年。\n青禾县人民政府\n2026年3月5日\n',
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(...words: string[]): Promise<{ out: string; said: string }> {
  const printed = { out: '', said: '' }
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      printed[stream === 'stdout' ? 'out' : 'said'] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
      return true
    }),
  )
  try {
    await program().parseAsync(['text', ...words], { from: 'user' })
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  return printed
}

describe('dianzhang text lint', () => {
  it('--json gives findings with place, quote and question', async () => {
    const { findings } = JSON.parse((await run('lint', draft, '--json')).out)
    expect(findings.map(({ id }: { id: string }) => id)).toEqual(['L01', 'S05'])
    expect(findings[0]).toMatchObject({ line: 3, severity: 'block', address: expect.stringContaining('第二条') })
  })
  it('--sarif names the file as it was given', async () => {
    const log = JSON.parse((await run('lint', draft, '--sarif')).out)
    expect(log.version).toBe('2.1.0')
    expect(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toContain(
      encodeURIComponent('草案.txt'),
    )
  })
  it('--fail-on ends with 1 only when such a question is open', async () => {
    const before = process.exitCode
    try {
      process.exitCode = 0
      await run('lint', draft)
      expect(process.exitCode).toBe(0)
      await run('lint', draft, '--fail-on', 'block')
      expect(process.exitCode).toBe(1)
    } finally {
      process.exitCode = before
    }
  })
})

describe('dianzhang text convert', () => {
  it('txt → docx → txt keeps the words, and the layout has no fault', async () => {
    const docx = join(folder, '办法.docx')
    const { said } = await run(
      'convert',
      draft,
      '--to',
      'docx',
      '-o',
      docx,
      '--check-layout',
      '--number',
      '青政规发〔2026〕1号',
    )
    expect(said).not.toContain('版式：')
    const { out } = await run('convert', docx, '--to', 'txt')
    expect(out).toContain('青政规发〔2026〕1号')
    expect(out.replace(/\s/g, '')).toContain(readFileSync(draft, 'utf8').replace(/\s/g, '').slice(20))
  })
  it('docx → json --tree carries structure and loss report', async () => {
    const docx = join(folder, '结构.docx')
    await run('convert', draft, '--to', 'docx', '-o', docx)
    const { structure, loss } = JSON.parse((await run('convert', docx, '--to', 'json', '--tree')).out)
    expect(structure.counts).toMatchObject({ articles: 3, lastArticle: '第三条' })
    expect(loss).toMatchObject([{ kind: 'letterhead' }])
  })
  it('a docx is known by its content, whatever its name, and losses are said by kind', async () => {
    const cell = (words: string): string => `<w:tr><w:trPr><w:ins/></w:trPr><w:tc>${paragraph(words)}</w:tc></w:tr>`
    const odd = join(folder, '无名.bin')
    writeFileSync(odd, await docxOf(`${paragraph('第一条 甲。')}<w:tbl>${cell('子')}${cell('丑')}</w:tbl>`))
    await expect(run('convert', odd, '--to', 'txt')).rejects.toThrow('会丢失2处')
    expect((await run('convert', odd, '--to', 'txt', '--confirm-loss')).out).toBe('第一条　甲。\n')
    for (const words of [['outline'], ['cite'], ['lint'], ['diff', odd]]) {
      const { out, said } = await run(...words, odd)
      expect(said, words[0]).toContain('无名.bin：导入：修订（插入），丢失文字 2 处\n')
      expect(out, words[0]).not.toContain('导入')
    }
    expect(JSON.parse((await run('diff', '--json', odd, draft)).out).losses).toHaveLength(2)
  })
  it('tracked changes are accepted or rejected as a whole; what was decided is no loss', async () => {
    const marked = join(folder, '修订.docx')
    const words = `<w:p><w:r><w:t>第一条　为了</w:t></w:r><w:del><w:r><w:delText>加强</w:delText></w:r></w:del><w:ins><w:r><w:t>规范</w:t></w:r></w:ins><w:r><w:t>管理。</w:t></w:r></w:p>`
    writeFileSync(marked, await docxOf(words))
    await expect(run('convert', marked, '--to', 'txt')).rejects.toThrow('先决定接受还是拒绝修订')
    const accepted = await run('convert', marked, '--to', 'txt', '--accept-revisions')
    expect(accepted.out).toBe('第一条　为了规范管理。\n')
    expect(accepted.said).toContain('修订（删除）已接受')
    const rejected = await run('convert', marked, '--to', 'txt', '--reject-revisions')
    expect(rejected.out).toBe('第一条　为了加强管理。\n')
    expect(`${accepted.said}${rejected.said}`).not.toContain('丢失')
    await expect(run('convert', marked, '--to', 'txt', '--accept-revisions', '--reject-revisions')).rejects.toThrow()
  })
  it('a docx of 100 MB is refused by its size', async () => {
    const large = join(folder, '大.bin')
    writeFileSync(large, 'PK\u0003\u0004')
    truncateSync(large, 100_000_000)
    for (const words of [['outline'], ['convert', '--to', 'txt']])
      await expect(run(...words, large)).rejects.toThrow('超过上限 30 MB')
  })
  it('does not overwrite the file it reads', async () => {
    await expect(run('convert', draft, '--to', 'txt', '-o', draft)).rejects.toThrow('原文件')
  })
})
