// After publication: the address, a code to scan, and a button that copies it. Later under “审议至备案” as well.
import Button from 'antd/es/button'
import { useMemo } from 'react'
import { renderSVG } from 'uqr'
import { toast } from '../parts/toasts.tsx'

export function PublicAddress({ address, onClose }: { address: string; onClose?: () => void }) {
  const code = useMemo(
    () => `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(address, { border: 2 }))}`,
    [address],
  )
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address)
      toast('已复制地址。')
    } catch {
      toast('没有复制成，请选中地址自行复制。', 'warn')
    }
  }
  return (
    <section className="note note-good published" aria-label="公众的地址" data-testid="public-address">
      <img src={code} width={116} height={116} alt={`二维码：${address}`} />
      <div>
        <p>
          <b>公众现在可以打开</b>
        </p>
        <p>
          <a href={address} target="_blank" rel="noreferrer" className="break">
            {address}
          </a>
        </p>
        <p>
          <Button size="small" onClick={() => void copy()}>
            复制地址
          </Button>{' '}
          {onClose ? (
            <Button size="small" onClick={onClose}>
              收起
            </Button>
          ) : null}
        </p>
      </div>
    </section>
  )
}
