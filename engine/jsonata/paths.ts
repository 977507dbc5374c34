import { type Code, type Compile, type Frame, part, weight } from './code.ts'
import { grouping } from './groups.ts'
import { list, type Node } from './node.ts'
import { add, GivesUp, isNumber, isSequence, type Sequence, sequence, truth } from './sequence.ts'
import { keysOf, pay, payList } from './steps.ts'

/** Gives the code of a path: each step on all that the one before gave. */
export function path(node: Node, code: Compile): Code {
	const steps = list(node.steps)
	const codes = steps.map((step) => ({
		run: code(step),
		stages: list(step.stages).map((stage) => filter(part(stage, 'expr'), code)),
		cost: 2 + weight(step),
	}))
	const last = codes.length - 1
	const group = node.group === undefined ? undefined : grouping(part(node, 'group'), code)
	const keepsArray = node.keepSingletonArray === true
	const [first] = steps
	const fromVariable = first?.type === 'variable'
	const constructed = first?.consarray === true
	return (input, frame) => {
		let values: Sequence = Array.isArray(input) && !fromVariable ? input : sequence(input)
		let result: Sequence | undefined
		let place = 0
		for (const taken of codes) {
			result = place === 0 && constructed ? (taken.run(values, frame) as Sequence) : step(taken, values, frame, place === last)
			place++
			if (result === undefined || result.length === 0) break
			values = result
		}
		if (keepsArray) result = kept(result)
		return group ? group(result, frame) : result
	}
}

/** `a[]`: a list stays one, however few it holds. */
function kept(result: Sequence | undefined): Sequence {
	if (result === undefined) throw new GivesUp('there is nothing that [] could keep as a list')
	const values: Sequence = Array.isArray(result) && 'cons' in result && result.sequence !== true ? sequence(result) : result
	values.keepSingleton = true
	return values
}

/** Gives the code of a predicate: takes what it is applied to as its input. */
export function filter(predicate: Node, code: Compile): Code {
	return predicate.type === 'number' ? placed(Math.floor(Number(predicate.value))) : matching(code(predicate), 2 + weight(predicate))
}

/** A step of a path, with the predicates that follow it; `cost`: steps that it takes for each item. */
type Taken = { run: Code; stages: Code[]; cost: number }

/** Takes one step of a path on each item of what came before; a list that the last step gives stays as it is. */
function step({ run, stages, cost }: Taken, input: unknown[], frame: Frame, isLast: boolean): Sequence {
	const results: unknown[] = []
	// An item of a list that is written out stands alone: the interpreter takes a text's characters, and nothing of any other.
	for (const item of typeof input === 'string' || Array.isArray(input) ? input : []) {
		pay(frame, cost)
		let value = run(item, frame)
		for (const stage of stages) value = stage(value, frame)
		if (value !== undefined) add(results, value)
	}
	const [first] = results
	if (isLast && results.length === 1 && Array.isArray(first) && !isSequence(first)) return first
	const flat = sequence()
	for (const value of results) {
		if (!Array.isArray(value) || 'cons' in value) add(flat, value)
		else {
			payList(frame, value)
			for (const inner of value) add(flat, inner)
		}
	}
	return flat
}

/** A predicate that is a number: the item at that place, from the end where it is negative. */
function placed(place: number): Code {
	return (input) => {
		const list = Array.isArray(input) ? input : sequence(input)
		const item: unknown = list[place < 0 ? list.length + place : place]
		return Array.isArray(item) ? item : item === undefined ? sequence() : sequence(item)
	}
}

/** A predicate: the items for which it is true, or whose places it names. */
function matching(test: Code, cost: number): Code {
	return (input, frame) => {
		const list = Array.isArray(input) ? input : [input]
		const all = sequence()
		for (let place = 0; place < list.length; place++) {
			pay(frame, cost)
			const found = test(list[place], frame)
			if (Array.isArray(found)) pay(frame, found.length)
			const places = isNumber(found) ? [found] : Array.isArray(found) && found.every(isNumber) ? found : undefined
			if (places === undefined) {
				if (truth(found, frame) === true) add(all, list[place])
			} else
				for (const one of places) {
					const floor = Math.floor(one)
					if ((floor < 0 ? list.length + floor : floor) === place) add(all, list[place])
				}
		}
		return all
	}
}

/** Gives every value of an object, lists flattened. */
export function wildcard(input: unknown, frame: Frame): unknown {
	const found = sequence()
	const object: unknown = (input as Sequence | undefined)?.outerWrapper === true ? (input as Sequence)[0] : input
	if (typeof object !== 'object' || object === null) return found
	for (const key of keysOf(frame, object)) {
		const value = (object as Record<string, unknown>)[key]
		// As the interpreter has it: what a list was joined to is no sequence any more.
		if (Array.isArray(value)) found.sequence = false
		addFlat(found, value, frame)
	}
	return found
}

function addFlat(to: unknown[], value: unknown, frame: Frame): void {
	if (!Array.isArray(value)) {
		add(to, value)
		return
	}
	pay(frame, 2 + value.length)
	for (const inner of value) addFlat(to, inner, frame)
}
