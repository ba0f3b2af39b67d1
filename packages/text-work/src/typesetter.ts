// Sets a document as PDF with Typst (decision 033): no browser, no office program, in the thread where text is worked on.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { ExportFormat, PublishedDocument, Typeset } from '@dianzhang/formats'
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

const require = createRequire(import.meta.url)
const openFace = '@expo-google-fonts/noto-serif-sc'

/** The open Song face in two weights; then the office's own faces, in the folder that `DIANZHANG_FONT_DIR` names. */
function fontFolders(): string[] {
  const own = process.env.DIANZHANG_FONT_DIR
  const root = dirname(require.resolve(`${openFace}/package.json`))
  return [...(own && existsSync(own) ? [own] : []), join(root, '400Regular'), join(root, '700Bold')]
}

let compiler: Promise<NodeCompiler> | null = null
/** Loaded when the first PDF is asked for: the program and the faces are some seventy megabytes. */
const loaded = (): Promise<NodeCompiler> => {
  compiler ??= import('@myriaddreamin/typst-ts-node-compiler').then(({ NodeCompiler }) =>
    NodeCompiler.create({ fontArgs: [{ fontPaths: fontFolders() }] }),
  )
  return compiler
}

/**
 * The bytes of a PDF/A-2b. The only time in it is the document's own date, so the same document gives the same bytes.
 * Throws where the program cannot be loaded (a platform it does not exist for) or the words cannot be set.
 */
async function pdfOf({ main, inputs, date }: Typeset): Promise<Uint8Array> {
  const typst = await loaded()
  try {
    const bytes = typst.pdf(
      { mainFileContent: main, inputs },
      {
        pdfStandard: 'a-2b' as never,
        creationTimestamp: Math.floor(Date.parse(`${date ?? '2000-01-01'}T00:00:00+08:00`) / 1000),
      },
    )
    return new Uint8Array(bytes)
  } finally {
    // What it has remembered of the words of one document is of no use to the next.
    typst.evictCache(10)
  }
}

/** A document written in a format, whether it is written here or set by the typesetter. */
export const writtenAs = (format: ExportFormat, document: PublishedDocument): Promise<Uint8Array> =>
  format.id === 'pdf' ? pdfOf(format.typeset(document)) : format.write(document)
