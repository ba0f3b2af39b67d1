// 表单的抽屉：地址里写着哪条命令就打开哪一张。
import Drawer from 'antd/es/drawer'
import type { ReactNode } from 'react'

export function CommandDrawer({
  title,
  width = 680,
  onClose,
  children,
}: {
  /** 没有这项命令的，为 null。 */
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
