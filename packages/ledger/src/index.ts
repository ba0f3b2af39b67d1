// The ledger: canonical JSON, digests, hash chains, daily seals. Pure functions that read no database and no clock.
export { CanonicalJsonError, canonicalJson } from './canonical-json.ts'
export {
  type ChainEvent,
  type ChainFault,
  type ChainFaultCode,
  type ChainHead,
  type ChainReport,
  verifyChain,
} from './chain.ts'
export { type Draw, type DrawEntry, drawn, registrationsDigest } from './draw.ts'
export { chainNext, contentHash, eventHash, GENESIS, type HashedAttachment, sha256Hex, stateHash } from './hash.ts'
export { merkleRoot, type PathStep } from './merkle.ts'
export {
  type CurrentHead,
  type InclusionProof,
  type OfficeHead,
  proveInclusion,
  type Seal,
  type SealedHead,
  type SealFault,
  type SealFaultCode,
  sealDay,
  verifyInclusion,
  verifySeals,
} from './seal.ts'
export { SealTree } from './seal-tree.ts'
