// The drawer for forms: whichever command the address names is opened.
import Drawer from 'antd/es/drawer'
import type { ReactNode } from 'react'

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
