import { type Code, type Compile, charge, type Frame, part, spend } from './code.ts'
import { grouping } from './groups.ts'
import { list, type Node } from './node.ts'
import { add, append, GivesUp, isNumber, isSequence, type Sequence, sequence, truth } from './sequence.ts'

/** Gives the code of a path: each step on all that the one before gave. */
export function path(node: Node, code: Compile): Code {
	const steps = list(node.steps)
	const codes = steps.map((step) => ({ run: code(step), stages: list(step.stages).map((stage) => filter(part(stage, 'expr'), code)) }))
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
		for (const { run, stages } of codes) {
			result = place === 0 && constructed ? (run(values, frame) as Sequence) : step(run, stages, values, frame, place === last)
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
	if (result === undefined) throw new GivesUp('nothing to keep as a list')
	const values: Sequence = Array.isArray(result) && 'cons' in result && result.sequence !== true ? sequence(result) : result
	values.keepSingleton = true
	return values
}

/** Gives the code of a predicate: takes what it is applied to as its input. */
export function filter(predicate: Node, code: Compile): Code {
	return predicate.type === 'number' ? placed(Math.floor(Number(predicate.value))) : matching(code(predicate))
}

/** Takes one step of a path on each item of what came before; a list that the last step gives stays as it is. */
function step(run: Code, stages: Code[], input: unknown[], frame: Frame, isLast: boolean): Sequence {
	const results: unknown[] = []
	for (const item of input) {
		spend(frame)
		let value = run(item, frame)
		for (const stage of stages) value = stage(value, frame)
		if (value !== undefined) add(results, value)
	}
	const [first] = results
	if (isLast && results.length === 1 && Array.isArray(first) && !isSequence(first)) return first
	const flat = sequence()
	for (const value of results) {
		if (Array.isArray(value) && !('cons' in value)) for (const inner of value) add(flat, inner)
		else add(flat, value)
	}
	charge(frame, flat)
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
function matching(test: Code): Code {
	return (input, frame) => {
		const list = Array.isArray(input) ? input : [input]
		const all = sequence()
		for (let place = 0; place < list.length; place++) {
			spend(frame)
			const found = test(list[place], frame)
			const places = isNumber(found) ? [found] : Array.isArray(found) && found.every(isNumber) ? found : undefined
			if (places === undefined) {
				if (truth(found) === true) add(all, list[place])
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
	let found: unknown = sequence()
	const object: unknown = (input as Sequence | undefined)?.outerWrapper === true ? (input as Sequence)[0] : input
	if (typeof object !== 'object' || object === null) return found
	const inside = Object.values(object)
	charge(frame, inside)
	for (const value of inside) {
		if (Array.isArray(value)) found = append(found, value.flat(Number.POSITIVE_INFINITY))
		else add(found as unknown[], value)
	}
	return found
}
