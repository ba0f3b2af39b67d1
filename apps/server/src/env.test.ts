import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { testSite } from '../../../test/support/site.ts'
import { EnvError, readEnv } from './env.ts'

const problems = (mode: 'demo' | 'serve', source: Record<string, string>): readonly string[] => {
  try {
    readEnv(mode, source)
  } catch (error) {
    if (error instanceof EnvError) return error.problems
    throw error
  }
  return []
}
const site = JSON.parse(testSite) as Record<string, string>
const serve = {
  DIANZHANG_SITE: testSite,
  DATABASE_URL: 'postgres://u:p@db:5432/d',
  DIANZHANG_SECRET: 'x'.repeat(32),
  DIANZHANG_PUBLIC_URL: 'https://gf.example.gov.cn',
}

describe('环境变量', () => {
  test('演示模式什么都不设也能启动，空文本等于没有设置', () => {
    expect(readEnv('demo', { PORT: '', DATABASE_URL: ' ' })).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      portIsExplicit: false,
      databaseUrl: null,
      secret: null,
      oidc: null,
    })
  })

  test('指明的端口与缺省的端口分得清，0 表示任选', () => {
    expect(readEnv('demo', { PORT: '8080' })).toMatchObject({ port: 8080, portIsExplicit: true })
    expect(readEnv('demo', { PORT: '0' }).port).toBe(0)
  })

  test('生产模式没有数据库、密钥、对外网址与网站主办单位即拒绝，一次列全', () => {
    const found = problems('serve', {})
    expect(found).toHaveLength(4)
    expect(found[3]).toMatch(/^DIANZHANG_SITE：没有设置。.*host 主办单位、operator 承办单位.*correction 找错网址/)
    expect(found[0]).toContain('DATABASE_URL')
    expect(found[1]).toContain('DIANZHANG_SECRET')
    expect(found[2]).toContain('DIANZHANG_PUBLIC_URL')
  })

  test('每项错误各占一条，用中文说明', () => {
    const found = problems('serve', {
      DATABASE_URL: 'mysql://x',
      DIANZHANG_SECRET: 'short',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      TRUSTED_PROXIES: 'loopback, not-an-address',
      DIANZHANG_DEMO_NOW: '2026-03-02T09:00:00+08:00',
      OIDC_CLIENT_ID: 'x',
    })
    for (const name of [
      'DATABASE_URL',
      'DIANZHANG_SECRET',
      'PORT',
      'LOG_LEVEL',
      'TRUSTED_PROXIES',
      'DIANZHANG_DEMO_NOW',
      'OIDC_DISCOVERY_URL',
      'OIDC_CLIENT_SECRET',
      'DIANZHANG_PUBLIC_URL',
    ]) {
      expect(
        found.filter((line) => line.startsWith(`${name}：`)),
        name,
      ).toHaveLength(1)
    }
    for (const line of found) expect(line).toMatch(/[\u4e00-\u9fff]/)
    expect(problems('demo', { PORT: 'abc' })).toHaveLength(1)
    expect(problems('demo', { DIANZHANG_DEMO_NOW: '9999-12-31T00:00:00Z' })).toEqual([expect.stringContaining('最远')])
  })

  test('网站的主办单位：JSON 本身或者文件都可以；缺哪项、哪项写错，说哪项', () => {
    expect(readEnv('serve', serve).site).toEqual(site)
    const file = join(mkdtempSync(join(tmpdir(), 'site-')), 'site.json')
    writeFileSync(file, JSON.stringify({ ...site, police: '宁公网安备00000000000000号' }))
    expect(readEnv('serve', { ...serve, DIANZHANG_SITE: file }).site?.police).toBe('宁公网安备00000000000000号')
    const said = (given: string) => problems('serve', { ...serve, DIANZHANG_SITE: given })
    const { correction: _, phone: __, ...without } = site
    expect(said(JSON.stringify(without))).toEqual([
      expect.stringMatching(/phone（联系电话）没有填写；correction（找错网址）没有填写/),
    ])
    expect(said(JSON.stringify({ ...site, siteCode: '12' }))).toEqual([
      expect.stringContaining('网站标识码）应为十位数字'),
    ])
    expect(said(JSON.stringify({ ...site, owner: '某' }))).toEqual([expect.stringContaining('没有这些项目：owner')])
    expect(said('{ 不是')).toEqual([expect.stringContaining('不是 JSON')])
    expect(said('/没有这个文件.json')).toEqual([expect.stringContaining('读不到文件')])
    expect(readEnv('demo', {}).site).toBeNull()
  })

  test.each(['10.0.0.0/99', '::::', '10.0.0', '::1/129', '1.2.3.4/'])('不是地址也不是网段的代理 %s 被指出', (entry) => {
    expect(problems('serve', { ...serve, TRUSTED_PROXIES: entry })).toEqual([expect.stringContaining(entry)])
  })

  test('同一端口上几个进程：缺省一个，演示只有一个，写错的指出', () => {
    expect(readEnv('serve', serve).processes).toBe(1)
    expect(readEnv('serve', { ...serve, DIANZHANG_PROCESSES: '4' }).processes).toBe(4)
    for (const wrong of ['0', '65', '两个', '1.5', '-1'])
      expect(problems('serve', { ...serve, DIANZHANG_PROCESSES: wrong })).toEqual([
        expect.stringContaining('DIANZHANG_PROCESSES'),
      ])
    expect(problems('demo', { DIANZHANG_PROCESSES: '2' })).toEqual([expect.stringContaining('演示只有一个进程')])
  })

  test('密钥不出现在错误里', () => {
    expect(JSON.stringify(problems('serve', { ...serve, DIANZHANG_SECRET: 'leaky-secret' }))).not.toContain('leaky')
  })

  test('单点登录按配置启用', () => {
    const env = readEnv('serve', {
      ...serve,
      DIANZHANG_PUBLIC_URL: 'https://gf.example.gov.cn',
      OIDC_DISCOVERY_URL: 'https://id.example.gov.cn/.well-known/openid-configuration',
      OIDC_CLIENT_ID: 'dianzhang',
      OIDC_CLIENT_SECRET: 's',
    })
    expect(env.oidc).toMatchObject({ providerId: 'oidc', scopes: ['openid', 'profile', 'email'] })
  })
})
