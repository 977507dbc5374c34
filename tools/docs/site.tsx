import { existsSync, readFileSync } from 'node:fs'
import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { findingText } from '../../engine/document/finding.ts'
import { packageVersion } from '../../engine/files/package.ts'
import { builtinProfiles, profileNames, readLibrary } from '../../engine/profile/library.ts'
import { meterKind } from '../../engine/workbench/meter-kind.ts'
import type { MeterKind } from '../web/src/api/types.ts'
import { countryName } from '../web/src/catalog/about.ts'
import { KindArticle } from '../web/src/catalog/kind.tsx'
import { KindCards } from '../web/src/catalog/list.tsx'
import { markdown, type Node, textOf } from '../web/src/catalog/markdown.ts'
import { Markdown } from '../web/src/catalog/markdown-view.tsx'
import { wordsOf } from '../web/src/catalog/search.ts'
import { say, sayIf } from '../web/src/words/words.ts'
import type { SiteFile } from './assets.ts'
import { linksFrom, TEXTS } from './links.ts'

const root = new URL('../../', import.meta.url)

/** Scripts, styles and pictures of the site's own folder; `file:` is the same folder where the site is opened from a disk. */
const POLICY =
	"default-src 'none'; style-src 'self' file:; font-src 'self' file:; img-src 'self' file:; script-src 'self' file:; base-uri 'none'; form-action 'none'"

type Page = { path: string; title: string; description: string; body: ComponentChildren; scripts?: string[] }

/** Renders all pages: the list of meters, one page a meter, the guide, the reference and the wiring; and the index of the search. */
export async function pages(): Promise<SiteFile[]> {
	const kinds = await builtinKinds()
	const names = new Set(kinds.map(({ name }) => name))
	const texts = Object.entries(TEXTS).filter(([source]) => existsSync(new URL(source, root)))
	const all: Page[] = [
		home(kinds),
		...kinds.map((kind) => kindPage(kind, names)),
		...texts.map(([source, path]) => textPage(source, path, names)),
	]
	return [
		...all.map((page) => ({ path: page.path, content: html(page) })),
		{
			path: 'assets/search-index.js',
			content: `window.kinds = ${JSON.stringify(Object.fromEntries(kinds.map((kind) => [kind.name, searched(kind)])))}\n`,
		},
	]
}

async function builtinKinds(): Promise<MeterKind[]> {
	const library = readLibrary([builtinProfiles])
	const kinds: MeterKind[] = []
	for (const name of profileNames(library)) {
		const kind = await meterKind(name, library)
		if (Array.isArray(kind)) throw new Error(kind.map(findingText).join('\n'))
		kinds.push(kind)
	}
	return kinds
}

const searched = (kind: MeterKind): string =>
	wordsOf(kind, [kind.country === undefined ? '' : countryName(kind.country), sayIf(`kind.port.${kind.port ?? ''}`) ?? ''])

function home(kinds: MeterKind[]): Page {
	return {
		path: 'index.html',
		title: say('kind.title'),
		description: `${kinds.length} kinds of meters and adapters: how each is wired, whether it needs a key, what it sends.`,
		scripts: ['assets/search-index.js', 'assets/search.js'],
		body: (
			<>
				<header class="kind-head">
					<h1>{say('kind.title')}</h1>
					<p class="lead">
						cii2mqtt reads the local interface of smart meters and publishes one harmonized MQTT message. {say('kind.lead')}
					</p>
				</header>
				<div id="search" />
				<KindCards kinds={kinds} address={(name) => `meters/${name}.html`} />
			</>
		),
	}
}

function kindPage(kind: MeterKind, names: ReadonlySet<string>): Page {
	const path = `meters/${kind.name}.html`
	const { address, picture } = linksFrom(`meters/${kind.name}/README.md`, path, names)
	return {
		path,
		title: kind.title,
		description: `${kind.title}: socket, line, key, values, and a telegram byte by byte.`,
		body: <KindArticle kind={kind} links={{ address, picture, kind: (name) => `${name}.html`, still: true }} />,
	}
}

function textPage(source: string, path: string, names: ReadonlySet<string>): Page {
	const text = readFileSync(new URL(source, root), 'utf8')
	const nodes = markdown(text)
	const title = textOf(nodes.filter((node) => isHeading(node, 'h1')).slice(0, 1))
	const parts = nodes.filter((node): node is Exclude<Node, string> => isHeading(node, 'h2'))
	return {
		path,
		title,
		description: title,
		body: (
			<>
				<nav class="contents" aria-label="On this page">
					{parts.map((part) => (
						<a key={part.id} href={`#${part.id}`}>
							{textOf(part.children)}
						</a>
					))}
				</nav>
				<Markdown text={text} anchors {...linksFrom(source, path, names)} />
			</>
		),
	}
}

const isHeading = (node: Node, tag: string): boolean => typeof node !== 'string' && node.tag === tag

const PLACES = [
	['index.html', 'Meters'],
	['guide.html', 'Guide'],
	['reference.html', 'Reference'],
	['wiring.html', 'Wiring'],
] as const

/** A whole page: nothing inline, and every address relative, so that the site works below any path and from a disk. */
function html({ path, title, description, body, scripts = [] }: Page): string {
	const up = path.includes('/') ? '../' : ''
	const content = renderToString(
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta http-equiv="Content-Security-Policy" content={POLICY} />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<meta name="description" content={description} />
				<title>{`${title} · cii2mqtt`}</title>
				<link rel="icon" href={`${up}assets/icon.svg`} type="image/svg+xml" />
				<link rel="stylesheet" href={`${up}assets/site.css`} />
			</head>
			<body>
				<div class="site">
					<header class="site-head">
						<a class="skip" href="#main">
							{say('app.skip')}
						</a>
						<a class="home" href={`${up}index.html`}>
							<img src={`${up}assets/icon.svg`} alt="" width="28" height="28" />
							cii2mqtt
						</a>
						<nav aria-label="Site">
							{PLACES.filter(([place]) => place === 'index.html' || existsPage(place)).map(([place, name]) => (
								<a key={place} href={up + place} aria-current={place === path ? 'page' : undefined}>
									{name}
								</a>
							))}
						</nav>
					</header>
					<main id="main">{body}</main>
					<footer class="site-foot">{`cii2mqtt ${packageVersion()}. The recordings are under the licences named beside them.`}</footer>
				</div>
				{scripts.map((script) => (
					<script key={script} src={up + script} />
				))}
			</body>
		</html>,
	)
	return `<!doctype html>\n${content}\n`
}

const existsPage = (page: string): boolean =>
	Object.entries(TEXTS).some(([source, path]) => path === page && existsSync(new URL(source, root)))
