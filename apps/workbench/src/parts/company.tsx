// Who else has the text open now: told where it is written and on the file's page, gone when they leave.
export function Company({ names }: { names: readonly string[] }) {
  return (
    <span className="company" role="status" data-testid="company">
      {names.length > 0
        ? `${names.slice(0, 3).join('、')}${names.length > 3 ? `等${names.length}人` : ''}正在编辑文本`
        : ''}
    </span>
  )
}
