import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build, type InlineConfig } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../../', import.meta.url))

/** How the page is built: relative addresses, since it may lie below any path; nothing inline, since the server's CSP forbids it. */
const settings: InlineConfig = {
	configFile: false,
	root: here,
	base: './',
	logLevel: 'warn',
	build: {
		outDir: `${root}dist/web`,
		emptyOutDir: true,
		target: 'es2022',
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		// The editor of profiles, which is loaded when somebody edits one.
		chunkSizeWarningLimit: 500,
	},
}

await build(settings)
// The licence of the face goes with it.
mkdirSync(`${root}dist/web/assets`, { recursive: true })
copyFileSync(`${root}node_modules/@fontsource-variable/figtree/LICENSE`, `${root}dist/web/assets/figtree-LICENSE.txt`)
// Compressed once here, not on each small computer that serves it.
for (const name of readdirSync(`${root}dist/web`, { recursive: true }).map(String)) {
	if (!/\.(html|js|css|svg|webmanifest)$/.test(name)) continue
	const body = readFileSync(`${root}dist/web/${name}`)
	writeFileSync(`${root}dist/web/${name}.br`, brotliCompressSync(body))
	writeFileSync(`${root}dist/web/${name}.gz`, gzipSync(body, { level: 9 }))
}
