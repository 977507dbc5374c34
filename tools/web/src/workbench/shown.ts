/** Shows a value of a reading; a dash where there is none. */
export const valueText = (value: unknown): string => (value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value))
