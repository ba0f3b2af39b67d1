// The session has ended: a sign-in dialog opens over the page. After sign-in the halted requests continue, and
// everything filled in is still there.

import { useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Modal from 'antd/es/modal'
import { type FormEvent, useState, useSyncExternalStore } from 'react'
import { gate, post, sentence } from '../api.ts'
import { meQuery } from '../queries.ts'
import type { Me } from '../types.ts'
import { Labelled } from './labelled.tsx'
import { Submit } from './submit.tsx'
import { Trouble } from './trouble.tsx'

export function SignInAgain() {
  const client = useQueryClient()
  const closed = useSyncExternalStore(gate.subscribe, gate.closed)
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const username = client.getQueryData<Me | null>(meQuery.queryKey)?.username ?? ''
  const [typed, setTyped] = useState('')
  const name = username || typed

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await post('/api/auth/sign-in/username', { username: name, password }, { withoutGate: true })
      setPassword('')
      gate.open(true)
    } catch (problem) {
      setError(sentence(problem))
    } finally {
      setBusy(false)
    }
  }
  const leave = () => {
    gate.open(false)
    window.location.assign('/staff/sign-in')
  }
  return (
    <Modal
      open={closed}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={null}
      title={gate.another ? '这个浏览器里另有人登录了，请重新登录' : '登录已过期，请重新登录'}
      width={400}
      zIndex={2000}
      destroyOnHidden
    >
      {gate.another ? (
        <p>您的会话已被换下，没有以那个人的名义办理。重新登录以后，那个人在这个浏览器里的窗口也要重新登录。</p>
      ) : null}
      <p>您填写的内容都在，登录后接着办理，不必重填。</p>
      <form onSubmit={submit} className="stack">
        <Labelled label="用户名">
          {(id) => (
            <Input
              id={id}
              value={name}
              disabled={username !== ''}
              onChange={(e) => setTyped(e.target.value)}
              autoComplete="username"
            />
          )}
        </Labelled>
        <Labelled label="密码">
          {(id) => (
            <Input.Password
              id={id}
              value={password}
              onChange={(e) => setPassword(e.target.value)}
              autoComplete="current-password"
              autoFocus
            />
          )}
        </Labelled>
        <Trouble says={error} />
        <div className="row-end">
          <Button onClick={leave}>放弃，回到登录页</Button>
          <Submit type="primary" loading={busy} lacks={[!name && '用户名', !password && '密码']}>
            重新登录
          </Submit>
        </div>
      </form>
    </Modal>
  )
}
