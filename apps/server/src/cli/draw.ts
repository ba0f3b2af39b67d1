// dianzhang draw: recomputes who takes part in a hearing from published data alone.
import { readFile } from 'node:fs/promises'
import { drawn } from '@dianzhang/ledger'
import type { Command } from 'commander'
import { z } from 'zod'
import { print } from './output.ts'

const Published = z.looseObject({
  registrations: z.array(z.looseObject({ id: z.string(), category: z.string() })),
  digest: z.string(),
  root: z.string(),
  seed: z.string(),
  order: z.record(z.string(), z.array(z.string())),
})

export function addDrawCommand(program: Command): void {
  program
    .command('draw')
    .description('听证会参加人的遴选：只凭公布的数据重新计算，与公布的结果核对；不一致时退出码为 1')
    .argument('<来源>', '公布的数据的网址（…/draw.json），或者保存下来的文件')
    .option('--json', '输出 JSON')
    .action(async (source: string, options: { json?: boolean }, command: Command) => {
      const text = /^https?:/.test(source)
        ? await fetch(source).then((answer) =>
            answer.ok ? answer.text() : command.error(`错误：${source} 答复 ${answer.status}`),
          )
        : await readFile(source, 'utf8').catch(() => command.error(`错误：读不到 ${source}`))
      let given: unknown
      try {
        given = JSON.parse(text)
      } catch {
        command.error(`错误：${source} 不是 JSON；网页地址之后要加 .json`)
      }
      const parsed = Published.safeParse(given)
      if (!parsed.success) return command.error(`错误：${source} 不是遴选的数据`)
      const { registrations, digest, root, seed, order } = parsed.data
      const again = drawn(registrations, root)
      const faults = [
        ...(again.registrations === digest ? [] : ['报名的摘要不符：公布的报名不是截止时固定的那些']),
        ...(again.seed === seed ? [] : ['种子不符']),
        ...Object.keys({ ...order, ...again.order })
          .filter((category) => JSON.stringify(order[category]) !== JSON.stringify(again.order[category]))
          .map((category) => `${category}的次序不符`),
      ]
      if (faults.length > 0) process.exitCode = 1
      print(
        { matches: faults.length === 0, faults, ...again },
        () =>
          [
            `报名摘要  ${again.registrations}`,
            `种子      ${again.seed}`,
            ...Object.entries(again.order).map(([category, ids]) => `${category}  ${ids.join('、')}`),
            faults.length === 0 ? '与公布的结果一致。' : `与公布的结果不一致：${faults.join('；')}。`,
          ].join('\n'),
        options.json,
      )
    })
}
