// Bulk files: the manifest, the DCAT catalogue that describes them, the files themselves.
import { AppError } from '@dianzhang/contract'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'

const tag = '机器读取'
const File = z.looseObject({
  name: z.string(),
  url: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  records: z.int(),
})
const Manifest = z.looseObject({
  day: z.string(),
  log: z.looseObject({ origin: z.string(), size: z.int(), root: z.string() }),
  files: z.array(File),
})

export function bulkRoutes(ops: Operations, ctx: AppContext): void {
  const latest = async (code?: string) => {
    const manifest = await ctx.bulk?.latest(code)
    if (manifest) return manifest
    throw new AppError(
      'not_found',
      code === undefined ? '整库文件还没有生成，请稍后再取。' : `没有法域 ${code} 的整库文件。`,
    )
  }
  const originOf = (url: string): string => (ctx.publicUrl ? new URL(ctx.publicUrl).origin : new URL(url).origin)
  const addressOf = (origin: string, name: string): string => `${origin}/bulk/${encodeURIComponent(name)}`
  for (const [path, which] of [
    ['/bulk/manifest.json', ''],
    ['/bulk/:code/manifest.json', '某一法域的'],
  ] as const)
    ops.open(
      {
        method: 'get',
        path,
        tag,
        summary: `${which}整库文件清单：每日一次，大小、摘要、所据的日志条数`,
        answer: { description: '清单', schema: Manifest },
        problems: ['not_found', 'unavailable'],
      },
      async (c) => {
        const manifest = await latest(which === '' ? undefined : param(c, 'code'))
        const origin = originOf(c.req.url)
        const files = manifest.files.map((file) => ({ ...file, url: addressOf(origin, file.name) }))
        return c.json({ ...manifest, files })
      },
    )
  ops.open(
    {
      method: 'get',
      path: '/bulk/catalog.jsonld',
      tag,
      summary: '整库文件与各接口的目录（DCAT 3，JSON-LD）',
      answer: { description: '目录', mediaType: 'application/ld+json' },
      problems: ['unavailable'],
    },
    async (c) => {
      const codes = (await ctx.bulk?.codes()) ?? []
      const manifests = await Promise.all((codes.length > 0 ? codes : [undefined]).map((code) => latest(code)))
      const origin = originOf(c.req.url)
      const madeAt = manifests
        .map((each) => each.madeAt)
        .sort()
        .at(-1)
      const idOf = (i: number): string =>
        `${origin}/bulk/catalog.jsonld#register${i === 0 ? '' : `-${manifests[i]?.jurisdiction}`}`
      const served = manifests.map((_, i) => ({ '@id': idOf(i) }))
      const datasets = manifests.map((manifest, i) => ({
        '@id': idOf(i),
        '@type': 'dcat:Dataset',
        'dct:title': { '@value': '行政规范性文件公开登记库', '@language': 'zh' },
        'dct:identifier': `${manifest.log.origin}#${manifest.log.size}`,
        'dct:language': 'zh-CN',
        'dct:accrualPeriodicity': { '@id': 'http://publications.europa.eu/resource/authority/frequency/DAILY' },
        'dct:modified': { '@value': manifest.madeAt, '@type': 'xsd:dateTime' },
        'dcat:version': String(manifest.log.size),
        'dcat:distribution': manifest.files.map((file) => ({
          '@type': 'dcat:Distribution',
          'dct:title': { '@value': file.title, '@language': 'zh' },
          'dcat:downloadURL': { '@id': addressOf(origin, file.name) },
          'dcat:mediaType': { '@id': `https://www.iana.org/assignments/media-types/${file.mediaType}` },
          'dcat:byteSize': { '@value': String(file.bytes), '@type': 'xsd:nonNegativeInteger' },
          'spdx:checksum': {
            '@type': 'spdx:Checksum',
            'spdx:algorithm': { '@id': 'spdx:checksumAlgorithm_sha256' },
            'spdx:checksumValue': { '@value': file.sha256, '@type': 'xsd:hexBinary' },
          },
        })),
      }))
      const catalogue = {
        '@context': {
          dcat: 'http://www.w3.org/ns/dcat#',
          dct: 'http://purl.org/dc/terms/',
          spdx: 'http://spdx.org/rdf/terms#',
          xsd: 'http://www.w3.org/2001/XMLSchema#',
        },
        '@id': `${origin}/bulk/catalog.jsonld`,
        '@type': 'dcat:Catalog',
        'dct:title': { '@value': '行政规范性文件开放数据', '@language': 'zh' },
        'dct:modified': { '@value': madeAt, '@type': 'xsd:dateTime' },
        // One is said as one, as before there could be several.
        'dcat:dataset': datasets.length === 1 ? datasets[0] : datasets,
        'dcat:service': [
          ['OAI-PMH', '/oai'],
          ['公开日志', '/public/v1/changes'],
          ['检索接口', '/public/v1/documents'],
          ['MCP', '/mcp'],
        ].map(([title, path]) => ({
          '@type': 'dcat:DataService',
          'dct:title': title,
          'dcat:endpointURL': { '@id': `${origin}${path}` },
          'dcat:servesDataset': served,
        })),
      }
      return c.body(JSON.stringify(catalogue), 200, {
        'Content-Type': 'application/ld+json; charset=utf-8',
        'Cache-Control': 'public, no-cache',
      })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/bulk/:name',
      tag,
      summary: '一个整库文件，名称见清单',
      answer: { description: '文件', mediaType: ['application/gzip', 'text/csv', 'application/zip'] },
      problems: ['not_found', 'unavailable'],
    },
    async (c) => {
      const found = await ctx.bulk?.open(param(c, 'name'))
      if (!found)
        throw new AppError('not_found', '清单里没有这个文件：请先取 /bulk/manifest.json，其中是最新的文件名。')
      const { file, stream } = found
      return c.body(stream(), 200, {
        'Content-Type': file.mediaType,
        'Content-Length': String(file.bytes),
        'Content-Disposition': `attachment; filename="${file.name}"`,
        ETag: `"${file.sha256}"`,
        Link: '</bulk/manifest.json>; rel="collection", </bulk/catalog.jsonld>; rel="describedby"; type="application/ld+json"',
        'Cache-Control': 'public, max-age=31536000, immutable',
      })
    },
  )
}
