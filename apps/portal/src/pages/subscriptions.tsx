// Subscriptions: the feed first, which needs no address; then letters, asked for, confirmed and ended by buttons.
import { type SubscriptionKind, subscriptionKinds } from '@dianzhang/contract'
import type { Page } from '../page.ts'
import { Faults, FieldError, type FieldFault, tied } from './parts.tsx'

export interface SubscriptionForm {
  kind: SubscriptionKind
  about: string
  rhythm: 'immediate' | 'weekly'
  address: string
}
export const subscribeHref = (kind: SubscriptionKind, about: string): string =>
  `/subscriptions?${new URLSearchParams({ kind, about })}`

/** The feed that tells the same without an address; null: there is none. */
function feedFor({ kind, about }: SubscriptionForm): { href: string; label: string } | null {
  switch (kind) {
    case 'consultations':
      return { href: '/feeds/consultations.atom', label: '公开征求意见的订阅源' }
    case 'query':
      return { href: `/feeds/changes.atom${about ? `?${about}` : ''}`, label: '这次检索的订阅源' }
    case 'issuer':
      return { href: `/feeds/changes.atom?${new URLSearchParams({ issuer: about })}`, label: '这个机关的订阅源' }
    case 'receipt':
      return null
    default:
      return { href: '/feeds/changes.atom', label: '文件变动的订阅源' }
  }
}
const aboutLabels: Record<SubscriptionKind, string> = {
  document: '文件的标识（文件页网址的最后一段）',
  issuer: '制定机关的全称',
  subject: '主题',
  act: '上位法的名称',
  query: '检索条件',
  consultations: '',
  receipt: '回执号',
}

function About({ form, faults }: { form: SubscriptionForm; faults: readonly FieldFault[] }) {
  return (
    <>
      <FieldError form="subscription" field="about" faults={faults} />
      <input
        id="subscription-about"
        name="about"
        maxlength={500}
        value={form.about}
        {...tied('subscription', faults, 'about')}
      />
    </>
  )
}

export function subscribePage(form: SubscriptionForm, mail: boolean, faults: readonly FieldFault[] = []): Page {
  const feed = feedFor(form)
  const fixed = form.kind === 'query'
  return {
    title: `${faults.length > 0 ? '未能提交：' : ''}订阅`,
    status: faults.length > 0 ? 422 : 200,
    private: true,
    crumbs: [{ label: '订阅' }],
    body: (
      <>
        <h1>订阅</h1>
        {feed ? (
          <section aria-labelledby="by-feed">
            <h2 id="by-feed">订阅源：不需要留下任何个人信息</h2>
            <p>
              把这个地址放进阅读程序，有新的内容它自己会取：<a href={feed.href}>{feed.label}</a>。日程可以订阅
              <a href="/calendar.ics">公众日历</a>（征求意见截止、施行、有效期届满）。
            </p>
          </section>
        ) : null}
        <section aria-labelledby="by-mail">
          <h2 id="by-mail">电子邮件</h2>
          <Faults form="subscription" faults={faults} />
          {mail ? (
            <form method="post" action="/subscriptions" accept-charset="utf-8" class="comment">
              <div class="field">
                <label for="subscription-kind">订阅什么</label>
                <select id="subscription-kind" name="kind">
                  {Object.entries(subscriptionKinds).map(([kind, label]) => (
                    <option value={kind} selected={kind === form.kind}>
                      {label}
                    </option>
                  ))}
                </select>
              </div>
              {form.kind === 'consultations' && form.about === '' ? (
                <div class="field">
                  <label for="subscription-about">哪一件、哪个机关、什么主题（公开征求意见不填）</label>
                  <About form={form} faults={faults} />
                </div>
              ) : fixed ? (
                <input type="hidden" name="about" value={form.about} />
              ) : (
                <div class="field">
                  <label for="subscription-about">{aboutLabels[form.kind]}</label>
                  <About form={form} faults={faults} />
                </div>
              )}
              <div class="field">
                <label for="subscription-rhythm">多久一封</label>
                <select id="subscription-rhythm" name="rhythm">
                  <option value="immediate" selected={form.rhythm === 'immediate'}>
                    有新的就寄
                  </option>
                  <option value="weekly" selected={form.rhythm === 'weekly'}>
                    每周一封
                  </option>
                </select>
              </div>
              <div class="field">
                <label for="subscription-address">电子邮箱</label>
                <p class="hint" id="address-hint">
                  只用来寄送所订阅的，不公开，不作他用；退订即删除。先寄一封确认信，确认以后才算。
                </p>
                <FieldError form="subscription" field="address" faults={faults} />
                <input
                  id="subscription-address"
                  name="address"
                  type="email"
                  required
                  maxlength={254}
                  autocomplete="email"
                  value={form.address}
                  {...tied('subscription', faults, 'address', 'address-hint')}
                />
              </div>
              <button type="submit">寄确认信</button>
            </form>
          ) : (
            <p>本站没有开通电子邮件，请用上面的订阅源。</p>
          )}
        </section>
      </>
    ),
  }
}
/** The same whether the address is known or not. */
export const askedPage = (): Page => ({
  title: '请查收确认信',
  private: true,
  crumbs: [{ label: '订阅', href: '/subscriptions' }, { label: '请查收确认信' }],
  body: (
    <>
      <h1>请查收确认信</h1>
      <p>地址没有写错的，几分钟以内会收到一封确认信；打开信中的网页，按“确认订阅”，订阅才算数。</p>
      <p>两日以内没有确认的，地址即删除。已经订阅过同样内容的，不另寄。</p>
    </>
  ),
})
const gone: Page = {
  title: '没有这项订阅',
  status: 404,
  private: true,
  crumbs: [{ label: '订阅', href: '/subscriptions' }, { label: '没有这项订阅' }],
  body: (
    <>
      <h1>没有这项订阅</h1>
      <p>它已经退订、过期，或者网址不完整。地址已经删除，不会再寄。</p>
      <p>
        <a href="/subscriptions">重新订阅</a>
      </p>
    </>
  ),
}
export const gonePage = (): Page => gone

