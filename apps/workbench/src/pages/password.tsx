// Change the password; it must be changed at the first sign-in.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import Input from 'antd/es/input'
import { type FormEvent, useState } from 'react'
import { fieldErrors, post } from '../api.ts'
import { Labelled } from '../parts/labelled.tsx'
import { toast } from '../parts/toasts.tsx'
import { meQuery } from '../queries.ts'
import '../document/document.css'
import { Submit } from '../parts/submit.tsx'
import { Trouble } from '../parts/trouble.tsx'

export function PasswordPage() {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const navigate = useNavigate()
  const [old, setOld] = useState('')
  const [fresh, setFresh] = useState('')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setErrors({})
    try {
      await post('/api/auth/change-password', { currentPassword: old, newPassword: fresh })
      toast('密码已修改，其他地方的登录随即失效。')
      await client.invalidateQueries()
      await navigate({ to: '/' })
    } catch (error) {
      setErrors(fieldErrors(error))
    } finally {
      setBusy(false)
    }
  }
  const field = (name: string, label: string, value: string, set: (v: string) => void, complete: string) => (
    <Labelled label={label} error={errors[name]}>
      {(id) => (
        <Input.Password
          id={id}
          value={value}
          onChange={(e) => set(e.target.value)}
          autoComplete={complete}
          status={errors[name] ? 'error' : ''}
        />
      )}
    </Labelled>
  )
  return (
    <main className="page narrow">
      <h1>修改密码</h1>
      {me?.mustChangePassword ? (
        <p className="note note-warn">现在用的是一次性密码，须先换成自己的密码，才能查看和办理案卷。</p>
      ) : null}
      <form className="stack card" onSubmit={submit}>
        {field('currentPassword', '原密码', old, setOld, 'current-password')}
        {field('newPassword', '新密码（至少 10 个字符）', fresh, setFresh, 'new-password')}
        <Trouble says={errors['']} />
        <Submit type="primary" loading={busy} lacks={[!old && '原密码', !fresh && '新密码']}>
          修改
        </Submit>
      </form>
    </main>
  )
}
