// Letters by SMTP: plain text, no picture that tells it was opened, one stable Message-ID, and for subscribers the headers
// of one-click unsubscription (RFC 8058).
import { createTransport } from 'nodemailer'
import { type Message, type Outcome, type SendingChannel, whyOf } from './message.ts'

export interface MailSettings {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  url: string
  /** `典章 <notice@example.gov.cn>`. */
  from: string
}
/** Refused for good: the mailbox does not exist or takes nothing from here. 4xx and no answer are tried again. */
const forGood = (error: unknown): boolean => {
  const { responseCode, code } = error as { responseCode?: number; code?: string }
  return (
    (responseCode !== undefined && responseCode >= 500 && responseCode < 600 && code !== 'EAUTH') ||
    (code === 'EENVELOPE' && responseCode === undefined)
  )
}
export function mailChannel({ url, from }: MailSettings): SendingChannel & { close(): void } {
  const transport = createTransport(url, {
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  } as never)
  const domain = /@([^>\s]+)>?$/.exec(from)?.[1] ?? 'dianzhang.invalid'
  return {
    label: '电子邮件',
    addressLabel: '电子邮箱',
    personal: true,
    async send({ id, address, title, lines, link, unsubscribe, at }: Message): Promise<Outcome> {
      const text = [
        ...lines,
        ...(link ? ['', link] : []),
        ...(unsubscribe ? ['', '——', `不想再收到：${unsubscribe.page}`] : []),
        '',
      ].join('\n')
      try {
        await transport.sendMail({
          from,
          // As an object, so that an address cannot smuggle a second one.
          to: { name: '', address },
          subject: title.replace(/[\r\n]+/g, ' '),
          text,
          date: at,
          messageId: `<${id}@${domain}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            ...(unsubscribe
              ? { 'List-Unsubscribe': `<${unsubscribe.post}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
              : {}),
          },
        })
        return { kind: 'sent' }
      } catch (error) {
        return { kind: forGood(error) ? 'never' : 'later', why: whyOf(error) }
      }
    },
    close: () => transport.close(),
  }
}
