// 两个项目：unit 不碰数据库；system 首次用到时启动一个内嵌 PostgreSQL（见 support/global-setup.ts）。
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
// 本进程要迁移数据库，各工作进程要载入同样的包。
import '../apps/server/bin/quick-start.mjs'
import { SlowestFirst } from './support/slowest-first.ts'

const support = (name: string): string => fileURLToPath(new URL(`support/${name}`, import.meta.url))

const never = ['**/node_modules/**', '**/dist/**', '**/.dianzhang/**']
const withDatabase = ['packages/{database,workflow}/**/*.test.{ts,tsx}']

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // 按生产构建的包（`source` 条件），测试时用源码。
  resolve: { conditions: ['source', 'module', 'node', 'development|production'] },
  ssr: { resolve: { conditions: ['source', 'module', 'node', 'development|production'] } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    pool: 'forks',
    execArgv: ['--import', fileURLToPath(new URL('../apps/server/bin/quick-start.mjs', import.meta.url))],
    // 两个核：测试常在等数据库、浏览器与时刻，三个才用得满。
    maxWorkers: 3,
    reporters: ['default', support('plain-reporter.ts')],
    setupFiles: [support('setup.ts')],
    exclude: never,
    sequence: { sequencer: SlowestFirst },
    // 期限只为不无止境地等：慢几倍、同时很忙的机器也不该碰到。
    testTimeout: 120_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
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
