// Tries once more what was due and is not done.
import type { answers } from '@dianzhang/contract'
import { useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useState } from 'react'
import { post, sentence } from '../api.ts'
import { toast } from '../parts/toasts.tsx'
import type { Told } from '../types.ts'

/** What is due and not done is tried once more; what was done stays done. */
export function RunJobs() {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      const { done, failed } = await post<Told<typeof answers.JobsRun>>('/api/jobs/run', {})
      toast(failed > 0 ? `办成${done}项，仍有${failed}项没有办成。` : `办成${done}项。`, failed > 0 ? 'warn' : 'done')
      await Promise.all(['administration', 'jobs'].map((key) => client.invalidateQueries({ queryKey: [key] })))
    } catch (error) {
      toast(sentence(error), 'warn')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="small" loading={busy} onClick={() => void run()}>
      现在再办一次
    </Button>
  )
}
