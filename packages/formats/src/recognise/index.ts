export { type DecodedText, decodeText, type Encoding, encodingNames } from './decode.ts'
export { type FileKind, fileKind, oleKind, refusalOf, type Wanted, zipKind } from './file-kind.ts'
export { htmlText, looksLikeHtml } from './html-text.ts'
export {
  importAnyFile,
  isDocxLike,
  type ReadFile,
  readAnyFile,
  readDecodedText,
  readTextBytes,
  refuseAsText,
  refuseDamaged,
  wordsOf,
} from './read-text-file.ts'
