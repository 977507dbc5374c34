import { posix } from 'node:path'
import type { MarkdownSettings } from '../web/src/catalog/markdown-view.tsx'
import { pictures } from './assets.ts'

/** Documents of the repository that are pages of the site. */
export const TEXTS: Record<string, string> = {
	'profiles/README.md': 'guide.html',
	'profiles/REFERENCE.md': 'reference.html',
	'meters/README.md': 'wiring.html',
}

/**
 * Resolves the links of a document (`source`, its path in the repository) that is shown on a page (`page`, its path in the site): to other pages of the site,
 * and to nothing where the site does not have the file.
 */
export function linksFrom(
	source: string,
	page: string,
	kinds: ReadonlySet<string>,
): Required<Pick<MarkdownSettings, 'address' | 'picture'>> {
	const there = (path: string): string => posix.relative(posix.dirname(page), path) || posix.basename(path)
	const full = (target: string): string => posix.join(posix.dirname(source), target)
	return {
		address(target) {
			const [path = '', anchor] = target.split('#')
			const behind = anchor === undefined ? '' : `#${anchor}`
			if (path === '') return behind || undefined
			const file = full(path)
			const text = TEXTS[file] ?? TEXTS[posix.join(file, 'README.md')]
			if (text !== undefined) return there(text) + behind
			const [, kind = ''] = /^meters\/([a-z0-9-]+)(?:\/(?:README\.md)?)?$/.exec(file) ?? []
			return kinds.has(kind) ? there(`meters/${kind}.html`) : undefined
		},
		picture(target) {
			const [, name = ''] = /^docs\/pictures\/([\w.-]+)$/.exec(full(target)) ?? []
			return pictures().includes(name) ? there(`pictures/${name}`) : undefined
		},
	}
}
