import { type Code, type Compile, type Frame, Uncovered, weight } from './code.ts'
import { list, type Node } from './node.ts'
import { add, append, GivesUp } from './sequence.ts'
import { pay } from './steps.ts'

/** Gives the code of { key: value, … }: an object of the input, or of the groups that its items form by their keys. */
export function grouping(node: Node, code: Compile): Code {
	const pairs = (Array.isArray(node.lhs) ? node.lhs : []).map((pair) => {
		const [key, value] = list(pair)
		if (!key || !value) throw new Uncovered('a pair without its two sides', node)
		const text = key.type === 'string' ? String(key.value) : undefined
		if (text?.startsWith('_jsonata_')) throw new Uncovered('a key that JSONata keeps for itself', node)
		return { key: code(key), value: code(value), text, keyCost: 2 + weight(key), cost: 4 + weight(value) }
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
		const groups: Record<string, Group> = Object.create(null)
		for (const item of items.length > 0 ? items : [undefined])
			pairs.forEach(({ key, keyCost }, place) => {
				pay(frame, keyCost)
				const name = key(item, frame)
				if (name === undefined) return
				if (typeof name !== 'string') throw new GivesUp('a key of { … } is no text')
				if (name.startsWith('_jsonata_')) throw new GivesUp(`a key of { … } begins with _jsonata_, which JSONata keeps for itself`)
				pay(frame, name.length >> 2)
				const group = groups[name]
				if (!group) groups[name] = { data: item, place, isOwn: false }
				else if (group.place === place) join(group, item, frame)
				else throw new GivesUp(`two pairs of { … } give the same key "${name.slice(0, 40)}"`)
			})
		// Numbers as keys come first, there as here.
		for (const [name, { data, place }] of Object.entries(groups)) {
			const pair = pairs[place]
			pay(frame, pair?.cost ?? 0)
			const found = pair?.value(data, frame)
			if (found !== undefined) made[name] = found
		}
		return made
	}
}

/** The items of one key, from the pair at a place; `isOwn`: the list of them is made here. */
type Group = { data: unknown; place: number; isOwn: boolean }

/** Adds an item to a group. Joining lists again for each item would take the square of their number. */
function join(group: Group, item: unknown, frame: Frame): void {
	if (!group.isOwn) {
		pay(frame, (Array.isArray(group.data) ? group.data.length : 1) >> 2)
		group.isOwn = group.data !== undefined && item !== undefined
		group.data = append(group.data, item)
		return
	}
	const list = group.data as unknown[]
	const items = Array.isArray(item) ? item : item === undefined ? [] : [item]
	pay(frame, items.length >> 2)
	for (const inner of items) add(list, inner)
}
