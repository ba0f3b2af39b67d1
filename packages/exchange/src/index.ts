// Filing between two installations: messages, their signatures and receipts, what an arrival is, how two records are compared.
// Pure: no storage, no clock, no network, no secret key.
export {
  judgeKeyNotice,
  type KeyNotice,
  type Keyring,
  type KeyTerm,
  keyNoticeText,
  keysOn,
  readKeyNotice,
  replaceKeys,
  signedBy,
} from './keys.ts'
export {
  type CommandManifest,
  claimsOf,
  digestOf,
  type ExchangedDocument,
  limits,
  Manifest,
  type ManifestFile,
  manifestName,
  manifestText,
  pathOf,
  type Reason,
  type ReceiptManifest,
  readManifest,
  requestMinutes,
  requestText,
  type Step,
  signatureName,
  signedText,
} from './manifest.ts'
export {
  absent,
  compare,
  type Difference,
  depthOf,
  emptyNode,
  type Head,
  headOf,
  leafOf,
  rootOfBlock,
  type Source,
} from './reconcile.ts'
export { mayPass, type RefusalCode, reasonFor, refusalCodes } from './refusal.ts'
export { type Arrival, furthest, type Held, judgeArrival, Replica, ready } from './replica.ts'
