// Ports: when the demo's default port is taken the next one is used; a port given explicitly is not changed.
import { createServer, type Server } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { afterEach, expect, test } from 'vitest'
import { listen, StartError } from './main.ts'

const open: Array<{ close(done: () => void): unknown }> = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => new Promise<void>((done) => each.close(done))))
})
async function occupied(): Promise<number> {
  const other = createServer()
  open.push(other)
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const address = other.address()
  return typeof address === 'object' && address ? address.port : 0
}
const service = (): Server => {
  const server = createAdaptorServer({ fetch: () => new Response('好') }) as unknown as Server
  open.push(server)
  return server
}

test('演示的默认端口被占用，改用其后空闲的一个，并且说明', async () => {
  const port = await occupied()
  const said: string[] = []
  const env = { port, host: '127.0.0.1', mode: 'demo' as const, portIsExplicit: false }
  const bound = await listen(service() as never, env, (line) => said.push(line))
  expect(bound).toBeGreaterThan(port)
  expect(said).toEqual([`端口 ${port} 已被占用，改用 ${bound}。`])
  expect(await (await fetch(`http://127.0.0.1:${bound}/`)).text()).toBe('好')
})

test.each([
  ['演示', 'demo', true],
  ['生产', 'serve', false],
] as const)('%s模式下不能换的端口被占用，是一句明白的错误', async (_name, mode, portIsExplicit) => {
  const env = { port: await occupied(), host: '127.0.0.1', mode, portIsExplicit }
  await expect(listen(service() as never, env, () => {})).rejects.toThrow(StartError)
  await expect(listen(service() as never, env, () => {})).rejects.toThrow(`端口 ${env.port} 已被占用`)
})
