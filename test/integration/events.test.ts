// 实时通知：他人办理之后数秒内得知；看不到的案卷不能订阅。

import { randomUUID } from 'node:crypto'
import { noClassification } from '@dianzhang/contract'
import { expect, it } from 'vitest'
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
