// 实时通知：他人办理之后数秒内得知，谁正在编辑也得知，哪个进程答复都一样；看不到的案卷不能订阅。

import { randomUUID } from 'node:crypto'
import { noClassification } from '@dianzhang/contract'
import { createApp } from '@dianzhang/server'
import { createOffice } from '@dianzhang/workflow'
import { afterAll, expect, it } from 'vitest'
import { httpOffice, jurisdiction } from '../support/http.ts'

it('订阅一件案卷，他人办理后得到新的版本；没有案卷答复 404', async () => {
  const t = await httpOffice()
  const drafter = await t.signIn('drafter')
  const proposed = (await (
    await drafter.post('/api/documents', {
      commandId: randomUUID(),
      title: '通知试验',
      jurisdiction,
      issuers: ['gov'],
      tier: 'government',
      necessity: '试验',
      classification: { ...noClassification, affectsRights: true },
    })
  ).json()) as { id: string }
  expect((await drafter.get('/api/events?document=nothing')).status).toBe(404)
  const stream = await drafter.get(`/api/events?document=${proposed.id}`)
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) throw new Error('没有事件流')
  let text = ''
  // 一条通知以空行结束，可以分几段到。
  const until = async (whole: RegExp) => {
    while (!whole.test(text)) {
      const { done, value = '' } = await reader.read()
      if (done) throw new Error(`事件流结束了：${text}`)
      text += value
    }
  }
  await until(/event: ready[\s\S]*?\n\n/)
  const answer = await drafter.post(`/api/documents/${proposed.id}/commands`, {
    type: 'SaveDraft',
    commandId: randomUUID(),
    expectedVersion: 1,
    body: '一、试验。',
  })
  expect(answer.status).toBe(200)
  await until(/event: changed[\s\S]*?\n\n/)
  expect(text).toContain(`"id":"${proposed.id}","version":2`)
  await reader.cancel()
})

it('登出、停用、任职不再可见之后，通知随即结束；每个账号的路数有限', async () => {
  const t = await httpOffice()
  const { sql } = t.database.connect()
  const drafter = await t.signIn('drafter')
  const { id } = (await (
    await drafter.post('/api/documents', {
      commandId: randomUUID(),
      title: '通知试验之二',
      jurisdiction,
      issuers: ['gov'],
      tier: 'government',
      necessity: '试验',
      classification: { ...noClassification, affectsRights: true },
    })
  ).json()) as { id: string }
  /** 打开一路，等到开始；返回“等到它自己结束”。 */
  const listen = async (client: typeof drafter, path: string) => {
    const reader = (await client.get(path)).body?.pipeThrough(new TextDecoderStream()).getReader()
    if (!reader) throw new Error('没有事件流')
    await reader.read()
    return async () => {
      let heard = ''
      for (;;) {
        const { done, value = '' } = await reader.read()
        if (done) return heard
        heard += value
      }
    }
  }
  const path = `/api/events?document=${id}`
  const [leaving, disabled, moved] = [await t.signIn('drafter'), await t.signIn('head'), await t.signIn('drafter')]
  const ends = [await listen(leaving, path), await listen(disabled, path)]
  expect((await leaving.post('/api/auth/sign-out', {})).ok).toBe(true)
  await sql`update people set active = false where id = 'head'`
  // 会话结束之后办理的，两路都听不到。
  const save = (expectedVersion: number) =>
    drafter.post(`/api/documents/${id}/commands`, {
      type: 'SaveDraft',
      commandId: randomUUID(),
      expectedVersion,
      body: `第${expectedVersion}稿。`,
    })
  expect((await save(1)).status).toBe(200)
  for (const end of ends) expect(await end()).not.toContain('changed')
  // 任职换到别的单位：看不到的案卷不再通知。
  const end = await listen(moved, path)
  await sql`update people set unit_id = 'justice' where id = 'drafter'`
  await sql`update person_roles set unit_id = 'justice' where person_id = 'drafter'`
  await sql`update matters set updated_at = now() + interval '1 day' where id = ${id}`
  expect(await end()).not.toContain('changed')
  const reviewer = await t.signIn('reviewer')
  const many = await Promise.all(Array.from({ length: 12 }, () => reviewer.get('/api/events')))
  expect(many.filter((answer) => answer.status === 429).length).toBe(2)
  await Promise.all(many.map((answer) => answer.body?.cancel()))
})

it('两个进程、一个数据库：一处打开正文，另一处随即知道；走了、断了的不再列着', async () => {
  const t = await httpOffice()
  const { db } = t.office
  const second = await createOffice({
    db,
    readDb: db,
    clock: t.office.clock,
    log: t.log,
    meters: t.ctx.metrics.meters,
    mode: 'test',
  })
  afterAll(() => second.close())
  const other = createApp({ ...t.ctx, office: second })
  const drafter = await t.signIn('drafter')
  const head = await t.signIn('head')
  const { id } = (await (
    await drafter.post('/api/documents', {
      commandId: randomUUID(),
      title: '两处同时打开',
      jurisdiction,
      issuers: ['gov'],
      tier: 'government',
      necessity: '试验',
      classification: { ...noClassification, affectsRights: true },
    })
  ).json()) as { id: string }
  const watching = await other.request(`/api/events?document=${id}`, { headers: { cookie: head.cookie } })
  const reader = watching.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) throw new Error('没有事件流')
  let text = ''
  /** 等到最后听到的正在编辑的人恰是这些。 */
  const present = async (...names: string[]) => {
    const wanted = `data: ${JSON.stringify({ editing: names })}\n\n`
    while (!text.endsWith(wanted)) {
      const { done, value = '' } = await reader.read()
      if (done) throw new Error(`事件流结束了：${text}`)
      text += value
    }
  }
  const editing = await drafter.get(`/api/events?document=${id}&editing=true`)
  await present('drafter（测试）')
  // 没有一声就断了的进程：几秒以前还说在的算在，过了十五秒的不算。
  const { sql } = t.database.connect()
  await sql`insert into editing (jurisdiction_id, id, document_id, process, person, name, seen_at)
    values (${jurisdiction}, 'gone', ${id}, 'gone', 'x', '断了的', now() + interval '10 minutes')`
  await present('drafter（测试）', '断了的')
  await sql`update editing set seen_at = now() - interval '16 seconds' where id = 'gone'`
  await present('drafter（测试）')
  await editing.body?.cancel()
  await present()
  expect(await sql`select 1 from editing where process <> 'gone'`).toHaveLength(0)
  await reader.cancel()
})
