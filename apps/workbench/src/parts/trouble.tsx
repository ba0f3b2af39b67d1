// Why something could not be done, beside the button that was pressed: read out at once, nothing where there is nothing.
export const Trouble = ({ says }: { says: string | null | undefined }) =>
  says ? (
    <p className="field-error" role="alert">
      {says}
    </p>
  ) : null
