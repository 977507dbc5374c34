import { flows } from './flows/it.ts'
import { page } from './page/it.ts'

export const words = { ...page, ...flows }
