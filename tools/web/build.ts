import { copyFileSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
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
		chunkSizeWarningLimit: 300,
	},
}

await build(settings)
// The licence of the face goes with it.
mkdirSync(`${root}dist/web/assets`, { recursive: true })
copyFileSync(`${root}node_modules/@fontsource-variable/figtree/LICENSE`, `${root}dist/web/assets/figtree-LICENSE.txt`)
