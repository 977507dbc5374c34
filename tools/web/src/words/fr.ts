import { bench } from './bench/fr.ts'
import { editor } from './editor/fr.ts'
import { flows } from './flows/fr.ts'
import { kind } from './kind/fr.ts'
import { page } from './page/fr.ts'
import { panes } from './panes/fr.ts'

export const words = { ...page, ...flows, ...panes, ...editor, ...bench, ...kind }
