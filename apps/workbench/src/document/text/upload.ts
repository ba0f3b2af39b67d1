// Uploads a Word file to be parsed: with progress; when the session expires it waits for a new sign-in and goes on.
// The server only parses and stores nothing.
import type { Problem } from '@dianzhang/contract'
import { parseText } from '@dianzhang/text'
import { askedBy, gate, NetworkError, ProblemError } from '../../api.ts'
import type { DocxImport } from './shapes.ts'

export const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const cancelled = '已取消上传。'
interface Answer {
  status: number
  body: unknown
}
/** `progress` goes from 0 to 1; 1 once everything is sent, then it waits for parsing. */
async function send(path: string, file: Blob, progress: (part: number) => void, signal: AbortSignal): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    // Given up while it waited for a new sign-in: it is not sent again.
    if (signal.aborted) return reject(new NetworkError(cancelled))
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('content-type', docxType)
    request.setRequestHeader('accept', 'application/json')
    for (const [name, value] of Object.entries(askedBy())) request.setRequestHeader(name, value)
    request.responseType = 'text'
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total)
    }
    request.upload.onload = () => progress(1)
    request.onload = () => {
      try {
        resolve({ status: request.status, body: JSON.parse(request.responseText) })
      } catch {
        resolve({ status: request.status, body: null })
      }
    }
    request.onerror = () => reject(new NetworkError('文件没有送到：网络中断，或者文件过大被拒绝。请检查后再试。'))
    request.onabort = () => reject(new NetworkError(cancelled))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body

/**
 * Parses a Word file. When words would be lost and `confirm` is not given, the server answers `import_loses_words`
 * together with the report of losses; the report is returned here all the same, with `refused` true. Other refusals
 * are thrown as ProblemError.
 */
export async function readDocx(
  document: string,
  file: Blob,
  options: {
    confirm?: string
    /** Accept or reject all revisions; not given while undecided. */
    revisions?: 'accept' | 'reject' | undefined
    /** Decisions on single ones, by number; those not named follow `revisions`. */
    single?: ReadonlyMap<number, 'accept' | 'reject'>
    progress: (part: number) => void
    signal: AbortSignal
  },
): Promise<{ imported: DocxImport; refused: boolean }> {
  const given = new URLSearchParams()
  if (options.confirm) given.set('confirm', options.confirm)
  if (options.revisions) given.set('revisions', options.revisions)
  for (const fate of ['accept', 'reject'] as const) {
    const numbers = [...(options.single ?? [])].filter(([, each]) => each === fate).map(([number]) => number)
    if (numbers.length > 0) given.set(fate, numbers.sort((a, b) => a - b).join(','))
  }
  const query = given.size > 0 ? `?${given}` : ''
  for (;;) {
    const sentAt = gate.signIns
    const { status, body } = await send(
      `/api/documents/${document}/docx-import${query}`,
      file,
      options.progress,
      options.signal,
    )
    if (status === 200) return { imported: body as DocxImport, refused: false }
    if (!isProblem(body))
      throw new ProblemError({
        type: 'about:blank',
        title: '服务暂不可用',
        status,
        code: 'unavailable',
        detail: `服务器答复 ${status}，请稍后再试。`,
      })
    if (body.code === 'import_loses_words' && body.text !== undefined)
      return { imported: importedOf(body), refused: true }
    if (body.code === 'unauthenticated' && (await gate.wait(sentAt, body.another))) continue
    throw new ProblemError(body)
  }
}
/** A refusal carries the same content as a success, except that the title has to be read from the text here. */
function importedOf(problem: Problem): DocxImport {
  const text = problem.text ?? ''
  return {
    text,
    title: parseText(text).title,
    facts: problem.facts as DocxImport['facts'],
    loss: (problem.loss ?? []) as DocxImport['loss'],
    wouldLoseWords: true,
    confirmation: problem.confirmation ?? '',
    faults: (problem.faults ?? []) as DocxImport['faults'],
    revisions: problem.revisions ?? 0,
    changes: (problem.changes ?? []) as DocxImport['changes'],
    redline: (problem.redline ?? []) as DocxImport['redline'],
    differences: (problem.differences ?? []) as DocxImport['differences'],
  }
}
