// Going somewhere takes a while where the next page is still being fetched; the page before stands until then, and what comes
// late on it must not call anybody back.
import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'

/** Whether the page at `place` (a path) is still where one is, and not only what still stands while one is on the way elsewhere. */
export function useStillHere(place: string): () => boolean {
  const router = useRouter()
  return useCallback(() => router.latestLocation.pathname === place, [router, place])
}
