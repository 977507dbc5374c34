/** Whether this is `npm run test:long`: the full amount of what `npm test` does in short. */
export const long = process.env.CII_TEST_LONG === '1'

/** Chooses how much a test does, in `npm test` and in `npm run test:long`. */
export const amount = (short: number, full: number) => (long ? full : short)

/** Gives the themes in which a view is looked at, light or dark: both in full, else one, in turn. */
export const themes = (turn: number): boolean[] => (long ? [false, true] : [turn % 2 === 1])
