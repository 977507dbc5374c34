import { readFileSync } from 'node:fs'

/** Names the folder of the package: above engine/ in the sources, above dist/ when built. */
export const packageRoot = new URL(import.meta.url.includes('/dist/engine/') ? '../../../' : '../../', import.meta.url)

/** Reads the version of this package. */
export function packageVersion(): string {
	return (JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string }).version
}
