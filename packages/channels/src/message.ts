// What a channel is given and what it answers. The business declares the same shapes for itself; this package knows only
// how to send.
export interface Message {
  id: string
  address: string
  title: string
  lines: readonly string[]
  link: string | null
  unsubscribe?: { page: string; post: string }
  at: Date
  signed?: { body: string; secrets: readonly Uint8Array[] }
}
export interface Outcome {
  kind: 'sent' | 'later' | 'never' | 'gone'
  why?: string
}
export interface SendingChannel {
  label: string
  addressLabel: string
  personal: boolean
  send(message: Message): Promise<Outcome>
}
/** What a code of Node, of the mail library or of SMTP means, in words for whoever can mend it. */
const meanings: ReadonlyArray<readonly [RegExp, string]> = [
  [/^ECONNREFUSED$/, '连不上：对方没有开着，或者端口不对'],
  [/^(ENOTFOUND|EAI_AGAIN|EDNS)$/, '找不到这个主机，请核对地址'],
  [/^(ETIMEDOUT|ECONNECTION|ESOCKETTIMEDOUT)$/, '对方没有及时答复'],
  [/^(ECONNRESET|EPIPE)$/, '连接被对方断开'],
  [/^(ETLS|CERT_|DEPTH_ZERO|UNABLE_TO|ERR_TLS|SELF_SIGNED)/, '对方的证书不能核实'],
  [/^EAUTH$/, '邮件服务器不认配置的账号或者口令'],
  [/^5\d\d$/, '对方的邮件服务器不收，地址也许不对'],
  [/^4\d\d$/, '对方的邮件服务器暂时不收'],
]
/** A reason fit to be shown, in plain words and then as it was told; short, without what a library writes around it. */
export const whyOf = (error: unknown): string => {
  const said = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 300)
  const { code, responseCode, response } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown
    responseCode?: unknown
    response?: unknown
  }
  const meant = [code, responseCode].flatMap((told) =>
    told === undefined ? [] : meanings.flatMap(([pattern, words]) => (pattern.test(String(told)) ? [words] : [])),
  )[0]
  return meant === undefined ? said : `${meant}（${typeof response === 'string' ? response.slice(0, 200) : said}）`
}
