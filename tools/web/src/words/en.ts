import { bench } from './bench/en.ts'
import { editor } from './editor/en.ts'
import { flows } from './flows/en.ts'
import { kind } from './kind/en.ts'
import { page } from './page/en.ts'
import { panes } from './panes/en.ts'

export const words = { ...page, ...flows, ...panes, ...editor, ...bench, ...kind }
