// 次序：最久的先开始，免得两个工作进程中有一个在最后独自等它。
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const slow = [
  'browser/workbench',
  'browser/journey',
  'browser/editor',
  'browser/portal',
  'browser/texts',
  'model/',
  'integration/cli',
  'integration/crash',
  'integration/embedded',
  'integration/concurrency',
  'integration/register',
]

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (file: TestSpecification): number => {
      const at = slow.findIndex((part) => file.moduleId.includes(part))
      return at < 0 ? slow.length : at
    }
    return files.toSorted((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1))
  }
}
