// A package as a ZIP: written piece by piece with the same bytes every time, read from a file without trusting what it says of
// itself. Nothing of it is ever unpacked into a folder.
import { createHash } from 'node:crypto'
import { type Readable, Readable as Stream } from 'node:stream'
import {
  limits,
  type Manifest,
  type ManifestFile,
  manifestName,
  type RefusalCode,
  reasonFor,
  signatureName,
} from '@dianzhang/exchange'
import yauzl from 'yauzl'
import { ZipFile } from 'yazl'

/** The first instant the format knows, in whatever time zone: the same files give the same bytes. */
const always = new Date(1980, 0, 1)
const options = { mtime: always, mode: 0o100644, compress: false, forceDosTimestamp: true } as const

/** The package of one message. Files are read when their turn comes; the manifest and its signature stand first. */
export function packageStream(
  message: { manifest: string; note: string },
  files: readonly ManifestFile[],
  read: (sha256: string) => AsyncIterable<Uint8Array>,
): Readable {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from(message.manifest), manifestName, options)
  zip.addBuffer(Buffer.from(message.note), signatureName, options)
  const out = zip.outputStream as Readable
  for (const { path, sha256, size } of files)
    zip.addReadStreamLazy(path, { ...options, size }, (done) => {
      const source = Stream.from(read(sha256), { objectMode: false })
      source.once('error', (error) => out.destroy(error))
      done(null, source)
    })
  zip.end()
  return out
}

/** Why a package is not taken: a code, and the file or name that is at fault. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: RefusalCode
  readonly subject: string | undefined
  constructor(code: RefusalCode, subject?: string) {
    super(reasonFor(code, subject).says)
    this.code = code
    this.subject = subject
  }
}
const unsafe = /absolute path|relative path|backslash|invalid characters in fileName/i

export interface OpenPackage {
  manifest: string
  note: string
  /** Compares every file with the manifest. Refuses ({@link Refused}) and names what is at fault. */
  check(manifest: Manifest): Promise<void>
  /** The bytes of a listed file; after `check` only. */
  read(file: ManifestFile): Promise<Readable>
  close(): void
}

/**
 * Opens the package at `path`. Reads its directory, the manifest and the signature; each is bounded. Refuses (`broken_package`,
 * `unsafe_path`, `too_large`) what is no package.
 */
export async function openPackage(path: string): Promise<OpenPackage> {
  const zip = await new Promise<yauzl.ZipFile>((done, failed) =>
    yauzl.open(
      path,
      { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true },
      (error, opened) => (error || !opened ? failed(new Refused('broken_package')) : done(opened)),
    ),
  )
  const entries = new Map<string, yauzl.Entry>()
  try {
    if (zip.entryCount > limits.files + 2) throw new Refused('too_large')
    let total = 0
    await new Promise<void>((done, failed) => {
      zip.on('error', (error: Error) =>
        failed(
          unsafe.test(error.message)
            ? new Refused('unsafe_path', /: (.*)$/s.exec(error.message)?.[1]?.slice(0, 200))
            : new Refused('broken_package'),
        ),
      )
      zip.on('end', done)
      zip.on('entry', (entry: yauzl.Entry) => {
        const name = entry.fileName
        total += entry.uncompressedSize
        if (name.includes('..') || name.endsWith('/') || (entry.generalPurposeBitFlag & 1) !== 0)
          return failed(new Refused('unsafe_path', name.slice(0, 200)))
        // One name, two contents: which of them is meant?
        if (entries.has(name)) return failed(new Refused('extra_file', name.slice(0, 200)))
        if (total > limits.bytes + 2 * limits.manifest) return failed(new Refused('too_large'))
        entries.set(name, entry)
        zip.readEntry()
      })
      zip.readEntry()
    })
    const stream = (entry: yauzl.Entry) =>
      new Promise<Readable>((done, failed) =>
        zip.openReadStream(entry, (error, opened) =>
          error || !opened ? failed(new Refused('broken_package')) : done(opened),
        ),
      )
    const small = async (name: string): Promise<string> => {
      const entry = entries.get(name)
      if (!entry || entry.uncompressedSize > limits.manifest) throw new Refused('broken_package')
      const pieces: Buffer[] = []
      try {
        for await (const piece of await stream(entry)) pieces.push(piece as Buffer)
      } catch {
        throw new Refused('broken_package')
      }
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(pieces))
    }
    return {
      manifest: await small(manifestName),
      note: await small(signatureName),
      async check({ files }) {
        const listed = new Set([manifestName, signatureName, ...files.map((file) => file.path)])
        for (const name of entries.keys()) if (!listed.has(name)) throw new Refused('extra_file', name.slice(0, 200))
        if (listed.size !== files.length + 2) throw new Refused('bad_manifest')
        for (const { path: name, sha256, size } of files) {
          const entry = entries.get(name)
          if (!entry) throw new Refused('missing_file', name)
          // What it says of its own size bounds what is read of it.
          if (entry.uncompressedSize !== size) throw new Refused('changed_file', name)
          const hash = createHash('sha256')
          try {
            for await (const piece of await stream(entry)) hash.update(piece as Buffer)
          } catch {
            throw new Refused('changed_file', name)
          }
          if (hash.digest('hex') !== sha256) throw new Refused('changed_file', name)
        }
      },
      read({ path: name }) {
        const entry = entries.get(name)
        if (!entry) throw new Refused('missing_file', name)
        return stream(entry)
      },
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}
