// Where may be connected to: never into the office's own network, unless the configuration allows it by name. The name is
// resolved first and the connection goes to what was resolved, so that a name that changes in between gains nothing.
import { lookup } from 'node:dns/promises'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const inner = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inner.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  // Of the addresses that are assigned to anybody; the rest is none to send to (`assigned`).
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inner.addSubnet(net, bits, 'ipv6')
/** Global addresses are given out of this one block alone: local, translated and IPv4-compatible ones stand outside it. */
const assigned = new BlockList()
assigned.addSubnet('2000::', 3, 'ipv6')
const mapped = new BlockList()
mapped.addSubnet('::ffff:0:0', 96, 'ipv6')

/** Whether an address belongs to a private, local or reserved network; IPv4 written inside IPv6 counts as IPv4. */
function isInner(address: string): boolean {
  const version = isIP(address)
  if (version === 0) return true
  if (version === 4) return inner.check(address, 'ipv4')
  if (mapped.check(address, 'ipv6')) return !isPublicMapped(address)
  return !assigned.check(address, 'ipv6') || inner.check(address, 'ipv6')
}
function isPublicMapped(address: string): boolean {
  const dotted = /(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1]
  if (dotted) return !inner.check(dotted, 'ipv4')
  const [high = '', low = ''] = address.split(':').slice(-2)
  const n = Number.parseInt(high, 16) * 65536 + Number.parseInt(low, 16)
  const text = [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.')
  return isIP(text) === 4 && !inner.check(text, 'ipv4')
}

/** Hosts that may be connected to although they stand inside: `host` or `host:port`, as the configuration lists them. */
export type Allowed = ReadonlySet<string>
// A name with a dot at its end is the same name.
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase()
const allows = (allowed: Allowed, url: URL): boolean =>
  allowed.has(hostOf(url)) || allowed.has(`${hostOf(url)}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`)

/** Why a URL is none to send to, as far as it can be told without asking for the name; null where it may be. */
export function refusedUrl(text: string, allowed: Allowed): string | null {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return '应为 https 网址'
  if (url.username || url.password) return '网址中不得带有用户名、口令'
  if (url.hash) return '网址中不得带有 # 以后的部分'
  if (allows(allowed, url)) return null
  if (url.protocol !== 'https:') return '应为 https 网址'
  const host = hostOf(url)
  if (
    isIP(host) !== 0
      ? isInner(host)
      : /(^|\.)(localhost|local|internal|lan|home|home\.arpa|corp|private|intranet)$/.test(host) || !host.includes('.')
  )
    return '不得推送到本单位内部网络的地址；确需推送的，由系统维护人员在 DIANZHANG_WEBHOOK_ALLOW 中列出'
  return null
}
/** Resolves a name and refuses it when any of its addresses stands inside. For the `lookup` of a request. */
export function guardedLookup(url: URL, allowed: Allowed, resolve = lookup): LookupFunction {
  return (hostname, options, callback) => {
    const fail = (error: Error) => callback(error, '', 4)
    resolve(hostname, { all: true }).then(
      (found) => {
        if (!allows(allowed, url) && found.some(({ address }) => isInner(address)))
          return fail(new Error(`${hostname} 指向内部网络的地址，不得推送`))
        const [first] = found
        if (!first) return fail(new Error(`没有找到 ${hostname} 的地址`))
        if (typeof options === 'object' && options.all) return callback(null, found as never)
        callback(null, first.address, first.family)
      },
      (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))),
    )
  }
}
