// Whether a password is too easy to guess: common passwords, keyboard walks, repetitions and sequences, dates, the
// names of the person and the unit.
import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

/** Words that people here build passwords of and that the library's lists lack. */
const localWords = [
  ...['woaini', '5201314', '1314520', '520520', 'mima', 'zhongguo', 'beijing', 'guanliyuan', 'xitong', 'zhengfu'],
  ...[
    'dianzhang',
    'guifanxing',
    'wenjian',
    'bangongshi',
    'sifaju',
    '典章',
    '密码',
    '口令',
    '管理员',
    '办公室',
    '人民政府',
  ],
]
/** The library's scale of 0–4: 3 means more than a hundred million guesses. */
const enough = 3

let factory: Promise<ZxcvbnFactory> | undefined
/** Loaded when the first password is judged: the word lists take a tenth of a second, which a start need not wait for. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, local: localWords },
    graphs: common.adjacencyGraphs,
  })
}

/**
 * Why a password (of acceptable length) must not be used, as a sentence for its field; null when it may.
 * `about`: words about its owner (user name, name, unit), which count as guessed at once.
 */
export async function weakness(password: string, about: readonly string[]): Promise<string | null> {
  const words = about.flatMap((word) => [word, ...word.split(/[\s._@-]+/)]).filter((word) => word.length >= 2)
  const lower = password.toLowerCase()
  const own = words.find((word) => word.length >= 4 && lower.includes(word.toLowerCase()))
  if (own !== undefined && password.length - own.length < 8)
    return '新密码里有用户名、姓名或者单位名称，去掉后余下的不足 8 个字符，请换一个'
  if (new Set(password).size < 5) return '新密码里不同的字符太少，请换一个'
  factory ??= load()
  const { score } = (await factory).check(password.slice(0, 64), words)
  return score >= enough ? null : '新密码太容易猜到（常用口令、连续或者重复的字符、日期、键盘顺序），请换一个'
}
