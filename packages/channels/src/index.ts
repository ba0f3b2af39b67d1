// Ways to tell outside: mail, webhooks, gateways by configuration. Knows no business and no database.
export { type Allowed, refusedUrl } from './addresses.ts'
export { configuredChannels, previewChannels } from './configured.ts'
export { type MailSettings, mailChannel } from './mail.ts'
export type { Message, Outcome, SendingChannel } from './message.ts'
export { keyFrom, publicKeyShown, webhookChannel } from './webhook.ts'
