import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Answer } from './server.ts'

const TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.webmanifest': 'application/manifest+json',
}

/** Libraries by the name that the page loads them by: the browser builds in their packages. */
const LIBRARIES = {
	'lib/mqtt.js': ['mqtt', 'dist/mqtt.esm.js'],
	'lib/uplot.js': ['uplot', 'dist/uPlot.esm.js'],
	'lib/uplot.css': ['uplot', 'dist/uPlot.min.css'],
} as const

/** Makes routes for the files of a folder and for the libraries; index.html answers on /. Throws the system's error when one cannot be read. */
export function fileRoutes(folder: URL): Record<string, () => Answer> {
	const { resolve } = createRequire(import.meta.url)
	const own = readdirSync(folder).filter((name) => extname(name) in TYPES)
	const files = [
		...own.map((name) => [name === 'index.html' ? '' : name, join(fileURLToPath(folder), name)] as const),
		...Object.entries(LIBRARIES).map(([name, [from, file]]) => [name, join(dirname(resolve(`${from}/package.json`)), file)] as const),
	]
	return Object.fromEntries(
		files.map(([name, path]) => {
			const body = readFileSync(path)
			const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
			return [`/${name}`, () => ({ type: TYPES[extname(path)] ?? '', body, etag })]
		}),
	)
}
