// 各地的目录多是 GB18030 的 CSV：造一份。

/** 编成 GB18030（两字节的汉字）。 */
export function gb18030(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030')
  const codes = new Map<string, number[]>()
  for (let a = 0x81; a <= 0xfe; a++)
    for (let b = 0x40; b <= 0xfe; b++) if (b !== 0x7f) codes.set(decoder.decode(new Uint8Array([a, b])), [a, b])
  return new Uint8Array(
    [...text].flatMap((x) => (x.charCodeAt(0) < 0x80 ? [x.charCodeAt(0)] : (codes.get(x) ?? [0x3f]))),
  )
}
