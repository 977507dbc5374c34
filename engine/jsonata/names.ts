import { isNode, type Node, nodesIn } from './node.ts'

/** The variables that a block or a function declares, each with its slot in the frame, inside those of what it stands in. */
export class Names {
	readonly #slots = new Map<string, number>()
	readonly #outer: Names | undefined
	readonly #all: { count: number }

	constructor(outer?: Names) {
		this.#outer = outer
		this.#all = outer ? outer.#all : { count: 0 }
	}

	/** Gives the slot of a variable of this block; a new one for a new name. */
	declare(name: string): number {
		const known = this.#slots.get(name)
		if (known !== undefined) return known
		const slot = this.#all.count++
		this.#slots.set(name, slot)
		return slot
	}

	/** Declares every name that is bound in this block itself, however deep in an expression. */
	declareBound(node: Node): void {
		if (node.type === 'bind' && isNode(node.lhs)) this.declare(String(node.lhs.value))
		if (node.type === 'block' || (node.type === 'lambda' && node.thunk !== true)) return
		for (const [key, value] of Object.entries(node)) if (key !== 'value') for (const inner of nodesIn(value)) this.declareBound(inner)
	}

	/** Gives the slots that a name may mean, the innermost first. */
	slotsOf(name: string): number[] {
		const slot = this.#slots.get(name)
		return [...(slot === undefined ? [] : [slot]), ...(this.#outer?.slotsOf(name) ?? [])]
	}

	/** Gives the slots of this block alone. */
	slots(): number[] {
		return [...this.#slots.values()]
	}

	/** Counts the slots of the whole expression. */
	get count(): number {
		return this.#all.count
	}
}
