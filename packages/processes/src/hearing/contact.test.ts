// 同一联系方式的各种写法认作一个，不同的不认作一个。
import { expect, it } from 'vitest'
import { contactKeys, mailIn } from './contact.ts'

const keys = (contact: string, name = '马某') => contactKeys(name, contact)
it.each([
  ['13895012345', '１３８９５０１２３４５'],
  ['13895012345', '138 9501 2345'],
  ['13895012345', '138-9501-2345'],
  ['13895012345', '+86 138 9501 2345'],
  ['13895012345', '008613895012345'],
  ['13895012345', '８６－１３８９５０１２３４５'],
  ['13895012345', '手机：13895012345（马）'],
  ['13895012345', '138\u200b95012345'],
  ['0955-4012345', '（0955）4012345'],
  ['0955-4012345', '+86 955 4012345'],
  ['Ma@Example.com', ' ｍａ＠ｅｘａｍｐｌｅ．ｃｏｍ '],
])('%s 与 %s 是同一个', (a, b) => expect(keys(b, '别的名字')).toEqual(keys(a)))
it.each([
  ['13895012345', '13895012346'],
  ['0955-4012345', '0951-4012345'],
  ['0955-4012345转801', '0955-4012345转802'],
  ['ma@example.com', 'ma@example.com.cn'],
])('%s 与 %s 不是同一个', (a, b) => {
  // 转分机的总机相同：总机一项相同而各有分机，仍是不同的两处。
  expect(keys(a)).not.toEqual(keys(b))
})
it('写了几个的各算一个；连写的两个手机号认得出', () => {
  expect(keys('13895012345，ma@example.com')).toEqual(['mail:ma@example.com', 'tel:13895012345'])
  expect(keys('13895012345/13995012345')).toEqual(['tel:13895012345', 'tel:13995012345'])
  expect(keys('13895012345 13995012345')).toEqual(['tel:13895012345', 'tel:13995012345'])
})
it('认不出联系方式的，以姓名连同所写的文字为准', () => {
  expect(keys('村委会转', '马 某')).toEqual(keys('村委会 转', '马某'))
  expect(keys('村委会转', '马某')).not.toEqual(keys('村委会转', '田某'))
  expect(keys('0955-1', '甲')).not.toEqual(keys('0955-1', '乙'))
})
it('信寄到所写的邮箱', () => {
  expect(mailIn('13895012345，Ma@Example.com')).toBe('ma@example.com')
  expect(mailIn('13895012345')).toBeNull()
})
