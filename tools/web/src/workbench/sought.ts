import { signal } from '@preact/signals'
import type { Path } from './json-path.ts'

/** A place of the profile that the editor goes to: a path, or a line and column (from 1) of the text that was answered. */
export type Sought = { path: Path } | { line: number; column: number }

/** Set by any part of the page; the editor takes it away once it is there. */
export const sought = signal<Sought | undefined>(undefined)
