export { decisionCatalogues, draftingPlans } from './process.ts'
export {
  type ListDossier,
  type ListExternal,
  type ListItem,
  type ListShape,
  type Similar,
  standing as standingItems,
  unsettled as unsettledItems,
} from './shape.ts'
