// One thread of a verification: its own connection on the snapshot that all of them see.
import { parentPort, workerData } from 'node:worker_threads'
import { connect } from '@dianzhang/database'
import { type Piece, type VerifyThreadAnswer, type VerifyThreadData, verifyPiece } from './verify.ts'

const { url, snapshot, options } = workerData as VerifyThreadData
const { sql } = connect(url, { rawMax: 1, readOnly: true, applicationName: 'dianzhang-verify' })
const answer = (said: VerifyThreadAnswer): void => parentPort?.postMessage(said)

let last: Promise<unknown> = Promise.resolve()
parentPort?.on('message', (piece: Piece) => {
  last = last
    .then(() =>
      sql.begin('isolation level repeatable read read only', async (tx) => {
        await tx.unsafe(`set transaction snapshot '${snapshot.replaceAll("'", "''")}'`)
        return await verifyPiece(tx, piece, options)
      }),
    )
    .then(answer, (error: unknown) => {
      const { message = String(error), code } = error as { message?: string; code?: string }
      answer({ failed: { message, code } })
    })
})
