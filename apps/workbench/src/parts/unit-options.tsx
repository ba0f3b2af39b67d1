import { useQuery } from '@tanstack/react-query'
import { unitsQuery } from '../queries.ts'

/** The units as options of a native select; `issuers`: only those that may make documents. None while they are being read. */
export function UnitOptions({ issuers = false }: { issuers?: boolean }) {
  const { data } = useQuery(unitsQuery)
  return data
    ?.filter((unit) => !issuers || unit.eligible)
    .map((unit) => (
      <option key={unit.id} value={unit.id}>
        {unit.name}
      </option>
    ))
}
