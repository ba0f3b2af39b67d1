// The ways outside, put together from the configuration: mail, webhooks, channels of a file. Nothing secret comes from the
// database or goes into it.
import { hkdfSync, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  configuredChannels,
  keyFrom,
  mailChannel,
  publicKeyShown,
  refusedUrl,
  webhookChannel,
} from '@dianzhang/channels'
import type { Channel, Office, Outward } from '@dianzhang/workflow'
import type { Env } from './env.ts'

const derived = (secret: string, label: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', `dianzhang ${label}`, 32))
const signing = 'webhook signature'
/** The key with which webhooks are signed (v1a); follows from the service's secret. */
const webhookKey = (secret: string): KeyObject => keyFrom(derived(secret, signing))
/** As receivers enter it; empty where nothing goes outside. */
export const webhookPublicKey = ({ outward }: Pick<Office, 'outward'>): string =>
  outward ? publicKeyShown(keyFrom(outward.secret(signing))) : ''

/** Deriving takes a tenth of a millisecond, and every form of a page has a token; the labels of webhooks may be many. */
const mostSecrets = 1_000

/** Throws (`ChannelsError`, the error of the file) when the file of channels cannot be used. */
export function outwardOf(
  env: Pick<Env, 'publicUrl' | 'host' | 'port' | 'mail' | 'channelsFile' | 'webhookAllow'>,
  secret: string,
  source: Record<string, string | undefined> = process.env,
): Outward & { close(): void } {
  const allowed = new Set(env.webhookAllow)
  const mail = env.mail ? mailChannel(env.mail) : null
  const channels = new Map<string, Channel>()
  if (mail) channels.set('mail', mail)
  channels.set('webhook', webhookChannel({ key: webhookKey(secret), allowed }))
  if (env.channelsFile !== null)
    for (const [name, channel] of configuredChannels(readFileSync(env.channelsFile, 'utf8'), source))
      channels.set(name, channel)
  const secrets = new Map<string, Uint8Array>()
  return {
    origin: (env.publicUrl ?? `http://${env.host}:${env.port}`).replace(/\/+$/, ''),
    channels,
    secret: (label) => {
      const known = secrets.get(label)
      if (known !== undefined) return known
      const made = derived(secret, label)
      if (secrets.size < mostSecrets) secrets.set(label, made)
      return made
    },
    refuses: (url) => refusedUrl(url, allowed),
    close: () => mail?.close(),
  }
}
