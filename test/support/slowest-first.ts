// 次序：最久的先开始，免得有一个工作进程在最后独自等它。同时开始的几个里只有一个用演示县：布置它要二十秒，别的都等。
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const slow = [
  'integration/exchange.test',
  'model/',
  'browser/journey',
  'browser/afterlife',
  'browser/every-page',
  'browser/workbench',
  'integration/turns',
  'browser/consultation',
  'integration/exchange-keys',
  'integration/exchange-refusals',
  'browser/clicks',
  'browser/texts',
  'integration/tampering',
  'integration/two-processes',
  'browser/administration',
  'browser/year-end',
  'integration/log-shell',
  'integration/restore',
  'integration/other-county',
  'integration/verify',
  'integration/concurrency',
  'browser/filing-desk',
  'browser/portal',
  'browser/editor',
  'integration/standby',
  'integration/texts',
  'integration/later-life',
  'integration/embedded',
  'integration/http-sign-in',
  'integration/machine-readers',
  'integration/cleanup',
  'browser/',
  'integration/cli',
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
