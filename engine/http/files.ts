import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Encoding, encoded } from './compress.ts'

const TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
	'.json': 'application/json; charset=utf-8',
	'.txt': 'text/plain; charset=utf-8',
	'.webmanifest': 'application/manifest+json; charset=utf-8',
}
/** Types that are compressed already. */
const DENSE = ['.png', '.woff2', '.ico']
/** A name with a hash of its content, as the builder makes it: what it names never changes. */
const HASHED = /^\/assets\/.*-[\w-]{8,}\.\w+$/

/** A file of the page. `etag`: the browser asks by it whether its copy is still good. */
export type PageFile = {
	type: string
	body: Buffer
	etag: string
	isHashed: boolean
	encoded(encoding: Encoding): Promise<Buffer | undefined>
}

/**
 * Reads the files of the page, by the path that they answer on; index.html answers on /. No path of a request ever touches the disk. A file beside with .br or
 * .gz is its compressed form; without one it is made when it is first asked for. Gives no file where the folder is not there.
 */
export function pageFiles(folder: URL): ReadonlyMap<string, PageFile> {
	let names: string[]
	try {
		names = readdirSync(folder, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'))
	} catch {
		return new Map()
	}
	const all = new Set(names)
	const served = names.filter((name) => extname(name) in TYPES)
	return new Map(served.map((name) => [name === 'index.html' ? '/' : `/${name}`, fileOf(folder, name, all)]))
}

function fileOf(folder: URL, name: string, all: ReadonlySet<string>): PageFile {
	const read = (file: string) => readFileSync(`${fileURLToPath(folder)}/${file}`)
	const body = read(name)
	const made = new Map<Encoding, Promise<Buffer | undefined>>()
	const beside = { br: `${name}.br`, gzip: `${name}.gz` }
	const make = (encoding: Encoding) => {
		if (DENSE.includes(extname(name))) return Promise.resolve(undefined)
		return all.has(beside[encoding]) ? Promise.resolve(read(beside[encoding])) : encoded(body, encoding, 11)
	}
	return {
		type: TYPES[extname(name)] ?? '',
		body,
		etag: createHash('sha256').update(body).digest('base64url').slice(0, 22),
		isHashed: HASHED.test(`/${name}`),
		encoded(encoding) {
			const known = made.get(encoding) ?? make(encoding)
			made.set(encoding, known)
			return known
		},
	}
}
