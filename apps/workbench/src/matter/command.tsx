// One command of a matter: the form in the drawer, drawn from the schema in the contract.
import { type ActionsFound, useAtOpening } from '../forms/at-opening.ts'
import { CommandDrawer } from '../forms/command-drawer.tsx'
import { CommandForm } from '../forms/command-form.tsx'
import { groupOf, type Values } from '../forms/shape.ts'
import { Loading } from '../parts/states.tsx'
import type { Frame } from './frame.ts'

export function MatterCommand({
  matter,
  command,
  on,
  given,
  actions: found,
  onClose,
}: {
  matter: Frame
  command: string
  on: string | undefined
  given: Values | undefined
  actions: ActionsFound
  onClose: () => void
}) {
  const { data: actions } = found
  const known = useAtOpening(found)
  const action = actions?.find((each) => each.command === command)
  const schema = matter.schemaOf(command)
  // A table asks for several things in a row.
  const wide = schema ? Object.values(groupOf(schema).fields).some(({ control }) => control === 'table') : false
  return (
    <CommandDrawer title={schema ? matter.labelOf(command) : null} width={wide ? 960 : 680} onClose={onClose}>
      {known ? (
        <CommandForm
          key={`${command}-${on ?? ''}`}
          matter={matter}
          process={matter.process}
          command={command}
          target={on}
          given={given}
          action={action}
          elsewhere={actions !== undefined && action === undefined}
          onClose={onClose}
        />
      ) : (
        <Loading />
      )}
    </CommandDrawer>
  )
}
