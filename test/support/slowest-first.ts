// 次序：最久的先开始，免得有一个工作进程在最后独自等它。
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const slow = [
  'browser/workbench',
  'model/',
  'browser/journey',
  'browser/texts',
  'browser/portal',
  'browser/editor',
  'integration/concurrency',
  'integration/tampering',
  'integration/cli',
  'integration/demo',
  'integration/later-life',
  'integration/embedded',
  'integration/other-county',
  'integration/http-sign-in',
  'integration/restore',
  'integration/unseen',
  'integration/scenarios',
  'integration/crash',
  'integration/register',
  'text/src/real-texts',
  'formats/src/hostile',
  'text/src/hostile',
  'lifecycle/src/every-rule',
  'lifecycle/src/isolation',
]

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (file: TestSpecification): number => {
      const at = slow.findIndex((part) => file.moduleId.includes(part))
      return at < 0 ? slow.length : at
    }
    // 一个工作进程换一个项目就重新载入全部模块：纯的包都排在后面，只换一次。
    const pure = (file: TestSpecification): number => Number(file.project.name === 'unit')
    return files.toSorted((a, b) => pure(a) - pure(b) || rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1))
  }
}
