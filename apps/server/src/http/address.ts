// Client address: taken from the socket; X-Forwarded-For is read only when the socket address belongs to a trusted
// proxy.
import { BlockList, isIP } from 'node:net'
import type { Context } from 'hono'
import type { AppEnv } from './types.ts'

/** Reads `TRUSTED_PROXIES` entries: addresses, ranges (`10.0.0.0/8`), `loopback`. */
export function proxyList(entries: readonly string[]): BlockList {
  const list = new BlockList()
  for (const entry of entries) {
    if (entry === 'loopback') {
      list.addSubnet('127.0.0.0', 8, 'ipv4')
      list.addAddress('::1', 'ipv6')
      continue
    }
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')
const isListed = (list: BlockList, address: string): boolean => {
  const family = isIP(address)
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/**
 * The address to hold responsible: the socket's, or, behind trusted proxies, the right-most forwarded address that is
 * not itself such a proxy (everything to its left was written by the client). `local` without a socket (tests).
 */
export function clientAddress(c: Context<AppEnv>, trusted: BlockList): string {
  const socket = plain(c.env?.incoming?.socket?.remoteAddress ?? '')
  if (socket === '') return 'local'
  if (!isListed(trusted, socket)) return socket
  const chain = (c.req.header('x-forwarded-for') ?? '').split(',').map((entry) => plain(entry.trim()))
  for (const address of chain.reverse()) {
    if (isIP(address) === 0) break
    if (!isListed(trusted, address)) return address
  }
  return socket
}

/** True when the request came through a trusted proxy, whose `X-Forwarded-*` may then be read. */
export function viaTrustedProxy(c: Context<AppEnv>, trusted: BlockList): boolean {
  return isListed(trusted, plain(c.env?.incoming?.socket?.remoteAddress ?? ''))
}

/** One household or office has a /64 of IPv6 to choose from, so that is what a limit counts. */
export function limitKey(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail = ''] = address.split('::')
  const left = head.split(':').filter((group) => group !== '')
  const right = tail.split(':').filter((group) => group !== '')
  const zeros = address.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : []
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`
}
