import { bench } from './bench/it.ts'
import { editor } from './editor/it.ts'
import { flows } from './flows/it.ts'
import { kind } from './kind/it.ts'
import { page } from './page/it.ts'
import { panes } from './panes/it.ts'

export const words = { ...page, ...flows, ...panes, ...editor, ...bench, ...kind }
