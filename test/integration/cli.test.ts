// 命令行程序：作为子进程运行，看输出与返回码。
import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { program } from '../../apps/server/src/cli/program.ts'

const bin = fileURLToPath(new URL('../../apps/server/bin/dianzhang.mjs', import.meta.url))

interface Result {
  code: number | null
  out: string
  err: string
}
/** 运行命令行程序，环境变量自成一套；标准输入为空，或者为 `input`。 */
function run(args: string[], options: { input?: string; env?: Record<string, string> } = {}): Promise<Result> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [bin, ...args], {
      env: { PATH: process.env.PATH ?? '', DIANZHANG_DATA_DIR: '/nonexistent/dianzhang', ...options.env },
    })
    const result: Result = { code: null, out: '', err: '' }
    child.stdout.on('data', (chunk) => {
      result.out += chunk
    })
    child.stderr.on('data', (chunk) => {
      result.err += chunk
    })
    child.once('error', failed)
    child.once('close', (code) => done({ ...result, code }))
    child.stdin.end(options.input ?? '')
  })
}
const lines = (text: string): Array<Record<string, unknown>> =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

test('每个命令都有中文说明，需要机器读取的都有 --json', () => {
  const walk = (command: Command): Command[] => [command, ...command.commands.flatMap((each) => walk(each as Command))]
  const all = walk(program() as Command)
  for (const command of all) expect(command.description(), command.name()).toMatch(/[\u4e00-\u9fff]/)
  const leaves = all.filter((command) => command.commands.length === 0 && !['demo', 'serve'].includes(command.name()))
  for (const command of leaves) {
    expect(
      command.options.map((option) => option.long),
      command.name(),
    ).toContain('--json')
  }
})

test('文号逐行识别：参数与标准输入得到同样的答复，无法识别的返回 1', async () => {
  const texts = ['海政规发〔2026〕3号', '海政发[2020]5号', '不是文号']
  const [given, piped] = await Promise.all([
    run(['number', 'parse', '--json', ...texts]),
    run(['number', 'parse', '--json'], { input: `${texts.join('\n')}\n\n` }),
  ])
  expect(piped.out).toBe(given.out)
  expect(given.code).toBe(1)
  expect(lines(given.out)).toMatchObject([
    { text: texts[0], valid: true, kind: 'document', prefix: '海政规发', year: 2026, seq: 3 },
    { text: texts[1], valid: false, normalized: '海政发〔2020〕5号' },
    { text: texts[2], valid: false, normalized: null },
  ])
})

test('工作日与期限不需要数据库；无效日期返回 1 并说明，其余照答', async () => {
  const [days, period] = await Promise.all([
    run(['calendar', 'workday', '--json', '-'], { input: '2026-10-01\n2024-02-30\n2026-02-14\n' }),
    run(['calendar', 'explain', '-j', '640522', '-s', '2026-09-25', '-n', '7', '-u', 'wd', '--json']),
  ])
  expect(days.code).toBe(1)
  expect(lines(days.out)).toMatchObject([
    { date: '2026-10-01', workday: false },
    { date: '2024-02-30', error: 'invalid_date' },
    { date: '2026-02-14', workday: true },
  ])
  expect(period.code).toBe(0)
  expect(lines(period.out)).toMatchObject([{ due: '2026-10-12', source: 'builtin', provisional: false }])
})

test('用法有误返回 2，一句中文，没有堆栈', async () => {
  const results = await Promise.all([
    run(['explode']),
    run(['calendar', 'explain', '-n', '7']),
    run(['calendar', 'explain', '-s', '2026-01-01', '-n', 'seven']),
    run(['serve'], { env: { PORT: 'x' } }),
  ])
  for (const { code, err, out } of results) {
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(/^错误：/)
    expect(err).not.toMatch(/\n\s+at /)
  }
  expect(results[3]?.err).toContain('DATABASE_URL')
  expect(results[3]?.err).toContain('DIANZHANG_SECRET')
  expect(results[3]?.err).toContain('PORT')
})

test('连接不上数据库返回 1，说明检查什么；--json 时错误也是一行 JSON', async () => {
  const env = { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/none' }
  const [{ code, err }, forMachines] = await Promise.all([
    run(['migrate'], { env }),
    run(['plan', 'X', '--json'], { env }),
  ])
  expect(code).toBe(1)
  expect(err).toContain('DATABASE_URL')
  expect(err).not.toMatch(/\n\s+at /)
  expect(forMachines).toMatchObject({ code: 1, out: '' })
  expect(JSON.parse(forMachines.err)).toMatchObject({
    code: 'unavailable',
    detail: expect.stringContaining('DATABASE_URL'),
  })
})

test('读的人走开（| head -1）安静结束，没有堆栈；写不进去的说明缘由；文件有误也是一句中文', async () => {
  const left = await new Promise<{ code: number | null; err: string }>((done) => {
    const child = spawn(process.execPath, [bin, 'number', 'parse', '-'])
    let err = ''
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    child.stdout.once('data', () => child.stdout.destroy())
    child.stdin.on('error', () => {})
    child.once('close', (code) => done({ code, err }))
    child.stdin.end('海政规发〔2026〕3号\n'.repeat(50_000))
  })
  expect(left).toEqual({ code: 141, err: '' })
  const [full, missing, folder] = await Promise.all([
    new Promise<{ code: number | null; err: string }>((done) => {
      const out = openSync('/dev/full', 'w')
      const child = spawn(process.execPath, [bin, 'number', 'parse', '海政规发〔2026〕3号'], {
        stdio: ['ignore', out, 'pipe'],
      })
      let err = ''
      child.stderr?.on('data', (chunk) => {
        err += chunk
      })
      child.once('close', (code) => {
        closeSync(out)
        done({ code, err })
      })
    }),
    run(['units', 'import', '/nonexistent/units.json', '-j', '640522']),
    run(['units', 'import', '/', '-j', '640522', '--json']),
  ])
  expect(full).toEqual({ code: 1, err: '错误：结果写不出去：磁盘已满，写不下\n' })
  expect(missing).toMatchObject({ code: 1, err: '错误：没有这个文件或者文件夹：/nonexistent/units.json\n' })
  expect(JSON.parse(folder.err)).toMatchObject({ detail: '是文件夹，不是文件' })
})
