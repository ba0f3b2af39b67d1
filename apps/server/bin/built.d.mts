/** The address of the built program; undefined where there is none for these sources. */
export function builtProgram(): string | undefined
