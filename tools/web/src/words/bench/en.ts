/** The words of beginning, proving and saving a profile. */
export const bench = {}
