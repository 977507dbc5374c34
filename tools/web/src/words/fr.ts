import { flows } from './flows/fr.ts'
import { page } from './page/fr.ts'

export const words = { ...page, ...flows }
