// SARIF 2.1.0: findings as editors and continuous integration can read them.
import type { Finding, Severity } from './finding.ts'
import { lintPatterns } from './patterns.ts'

const levels: Record<Severity, 'error' | 'warning' | 'note'> = { block: 'error', warn: 'warning', review: 'note' }

/** A SARIF log with one run; only the properties that are written here. */
export interface SarifLog {
  $schema: string
  version: '2.1.0'
  runs: Array<{
    tool: { driver: { name: string; informationUri?: string; rules: SarifRule[] } }
    columnKind: 'utf16CodeUnits'
    results: SarifResult[]
  }>
}

interface SarifRule {
  id: string
  name: string
  shortDescription: { text: string }
  help: { text: string }
  defaultConfiguration: { level: 'error' | 'warning' | 'note' }
}

interface SarifResult {
  ruleId: string
  ruleIndex: number
  level: 'error' | 'warning' | 'note'
  message: { text: string }
  locations: Array<{
    physicalLocation: {
      artifactLocation: { uri: string }
      region: { startLine: number; charOffset: number; charLength: number; snippet: { text: string } }
    }
    logicalLocations?: Array<{ fullyQualifiedName: string }>
  }>
}

/** A path as a relative URI reference: each segment percent-encoded, separators kept. */
const uriOf = (file: string): string => file.split(/[\\/]/).map(encodeURIComponent).join('/')

/** The findings of one file. `file` is its path as the reader knows it, relative where possible. */
export function toSarif(findings: readonly Finding[], file: string): SarifLog {
  return sarifOf([{ findings, file }])
}

/** The findings of several files in one run. */
export function sarifOf(parts: ReadonlyArray<{ findings: readonly Finding[]; file: string }>): SarifLog {
  const known = new Map<string, SarifRule>()
  const remember = (id: string, category: string, basis: string, severity: Severity): void => {
    if (known.has(id)) return
    known.set(id, {
      id,
      name: category,
      shortDescription: { text: category },
      help: { text: `依据：${basis}` },
      defaultConfiguration: { level: levels[severity] },
    })
  }
  for (const pattern of lintPatterns) remember(pattern.id, pattern.category, pattern.basis, pattern.severity)
  for (const { findings } of parts) {
    for (const finding of findings) remember(finding.id, finding.category, finding.basis, finding.severity)
  }
  const rules = [...known.values()]
  const indexOf = new Map(rules.map((rule, index) => [rule.id, index]))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: '典章', rules } },
        columnKind: 'utf16CodeUnits',
        results: parts.flatMap(({ findings, file }) =>
          findings.map((finding) => ({
            ruleId: finding.id,
            ruleIndex: indexOf.get(finding.id) ?? -1,
            level: levels[finding.severity],
            message: { text: finding.message },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: uriOf(file) },
                  region: {
                    startLine: finding.line,
                    charOffset: finding.start,
                    charLength: finding.end - finding.start,
                    snippet: { text: finding.quote },
                  },
                },
                ...(finding.address === undefined
                  ? {}
                  : { logicalLocations: [{ fullyQualifiedName: finding.address }] }),
              },
            ],
          })),
        ),
      },
    ],
  }
}
