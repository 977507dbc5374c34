/** The words of telegrams and results in the workbench. */
export const panes = {}
