// 报名人留的联系方式怎样认作同一个：全角半角、空格与连字符、区号的写法、+86 都不论。

/** 一件报名里认得出的联系方式，写法归一；一个也认不出的，以姓名连同所写的文字为准。 */
export function contactKeys(name: string, contact: string): string[] {
  const plain = (text: string): string =>
    text
      .normalize('NFKC')
      .replace(/[\p{Cf}\p{Cc}]/gu, '')
      .toLowerCase()
  const written = plain(contact)
  const mails = written.match(mail) ?? []
  // 两个号码之间隔着文字或者标点；号码之内只有空格、连字符、点、括号。
  const phones = written
    .replace(mail, '；')
    // 总机与分机合起来才是一个人的。
    .replace(/(\d)\)?\s*(?:转|分机|ext\.?|#)\s*(\d{1,6})(?!\d)/g, '$1#$2')
    .split(/[^\d\s()#.+\-‐-―−]+/u)
    .flatMap((part) => numbersIn(part))
  const found = [...mails.map((each) => `mail:${each}`), ...phones.map((each) => `tel:${each}`)]
  const squeezed = (text: string): string => plain(text).replace(/[\s\p{P}]/gu, '')
  return [...new Set(found.length > 0 ? found : [`text:${squeezed(name)}|${squeezed(contact)}`])].toSorted()
}
const mail = /[^\s@<>"',;:\\()[\]，；、。：（）]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?\.[a-z]{2,}/g

/** 手机号写得怎样分段都认；连写的两个手机号认作两个；其余满七位数字的是固定电话。 */
function numbersIn(written: string): string[] {
  const [part = '', extension] = written.split('#')
  const digits = part.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}|[1-9]\d{8,10}$)/, '')
  const mobiles = digits.match(/^(?:(?:0|86)?1[3-9]\d{9})+$/) ? (digits.match(/1[3-9]\d{9}/g) ?? []) : []
  if (mobiles.length > 0) return mobiles
  if (digits.length < 7) return []
  // +86 之后的区号没有前面的 0。
  const number = /^\s*(?:\+|00)\s*86/.test(part) && !digits.startsWith('0') ? `0${digits}` : digits
  return [extension === undefined ? number : `${number}#${extension}`]
}
/** 信寄到哪里；没有留电子邮箱的为 null。 */
export const mailIn = (contact: string): string | null =>
  contact.normalize('NFKC').toLowerCase().match(mail)?.[0] ?? null
