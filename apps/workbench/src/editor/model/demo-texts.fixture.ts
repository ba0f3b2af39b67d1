// The bodies of the demo county's documents, for tests.
import { readdirSync } from 'node:fs'
import type { DemoText } from '../../../../../packages/demo/src/demo-text.ts'

const folder = new URL('../../../../../packages/demo/src/texts/', import.meta.url)
const isDemoText = (value: unknown): value is DemoText =>
  typeof value === 'object' && value !== null && 'body' in value && typeof value.body === 'function'

/** Every body in every source file. */
export async function demoTexts(): Promise<string[]> {
  const modules = await Promise.all(
    readdirSync(folder).map((name) => import(new URL(name, folder).href) as Promise<Record<string, unknown>>),
  )
  return modules
    .flatMap((each) => Object.values(each))
    .filter(isDemoText)
    .map((text) => text.body({ effective: '2026年5月1日', until: '2031年4月30日' }))
}
