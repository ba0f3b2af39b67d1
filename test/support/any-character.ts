// 任意一个字符：各码点都可能，单独的代理除外。与 fast-check 的 `unit: 'binary'` 相同，而那一个在每个工作进程里头一次用到时
// 要为一百多万个码点备一张表，一秒处理器时间。
import fc from 'fast-check'

const [surrogates, count] = [0xd800, 0x800]
const last = 0x10ffff

export const anyCharacter = fc.integer({ min: 0, max: last - count }).map(
  (n) => String.fromCodePoint(n < surrogates ? n : n + count),
  // 由字符回到数：收缩失败的例子、放进 `__proto__` 之类危险的字都要用。
  (text) => {
    const point = typeof text === 'string' ? text.codePointAt(0) : undefined
    if (
      typeof text !== 'string' ||
      point === undefined ||
      String.fromCodePoint(point) !== text ||
      (point >= surrogates && point < surrogates + count)
    )
      throw new Error('不是一个字符')
    return point < surrogates ? point : point - count
  },
)
