// Where may be connected to, however the address is written.
import { describe, expect, it } from 'vitest'
import { guardedLookup, refusedUrl } from './addresses.ts'

const none: ReadonlySet<string> = new Set()
describe('addresses', () => {
  it.each([
    'https://127.0.0.1/x',
    'https://2130706433/',
    'https://0177.0.0.1/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[::ffff:0:10.0.0.1]/',
    'https://[::10.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[fd00::1]/',
    'https://[5f00::1]/',
    'https://169.254.169.254/',
    'https://localhost./',
    'https://metadata.google.internal./',
    'https://db.lan./',
    'https://nas.home.arpa/',
    'https://mail.corp/',
    'https://printer/',
    'https://１２７.0.0.1/',
    'https://a:b@example.com/',
    'http://example.com/',
    'https://example.com/#x',
  ])('%s is none to send to', (url) => expect(refusedUrl(url, none)).not.toBeNull())
  it.each(['https://example.com/ok', 'https://1.1.1.1/', 'https://[2606:4700::1111]/', 'https://[::ffff:8.8.8.8]/'])(
    '%s may be',
    (url) => expect(refusedUrl(url, none)).toBeNull(),
  )
  const resolved = (address: string) =>
    new Promise<boolean>((done) =>
      guardedLookup(new URL('https://example.com'), none, (async () => [{ address, family: 4 }]) as never)(
        'example.com',
        { all: true },
        (error) => done(error === null),
      ),
    )
  it('a name that stands for an inner address is not connected to, in whatever form the answer comes', async () => {
    for (const address of [
      '10.1.2.3',
      '::ffff:0a00:0001',
      '::10.0.0.1',
      '::ffff:0:10.0.0.1',
      '64:ff9b::a00:1',
      'fe80::1',
    ])
      expect(await resolved(address), address).toBe(false)
    for (const address of ['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])
      expect(await resolved(address), address).toBe(true)
  })
})
