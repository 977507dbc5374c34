import { flows } from './flows/de.ts'
import { page } from './page/de.ts'

export const words = { ...page, ...flows }
