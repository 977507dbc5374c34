import type { Inherited, WorkbenchAnswer } from '../../schema/types/api.ts'
import type { Path } from '../document/finding.ts'
import { isObject, type Json } from '../document/merge.ts'
import { type Chain, originOf } from '../profile/chain.ts'
import { mergedDocument } from '../profile/profile.ts'

/** Values that are listed: the longest profile of the package has 150. */
const MAX_VALUES = 1000

/** Lists the values that a profile has from its parents, and the defaults, each with the file and line that state it. */
export function inheritedOf(chain: Chain): Inherited[] {
	const found: Inherited[] = []
	const { first } = chain
	const own = first.value
	for (const [path, value] of leavesOf(mergedDocument(chain))) {
		if (found.length >= MAX_VALUES) break
		if (valueAt(own, path) !== undefined) continue
		const origin = originOf(chain, path)
		// A short form of its own stands for it.
		if (origin?.file === first.document.file) continue
		found.push({ path, value, ...(origin && { file: origin.file, line: origin.line }) })
	}
	return found
}

/** Names the parents of a profile, the nearest first. */
export function parentsOf({ parts }: Chain): NonNullable<WorkbenchAnswer['parents']> {
	return parts.slice(1).map(({ source: { name, file } }) => ({ name, file }))
}

type Leaf = NonNullable<Inherited['value']>

function* leavesOf(value: Json, path: Path = []): Generator<[Path, Leaf]> {
	for (const [key, inner] of Object.entries(value)) {
		if (isObject(inner)) yield* leavesOf(inner, [...path, key])
		else if (inner !== undefined && inner !== null) yield [[...path, key], inner as Leaf]
	}
}

const valueAt = (value: unknown, path: Path) => path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value)
