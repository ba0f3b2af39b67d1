// 公布的途径便于公众知晓：内部印发的不是公布；认不出的渠道只提请核对。
import { roleLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { withCommand } from '../patch.ts'
import type { Rule } from '../rule.ts'

const publishing = (f: Facts, channels: unknown): Facts => withCommand(f, 'Publish', { channels })
const has = (words: readonly string[]) => (channel: string) => words.some((word) => channel.includes(word))

export const publicationChannels: Rule = {
  id: 'publication.channels',
  title: '经政府网站、公报等便于公众知晓的途径公布',
  severity: 'block',
  basis: source.disclosure('第二十三条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { channelWords, internalWords } = f.pack.publication
    const more = basedOn([...channelWords.source, ...internalWords.source])
    const given = f.command?.type === 'Publish' ? f.command.payload.channels : f.dossier.publication?.channels
    const channels = Array.isArray(given) ? given.filter((one) => typeof one === 'string') : []
    if (channels.length === 0) return holds('公布时写明公布渠道', more)
    const internal = channels.filter(has(internalWords.value))
    const open = channels.filter((one) => has(channelWords.value)(one) && !internal.includes(one))
    if (open.length > 0) return holds(`公布渠道：${channels.join('、')}`, more)
    if (internal.length > 0)
      return fails(
        `公布渠道只写了“${internal.join('、')}”：不得以内部文件形式印发执行，应当向社会公布${mark(internalWords)}；请写明政府网站、政府公报等渠道`,
        more,
      )
    return fails(
      `公布渠道“${channels.join('、')}”认不出是不是法定的途径：政府公报、政府网站或者其他互联网政务媒体、新闻发布会以及报刊、广播、电视等${mark(channelWords)}；请核对`,
      { ...more, severity: 'warn' },
    )
  },
  examples: {
    holds: [
      { name: '尚未公布', given: (f) => f },
      { name: '政府网站', given: (f) => publishing(f, ['海原县人民政府网站']), says: '海原县人民政府网站' },
      { name: '公报与公示栏', given: (f) => publishing(f, ['县政府公报', '乡镇公示栏']) },
      { name: '网站之外也在内网印发', given: (f) => publishing(f, ['县政府门户网站', '政务内网']) },
    ],
    refused: [
      {
        name: '只作内部印发',
        given: (f) => publishing(f, ['内部印发各乡镇']),
        says: '不得以内部文件形式印发执行',
      },
      { name: '只发到内网网站', given: (f) => publishing(f, ['政务内网网站']), says: '应当向社会公布' },
      { name: '认不出的（只提请核对）', given: (f) => publishing(f, ['某人的博客']), says: '请核对' },
    ],
  },
}
