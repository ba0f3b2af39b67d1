// The floor: bare node:http sending the same bytes, or a 304 to whom already has them. A process of its own, so that like the server under test it does
// not compete with the measurer for one thread.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Canned {
  path: string
  headers: Record<string, string>
  body: string
}
process.once('message', (list: Canned[]) => {
  const answers = new Map(list.map((each) => [each.path, { ...each, body: Buffer.from(each.body) }]))
  const server = createServer((request, response) => {
    const answer = answers.get(request.url ?? '')
    if (!answer) return void response.writeHead(404).end()
    if (request.headers['if-none-match'] === answer.headers.etag) {
      const { etag = '', 'cache-control': cache = '', vary = '' } = answer.headers
      response.writeHead(304, { etag, 'cache-control': cache, vary })
      return void response.end()
    }
    response.writeHead(200, { ...answer.headers, 'content-length': answer.body.length })
    response.end(answer.body)
  })
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
})
process.once('disconnect', () => process.exit())
