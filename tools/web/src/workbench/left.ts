import { signal } from '@preact/signals'

/** The profile whose changes were left behind unsaved: they are kept, and the page says so wherever one is. */
export const left = signal<string | undefined>(undefined)
