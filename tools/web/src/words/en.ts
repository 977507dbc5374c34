import { flows } from './flows/en.ts'
import { page } from './page/en.ts'

export const words = { ...page, ...flows }
