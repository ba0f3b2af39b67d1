// 找新的反例：`DIANZHANG_SEED=7 DIANZHANG_RUNS=5 npx vitest …`，各性质试五倍的次数。每个工作进程只换一次。
import fc from 'fast-check'

const times = Number(process.env.DIANZHANG_RUNS ?? 1)
const { assert } = fc
if (times !== 1)
  fc.assert = ((property, settings) =>
    assert(property, { ...settings, numRuns: (settings?.numRuns ?? 100) * times })) as typeof assert
