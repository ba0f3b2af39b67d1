import type { Context } from 'hono'
import { expect, test } from 'vitest'
import { clientAddress, limitKey, proxyList } from './address.ts'
import type { AppEnv } from './types.ts'

/** Only what the function reads of a request. */
const request = (socket: string | undefined, forwarded?: string) =>
  ({
    env: socket === undefined ? {} : { incoming: { socket: { remoteAddress: socket } } },
    req: { header: (name: string) => (name === 'x-forwarded-for' ? forwarded : undefined) },
  }) as unknown as Context<AppEnv>

test('没有受信代理时，客户端自写的转发地址不起作用', () => {
  expect(clientAddress(request('203.0.113.9', '10.0.0.1'), proxyList([]))).toBe('203.0.113.9')
  expect(clientAddress(request('203.0.113.9', '10.0.0.1'), proxyList(['loopback']))).toBe('203.0.113.9')
})

test('经受信代理时，取最右一个不是代理的地址，左边的是客户端自己写的', () => {
  const trusted = proxyList(['loopback', '10.0.0.0/8', 'fd00::/8'])
  expect(clientAddress(request('127.0.0.1', '1.1.1.1, 198.51.100.7, 10.2.3.4'), trusted)).toBe('198.51.100.7')
  expect(clientAddress(request('::ffff:10.0.0.2', '198.51.100.7'), trusted)).toBe('198.51.100.7')
  expect(clientAddress(request('fd00::1', '2001:db8::5'), trusted)).toBe('2001:db8::5')
  expect(clientAddress(request('127.0.0.1', 'garbage'), trusted)).toBe('127.0.0.1')
  expect(clientAddress(request('127.0.0.1'), trusted)).toBe('127.0.0.1')
})

test('没有套接字时是 local', () => {
  expect(clientAddress(request(undefined, '1.1.1.1'), proxyList(['loopback']))).toBe('local')
})

test('IPv6 以 /64 计，IPv4 以单个地址计', () => {
  expect(limitKey('198.51.100.7')).toBe('198.51.100.7')
  expect(limitKey('2001:db8:1:2:3:4:5:6')).toBe(limitKey('2001:db8:1:2:ffff::1'))
  expect(limitKey('2001:db8::1')).toBe(limitKey('2001:db8:0:0:9::1'))
  expect(limitKey('2001:db8:1:2::1')).not.toBe(limitKey('2001:db8:1:3::1'))
})
