export { type DecodedText, decodeText, type Encoding, encodingNames } from './decode.ts'
export { type FileKind, fileKind, oleKind, refusalOf, UnreadableFile, zipKind } from './file-kind.ts'
export { htmlText, looksLikeHtml } from './html-text.ts'
export {
  isDocxLike,
  type ReadFile,
  readAnyFile,
  readDecodedText,
  readTextBytes,
  refuseDamaged,
} from './read-text-file.ts'
