// 类型与风格同时检查，各自的输出成一段；有一个不成即不成。`node test/check.mjs types` 只查类型。
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const recordOf = (project) => join(root, 'node_modules/.cache/types', `${project.replaceAll('/', '-')}.tsbuildinfo`)
/**
 * 一个程序一个核：编译器自己分几路时各路把同样的类型各查一遍，合计的时间反而是两倍；少收几次垃圾，再省五分之一。
 * 根下的一份包括测试与门户；工作台用浏览器的类型，另成一份。
 */
const types = ['tsconfig.json', 'apps/workbench/tsconfig.json'].map((project) => [
  'typescript/bin/tsc',
  // 记下查过的，没有变的不再查：再次运行只要几秒。
  ['-p', project, '--checkers', '1', '--incremental', '--tsBuildInfoFile', recordOf(project)],
  { GOGC: '400' },
])
const lint = ['@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.'], {}]

/** 运行一个，结束后才把它的话一次说出；答复退出码。 */
const run = ([entry, args, env]) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', entry), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => {
      process.stdout.write(Buffer.concat(said))
      resolve(code ?? 1)
    })
  })

const codes = await Promise.all((process.argv[2] === 'types' ? types : [...types, lint]).map(run))
process.exitCode = codes.find((code) => code !== 0) ?? 0
