// A form is filled in once, at its opening, so that what comes in later does not move what somebody writes. What it is
// filled in from has to be there first.
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { Action } from '../types.ts'

/** What may be done now, as it was asked for. */
export type ActionsFound = Pick<UseQueryResult<Action[]>, 'data' | 'isFetching'>

/** Whether the form may be drawn: true once the answer, or its failure, is there, and from then on. */
export function useAtOpening({ isFetching }: ActionsFound): boolean {
  const [was, setWas] = useState(!isFetching)
  if (!isFetching && !was) setWas(true)
  return was || !isFetching
}
