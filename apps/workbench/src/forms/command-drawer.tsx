// The drawer for forms: whichever command the address names is opened.
import Drawer from 'antd/es/drawer'
import { type ReactNode, useEffect, useState } from 'react'

export function CommandDrawer({
  title,
  width = 680,
  onClose,
  children,
}: {
  /** Null when there is no such command. */
  title: string | null
  width?: number
  onClose: () => void
  children: ReactNode
}) {
  // Whoever closes the form stands where they opened it, not at the top of the page.
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      setTimeout(() => {
        const at = document.activeElement
        if ((at === null || at === document.body) && opener instanceof HTMLElement) opener.focus()
      })
    },
    [opener],
  )
  return (
    <Drawer
      open
      onClose={onClose}
      title={title ?? '没有这项命令'}
      size={width}
      mask={{ closable: false }}
      destroyOnHidden
      className="command-drawer"
    >
      {title === null ? <p>地址中的命令有误。</p> : children}
    </Drawer>
  )
}
