// dianzhang channels: what a gateway would be sent, before it is sent anything.
import { readFile } from 'node:fs/promises'
import { previewChannels } from '@dianzhang/channels'
import type { Command } from 'commander'
import { print } from './output.ts'

export function addChannelsCommand(program: Command): void {
  program
    .command('channels')
    .description('对外渠道的配置文件：核对，并预览一条通知会怎样送出；不送出，密钥以名称代替')
    .argument('<文件>', '即 DIANZHANG_CHANNELS 指向的文件')
    .option('--recipient <账号>', '收的一方', '13900000000')
    .option('--title <标题>', '通知的标题', '轮到您：审核　海原县设施农业补助资金管理办法')
    .option('--json', '输出 JSON')
    .action(async (file: string, options: { recipient: string; title: string; json?: boolean }, command: Command) => {
      const text = await readFile(file, 'utf8').catch(() => command.error(`错误：读不到 ${file}`))
      const message = {
        id: 'preview',
        address: options.recipient,
        title: options.title,
        lines: [options.title],
        link: 'https://gf.example.gov.cn/staff/',
        at: new Date(0),
      }
      let shown: ReturnType<typeof previewChannels>
      try {
        shown = previewChannels(text, message)
      } catch (error) {
        return command.error(`错误：${file}：${error instanceof Error ? error.message : String(error)}`)
      }
      print(
        shown,
        () =>
          shown
            .flatMap(({ name, label, token, message: sent }) => [
              `${name}　${label}`,
              ...(token ? [`  取令牌  ${token}`] : []),
              `  送出    ${sent.split('\n').join('\n          ')}`,
            ])
            .join('\n'),
        options.json,
      )
    })
}
