import { type Code, type Compile, spend, Uncovered } from './code.ts'
import { list, type Node } from './node.ts'
import { append, GivesUp, isSequence } from './sequence.ts'

/** Gives the code of { key: value, … }: an object of the input, or of the groups that its items form by their keys. */
export function grouping(node: Node, code: Compile): Code {
	const pairs = (Array.isArray(node.lhs) ? node.lhs : []).map((pair) => {
		const [key, value] = list(pair)
		if (!key || !value) throw new Uncovered('a pair without its two sides')
		const text = key.type === 'string' ? String(key.value) : undefined
		if (text?.startsWith('_jsonata_')) throw new Uncovered('a key that JSONata keeps for itself')
		return { key: code(key), value: code(value), text }
	})
	const fixed = pairs.every(({ text }) => text !== undefined) && new Set(pairs.map(({ text }) => text)).size === pairs.length
	return (input, frame) => {
		const made: Record<string, unknown> = Object.create(null)
		if (fixed && !Array.isArray(input)) {
			for (const { text, value } of pairs) {
				const found = value(input, frame)
				if (found !== undefined) made[text as string] = found
			}
			return made
		}
		const items = Array.isArray(input) ? input : [input]
		// The interpreter adds an item to the empty list itself: in a list of the data all others see it.
		if (items.length === 0 && !isSequence(items)) throw new GivesUp('groups of nothing')
		const groups: Record<string, { data: unknown; place: number }> = Object.create(null)
		for (const item of items.length > 0 ? items : [undefined])
			pairs.forEach(({ key }, place) => {
				spend(frame)
				const name = key(item, frame)
				if (name === undefined) return
				if (typeof name !== 'string' || name.startsWith('_jsonata_')) throw new GivesUp('a key that is not a text')
				const group = groups[name]
				if (!group) groups[name] = { data: item, place }
				else if (group.place === place) group.data = append(group.data, item)
				else throw new GivesUp('two pairs of one key')
			})
		// Numbers as keys come first, there as here.
		for (const [name, { data, place }] of Object.entries(groups)) {
			const found = pairs[place]?.value(data, frame)
			if (found !== undefined) made[name] = found
		}
		return made
	}
}
