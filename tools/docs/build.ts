import './browser.ts'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { speak } from '../web/src/words/words.ts'
import { assets } from './assets.ts'
import { pages } from './site.tsx'

/** `npm run docs [-- FOLDER]`: writes the site of guide, reference and meters as files that need no server, to dist/docs unless told otherwise. */
const began = performance.now()
const out = resolve(process.argv[2] ?? fileURLToPath(new URL('../../dist/docs/', import.meta.url)))
await speak('en')
rmSync(out, { recursive: true, force: true })
let bytes = 0
const files = [...(await pages()), ...assets()]
for (const { path, content } of files) {
	const file = resolve(out, path)
	mkdirSync(dirname(file), { recursive: true })
	writeFileSync(file, content)
	bytes += Buffer.byteLength(content)
}
const seconds = ((performance.now() - began) / 1000).toFixed(1)
console.log(`${files.length} files, ${(bytes / 1024 / 1024).toFixed(1)} MB, ${seconds} s: ${out}/index.html`)
// The page's modules have timers that wait for what a browser does.
process.exit(0)
