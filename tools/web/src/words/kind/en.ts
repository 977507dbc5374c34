/** The words of kinds of meters. */
export const kind = {}
