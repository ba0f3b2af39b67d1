// 两个项目：unit 不碰数据库；system 首次用到时启动一个内嵌 PostgreSQL（见 support/global-setup.ts）。
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
// 本进程要迁移数据库，各工作进程要载入同样的包。
import '../apps/server/bin/quick-start.mjs'
import { SlowestFirst } from './support/slowest-first.ts'

const support = (name: string): string => fileURLToPath(new URL(`support/${name}`, import.meta.url))

/**
 * 性质测试的种子：同一次提交取同样的例子，红了的再跑还是红的；每次提交另取一批。`DIANZHANG_SEED=任意整数` 指定，
 * 没有 git 的取 1。
 */
function seed(): string {
  if (process.env.DIANZHANG_SEED) return process.env.DIANZHANG_SEED
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' })
  return String(Number.parseInt(stdout?.slice(0, 7) || '1', 16))
}

const never = ['**/node_modules/**', '**/dist/**', '**/.dianzhang/**']
const withDatabase = ['packages/{database,workflow}/**/*.test.{ts,tsx}']

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [
    {
      name: 'conditions-of-the-program',
      // Vitest 照这里的给工作进程加 `development` 等条件：那样 XState 等载入的是开发时的版本，与程序运行时的不同。
      configResolved: ({ ssr }) => void ssr.resolve?.conditions?.splice(0),
    },
  ],
  test: {
    pool: 'forks',
    env: { DIANZHANG_SEED: seed() },
    // 由 Node 直接载入，不经 Vite 改写：与程序运行时是同一样东西，少用四分之一的处理器时间；没有用到替换模块的办法。
    experimental: { viteModuleRunner: false, nodeLoader: false },
    execArgv: [
      // 按生产构建的包（`source` 条件），测试时用源码。
      '--conditions=source',
      // 一件办成就丢弃的多：少收几次。
      '--max-semi-space-size=64',
      ...['../apps/server/bin/quick-start.mjs', 'support/native.mjs'].flatMap((each) => [
        '--import',
        fileURLToPath(new URL(each, import.meta.url)),
      ]),
    ],
    // 两个核：测试常在等数据库、浏览器与时刻，三个时还有四分之一空着。
    maxWorkers: 4,
    reporters: ['default', support('plain-reporter.ts')],
    setupFiles: [support('setup.ts')],
    exclude: never,
    sequence: { sequencer: SlowestFirst },
    // 期限只为不无止境地等：慢几倍、同时很忙的机器也不该碰到。
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.{ts,tsx}'],
          exclude: [...never, ...withDatabase],
          // 纯的包没有可以互相影响的状态，模块只载入一次。
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          isolate: false,
          include: [...withDatabase, 'apps/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
          globalSetup: [support('global-setup.ts')],
        },
      },
    ],
  },
})
