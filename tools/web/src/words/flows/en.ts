/** The words of setting up, settings, log, telegrams and signing in. */
export const flows = {}
