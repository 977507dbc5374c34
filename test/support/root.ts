import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../engine/files/package.ts'

/** The folder of the package, with a slash at its end: tests find their data below it, whether they run built or from their sources. */
export const root = fileURLToPath(packageRoot)
