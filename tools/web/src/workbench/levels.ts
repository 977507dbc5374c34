import { inheritedAt, type Known } from './facts.ts'
import { written } from './insertion.ts'
import type { JsonTree } from './json-path.ts'

/** Names of the levels of the topic: `+device` in `tele/+device/SENSOR`. */
export function levelsOf(tree: JsonTree, known: Known): string[] {
	const own = tree.root?.members.find(({ name }) => name === 'transport')?.value
	const inherited = inheritedAt(known, ['transport', 'topic']).map(({ value }) => written(value))
	const texts = [own ? tree.text.slice(own.from, own.to) : '', ...inherited]
	return [...new Set(texts.flatMap((text) => [...text.matchAll(/\/?\+(\w+)/g)].map(([, level = '']) => level)))]
}
