import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chainNext, contentHash, eventHash, GENESIS, sha256Hex, stateHash } from './hash.ts'

// An implementation that is not ours: the platform's WebCrypto.
const platform = async (text: string) =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex')

describe('摘要', () => {
  it('sha256Hex 与平台自带的实现相同', async () => {
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        expect(sha256Hex(text)).toBe(await platform(text))
      }),
    )
    expect(sha256Hex(new TextEncoder().encode('典章'))).toBe(await platform('典章'))
    expect(() => sha256Hex('\ud800')).toThrow(TypeError)
  })

  it('内容摘要按文档所述的字节配方计算', async () => {
    const attachment = { name: '附件1', mediaType: 'text/plain', sha256: sha256Hex('a') }
    expect(contentHash({ body: '第一条', attachments: [attachment] })).toBe(
      await platform(
        `dianzhang/content/1\n{"attachments":[{"mediaType":"text/plain","name":"附件1","sha256":"${sha256Hex('a')}"}],"body":"第一条"}`,
      ),
    )
  })

  it('附件的名称、类型、内容、次序都参与内容摘要，大小不参与', () => {
    const a = { name: '甲', mediaType: 'text/plain', sha256: sha256Hex('a'), size: 1 }
    const b = { name: '乙', mediaType: 'text/plain', sha256: sha256Hex('b'), size: 2 }
    const of = (...attachments: (typeof a)[]) => contentHash({ body: '正文', attachments })
    const hashes = [
      of(),
      of(a),
      of(b),
      of(a, b),
      of(b, a),
      of({ ...a, name: '丙' }),
      of({ ...a, mediaType: 'text/html' }),
      of({ ...a, sha256: sha256Hex('c') }),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
    expect(of({ ...a, size: 9 })).toBe(of(a))
  })

  it('正文按原样计算：全角空格、换行、组合字符的差别都是差别', () => {
    const of = (body: string) => contentHash({ body, attachments: [] })
    expect(of('第一章 总则')).not.toBe(of('第一章　总则'))
    expect(of('é')).not.toBe(of('e\u0301'))
  })

  it('记录摘要 = sha256(前一摘要 + 换行 + 规范 JSON)，第一条接在起点之后', async () => {
    expect(eventHash(GENESIS, { b: 1, a: '立项' })).toBe(await platform(`${'0'.repeat(64)}\n{"a":"立项","b":1}`))
    const first = chainNext(null, { seq: 1 })
    expect(first.prevHash).toBe(GENESIS)
    expect(chainNext(first.hash, { seq: 2 })).toEqual({
      prevHash: first.hash,
      hash: eventHash(first.hash, { seq: 2 }),
    })
    expect(() => eventHash('ABC', {})).toThrow(TypeError)
  })

  it('状态摘要按快照的原文计算，不作规范化', async () => {
    expect(stateHash('{"b":1, "a":2}')).toBe(await platform('dianzhang/state/1\n{"b":1, "a":2}'))
    expect(stateHash('{"b":1, "a":2}')).not.toBe(stateHash('{"b":1,"a":2}'))
  })
})
