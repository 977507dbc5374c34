import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file of the site: its path below the site's folder. */
export type SiteFile = { path: string; content: string | Uint8Array }

const root = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

/** Styles of the page that the site uses, and its own behind them. */
const STYLES = ['base', 'form', 'telegram', 'kind'].map((name) => `tools/web/src/style/${name}.css`)
const FACE = 'node_modules/@fontsource-variable/figtree/'

/** Gives the files that all pages share: the style with its face, the script of the search, the icon, the pictures. */
export function assets(): SiteFile[] {
	const face = read(`${FACE}wght.css`).replaceAll('./files/', '')
	const fonts = [...face.matchAll(/url\(([\w.-]+\.woff2)\)/g)].map(([, name = '']) => name)
	return [
		{
			path: 'assets/site.css',
			content: [face, ...STYLES.map((path) => themed(read(path))), read('tools/docs/assets/docs.css')].join('\n'),
		},
		...fonts.map((name) => ({ path: `assets/${name}`, content: readFileSync(new URL(`${FACE}files/${name}`, root)) })),
		{ path: 'assets/figtree-LICENSE.txt', content: read(`${FACE}LICENSE`) },
		{ path: 'assets/search.js', content: read('tools/docs/assets/search.js') },
		{ path: 'assets/icon.svg', content: read('tools/web/public/icon.svg') },
		...pictures().map((name) => ({ path: `pictures/${name}`, content: readFileSync(new URL(`docs/pictures/${name}`, root)) })),
	]
}

/** Styles by the theme that the page names, as styles by that of the reader's system: nobody chooses one on a site of files. */
const themed = (style: string): string =>
	style.replace(/:root\[data-theme="dark"\]( \{[^}]*\})/g, '@media (prefers-color-scheme: dark) { :root$1 }')

/** Lists the pictures of the guide. */
export function pictures(): string[] {
	const folder = fileURLToPath(new URL('docs/pictures/', root))
	return existsSync(folder) ? readdirSync(folder).filter((name) => /\.(png|webp)$/.test(name)) : []
}
