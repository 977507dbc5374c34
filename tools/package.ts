import { readFileSync } from 'node:fs'
import { packageRoot } from '../engine/profile/parse.ts'

/** The version of this package. */
export function version(): string {
	return (JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string }).version
}