export interface SubscriptionShown {
  id: string
  token: string
  title: string
  address: string
  state: string
  rhythm: string
}
/** “c…n@example.com”: enough to know it again. */
const masked = (address: string): string => address.replace(/^(.)[^@]*?(.?)@/, '$1…$2@')

/** What the letter leads to: nothing happens until the button is pressed. */
export function subscriptionPage(shown: SubscriptionShown): Page {
  const waiting = shown.state === 'pending'
  return {
    title: waiting ? '确认订阅' : '已经订阅',
    private: true,
    crumbs: [{ label: '订阅', href: '/subscriptions' }, { label: waiting ? '确认订阅' : '已经订阅' }],
    body: (
      <>
        <h1>{waiting ? '确认订阅' : '已经订阅'}</h1>
        <p>
          {shown.title}，寄到 {masked(shown.address)}，{shown.rhythm === 'weekly' ? '每周一封' : '有新的就寄'}。
        </p>
        {waiting ? (
          <form method="post" action={`/subscriptions/${shown.id}/confirm`}>
            <input type="hidden" name="token" value={shown.token} />
            <button type="submit">确认订阅</button>
          </form>
        ) : (
          <p>
            {shown.state === 'suspended'
              ? '寄不到这个地址，已经停寄；请退订后用别的地址重新订阅。'
              : '每封信的末尾都可以退订。'}
          </p>
        )}
        <form method="post" action={`/subscriptions/${shown.id}/end`}>
          <input type="hidden" name="token" value={shown.token} />
          <button type="submit" class="plain">
            {waiting ? '不是我订阅的，删除这个地址' : '退订'}
          </button>
        </form>
      </>
    ),
  }
}
/** The page at the foot of every letter. */
export function endPage(shown: SubscriptionShown): Page {
  return {
    title: '退订',
    private: true,
    crumbs: [{ label: '订阅', href: '/subscriptions' }, { label: '退订' }],
    body: (
      <>
        <h1>退订</h1>
        <p>
          {shown.title}，寄到 {masked(shown.address)}。
        </p>
        <form method="post" action={`/subscriptions/${shown.id}/end`}>
          <input type="hidden" name="token" value={shown.token} />
          <button type="submit">退订并删除地址</button>
        </form>
      </>
    ),
  }
}
export const endedPage = (): Page => ({
  title: '已经退订',
  private: true,
  crumbs: [{ label: '订阅', href: '/subscriptions' }, { label: '已经退订' }],
  body: (
    <>
      <h1>已经退订</h1>
      <p>地址已经删除，不会再寄。</p>
    </>
  ),
})
