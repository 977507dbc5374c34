/** The words of the editor of profiles. */
export const editor = {}
