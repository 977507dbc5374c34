import { bench } from './bench/de.ts'
import { editor } from './editor/de.ts'
import { flows } from './flows/de.ts'
import { kind } from './kind/de.ts'
import { page } from './page/de.ts'
import { panes } from './panes/de.ts'

export const words = { ...page, ...flows, ...panes, ...editor, ...bench, ...kind }
