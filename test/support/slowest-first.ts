// 次序：最久的先开始，免得有一个工作进程在最后独自等它。
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const slow = [
  'integration/exchange.test',
  'browser/workbench',
  'model/',
  'browser/every-page',
  'browser/journey',
  'browser/afterlife',
  'integration/turns',
  'integration/log-shell',
  'integration/tampering',
  'browser/clicks',
  'integration/exchange-keys',
  'browser/consultation',
  'integration/exchange-refusals',
  'browser/administration',
  'integration/cli-acts',
  'browser/texts',
  'integration/two-processes',
  'integration/restore',
  'integration/verify',
  'integration/cli.test',
  'integration/other-county',
  'integration/concurrency',
  'browser/portal',
  'browser/editor',
  'browser/filing-desk',
  'integration/standby',
  'integration/texts',
  'integration/later-life',
  'integration/embedded',
  'integration/http-sign-in',
  'integration/machine-readers',
  'integration/cleanup',
  'browser/',
  'integration/session',
  'integration/filing-reviews',
  'integration/suggestions',
  'integration/locked-row',
  'integration/search-index',
  'integration/crash',
  'integration/import-crash',
  'integration/demo',
  'integration/unseen',
  'exchange/src/exchange',
  'text/src/compare',
  'formats/src/hostile',
  'text/src/hostile',
  'text/src/pumped',
  'text/src/real-texts',
  'docx-import/import-docx',
  'lifecycle/src/every-rule',
  'register/src/list-records',
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
