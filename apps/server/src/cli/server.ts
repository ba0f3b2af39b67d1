// dianzhang demo, serve: start the server and stop it in order when signalled.
import cluster from 'node:cluster'
import type { Command } from 'commander'
import type { Mode } from '../env.ts'

/** Loaded only when it is wanted: the other commands should answer at once. */
const run = async (mode: Mode): Promise<void> => {
  // The process that only starts others needs next to nothing of the program.
  if (mode === 'serve' && cluster.isPrimary && Number(process.env.DIANZHANG_PROCESSES) > 1)
    return (await import('./processes.ts')).runProcesses()
  return (await import('./run-server.ts')).runServer(mode)
}

export function addServerCommands(program: Command): void {
  program
    .command('demo')
    .description('演示：内嵌数据库、演示县、演示账号、可向前拨的时钟')
    .addHelpText(
      'after',
      '\n环境变量：HOST、PORT（0 任选）、DATABASE_URL、DIANZHANG_DATA_DIR、DIANZHANG_DEMO_NOW（演示时钟的起点）、LOG_LEVEL',
    )
    .action(() => run('demo'))
  program
    .command('serve')
    .description('生产：须有 DATABASE_URL 与 DIANZHANG_SECRET；没有演示账号与演示时钟')
    .addHelpText(
      'after',
      '\n环境变量：HOST、PORT、DATABASE_URL、DATABASE_OWNER_URL、DATABASE_READ_URL、DIANZHANG_SECRET、DIANZHANG_PUBLIC_URL、DIANZHANG_SITE、DIANZHANG_ANCHOR_DIR、DIANZHANG_ANCHOR_KEY、TRUSTED_PROXIES、DIANZHANG_PROCESSES（同一端口上几个进程）、LOG_LEVEL、OIDC_DISCOVERY_URL、OIDC_CLIENT_ID、OIDC_CLIENT_SECRET',
    )
    .action(() => run('serve'))
}
