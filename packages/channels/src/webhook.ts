// Standard Webhooks 1.0.0: `webhook-id`, `webhook-timestamp`, `webhook-signature` over “id.timestamp.body”; Ed25519 (v1a)
// first, then HMAC (v1) with every secret that counts.
import { createHmac, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { Allowed, guardedLookup } from './addresses.ts'
import { type Message, type Outcome, type SendingChannel, whyOf } from './message.ts'
import { ask } from './request.ts'

/** An Ed25519 key from 32 bytes. */
export const keyFrom = (seed: Uint8Array): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  })
/** The public key as receivers enter it: `whpk_` and base 64. */
export const publicKeyShown = (key: KeyObject): string =>
  `whpk_${createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')}`

/** The three headers of one attempt. */
function signedHeaders(
  message: { id: string; at: Date; body: string },
  keys: { secrets: readonly Uint8Array[]; key: KeyObject | null },
): Record<string, string> {
  const timestamp = String(Math.floor(message.at.getTime() / 1000))
  const content = `${message.id}.${timestamp}.${message.body}`
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': [
      ...(keys.key ? [`v1a,${sign(null, Buffer.from(content), keys.key).toString('base64')}`] : []),
      ...keys.secrets.map((secret) => `v1,${createHmac('sha256', secret).update(content).digest('base64')}`),
    ].join(' '),
  }
}
/** Pushes; 2xx is received, 410 means the receiver wants no more, everything else (redirects too) is tried again. */
export function webhookChannel(options: {
  key: KeyObject | null
  allowed: Allowed
  timeoutMs?: number
  resolve?: Parameters<typeof guardedLookup>[2]
}): SendingChannel {
  return {
    label: '推送',
    addressLabel: '网址',
    personal: false,
    async send({ id, address, at, signed }: Message): Promise<Outcome> {
      if (!signed) return { kind: 'never', why: '没有可以推送的内容' }
      try {
        const { status } = await ask({
          method: 'POST',
          url: address,
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'user-agent': 'dianzhang-webhooks/1',
            ...signedHeaders({ id, at, body: signed.body }, { secrets: signed.secrets, key: options.key }),
          },
          body: signed.body,
          allowed: options.allowed,
          timeoutMs: options.timeoutMs ?? 15_000,
          ...(options.resolve ? { resolve: options.resolve } : {}),
        })
        if (status >= 200 && status < 300) return { kind: 'sent' }
        if (status === 410) return { kind: 'gone', why: '接收方答复 410：不再接收' }
        return { kind: 'later', why: `接收方答复 ${status}` }
      } catch (error) {
        return { kind: 'later', why: whyOf(error) }
      }
    },
  }
}
