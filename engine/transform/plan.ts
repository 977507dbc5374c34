import { type Field, fields } from '../../schema/types/fields.ts'
import type { Expectation } from '../../schema/types/profile.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { round15 } from '../bytes/round.ts'
import type { Plain } from '../jsonata/expression.ts'
import type { Code } from '../telegram/code.ts'
import { type Derivation, derivationOf, isTariff } from './derived.ts'
import { type Expectations, ruleFor } from './expect.ts'
import type { FieldExpression } from './language.ts'
import { confirmation, type Rising } from './total.ts'

/** A profile's transform, compiled: target → expression, in the profile's order. */
export type Transform = Map<string, FieldExpression>

/** One field of a transform. `expression` is absent where it is only made of others. */
export type Step = {
	target: string
	kind: 'field' | 'submeters' | 'extra' | 'id' | 'time'
	expression: FieldExpression | undefined
	field: Field | undefined
}

/** A step that a code fills, unless one of a lower rank does. */
type Choice = { at: number; rank: number }

/**
 * Which steps a short code fills, and which have to be evaluated where a telegram carries it. `round`: the last telegram that carried it; `isStray`: a
 * total or tariff of a counter that is summed up, which the sum would miss.
 */
type Slot = { key: string; steps: Choice[]; dependents: number[]; round: number; isStray: boolean }

/** A step that is made of others where it has no value of its own. */
export type Derived = { at: number; kind: Derivation['kind']; from: number[] }

/** A transform's fields in the order that a reading has them, compiled to slots: a telegram costs what it carries, not what the schema knows. */
export class Plan {
	readonly steps: Step[]
	readonly id: number
	readonly time: number
	/** Steps that have to be evaluated for every telegram. */
	readonly always: number[]
	/** The step that is `submeters` and nothing more; -1 for none. */
	readonly submeters: number
	readonly derived: Derived[]
	readonly extras: number[]
	/** Steps that say what the connection carries at the moment. */
	readonly powers: number[]
	/** Steps that are a power of the moment, of any kind. */
	readonly loads: number[]
	readonly currents: number[]
	/** The rank of the code that fills each step, while a telegram is read. */
	readonly ranks: number[]
	/** Counts telegrams, to tell the marks of one in the slots from those of the next. */
	round = 0
	/** The values of the telegram at hand, while none has taken them. */
	#values: Values | undefined
	/** Blank readings as this transform has made them before. */
	readonly #shapes: Shape[] = []
	readonly #slots = new Map<string, Slot>()
	/** The same by the code's id; null for a code without a slot. */
	readonly #byCode: (Slot | null | undefined)[] = []
	readonly #checks = new WeakMap<Expectations, Checks>()

	constructor(transform: Transform) {
		this.steps = stepsOf(transform)
		this.ranks = this.steps.map(() => 0)
		const places = [...this.steps.keys()]
		this.id = this.steps.findIndex(({ kind }) => kind === 'id')
		this.time = this.steps.findIndex(({ kind }) => kind === 'time')
		this.submeters = this.steps.findIndex(({ kind, expression }) => kind === 'submeters' && expression?.keys?.join() === 'submeters')
		const place = new Map(this.steps.map(({ target }, at) => [target, at]))
		this.derived = places.flatMap((at) => {
			const made = derivationOf(this.steps[at]?.target ?? '', (name) => place.has(name))
			return made ? [{ at, kind: made.kind, from: made.from.map((name) => place.get(name) as number) }] : []
		})
		this.powers = places.filter((at) => /^(reactive_)?power_(import|export|net)$/.test(this.steps[at]?.target ?? ''))
		this.loads = places.filter((at) =>
			/^(reactive_|apparent_)?power_(import|export|net|q[1-4])(_l[123])?$/.test(this.steps[at]?.target ?? ''),
		)
		this.currents = places.filter((at) => /^current_(l[123]|n)$/.test(this.steps[at]?.target ?? ''))
		this.extras = places.filter((at) => this.steps[at]?.kind === 'extra')
		this.always = places.filter((at) => at !== this.submeters && !this.#fill(at))
		for (const slot of this.#slots.values()) slot.isStray = this.#isStray(slot.key, [...slot.steps.map(({ at }) => at), ...slot.dependents])
	}

	/** Puts a step into the slots of its codes; false where it must be evaluated whatever a telegram carries. */
	#fill(at: number): boolean {
		const { expression } = this.steps[at] as Step
		if (!expression) return true
		const { choices } = expression
		// Of an expression that the interpreter has, the compiled one is not known to give the same.
		if (choices && !(expression.evaluate({ values: { obis: {} }, functions: {} }) instanceof Promise)) {
			for (const [rank, code] of choices.entries()) this.#slot(code).steps.push({ at, rank })
			return true
		}
		if (!expression.needs || !isNothing(expression.evaluate({ values: { obis: {}, times: {} }, functions: {} }))) return false
		for (const need of new Set(expression.needs)) this.#slot(need).dependents.push(at)
		return true
	}

	#slot(key: string): Slot {
		const slot = this.#slots.get(key) ?? { key, steps: [], dependents: [], round: 0, isStray: false }
		this.#slots.set(key, slot)
		return slot
	}

	/** Whether a code is the total or a tariff of a counter that is summed up, and none of the steps that it fills is. */
	#isStray(key: string, steps: number[]): boolean {
		return this.derived.some(({ at, kind, from }) => {
			const isOf = kind === 'sum' && isTariff(key, (this.steps[at] as Step).target)
			return isOf && !steps.some((step) => step === at || from.includes(step))
		})
	}

	/** Gives the slot that a code fills, if there is one. */
	slotOf(code: Code): Slot | null {
		const known = this.#byCode[code.id]
		if (known !== undefined) return known
		const { key } = code
		let slot = key === undefined ? null : (this.#slots.get(key) ?? null)
		if (key !== undefined && !slot && this.#isStray(key, [])) {
			slot = this.#slot(key)
			slot.isStray = true
		}
		if (code.id >= 0) this.#byCode[code.id] = slot
		return slot
	}

	/** Gives what is expected of a reading, by the expectations: a profile's, or a meter's own. */
	checks(expect: Expectations): Checks {
		let checks = this.#checks.get(expect)
		if (!checks) {
			checks = checksOf(this.steps, expect)
			this.#checks.set(expect, checks)
		}
		return checks
	}

	/** Gives a telegram the place for its values, all undefined. One that still waits for an expression has its own. */
	take(): Values {
		const values = this.#values ?? this.steps.map(() => undefined)
		this.#values = undefined
		return values
	}

	/** Takes the values back from a telegram that is read. */
	done(values: Values): void {
		for (let at = 0; at < values.length; at++) values[at] = undefined
		this.#values = values
	}

	/**
	 * Gives the shape of a reading of so many steps that have a value, and of these parts: its keys stand in their order and wait for their values, since
	 * V8 copies an object faster than it adds keys.
	 */
	shape(values: Values, count: number, parts: number): Shape {
		for (const shape of this.#shapes)
			if (shape.parts === parts && shape.places.length === count && haveAll(values, shape.places)) return shape
		const places = [...this.steps.keys()].filter((at) => at !== this.id && at !== this.time && values[at] !== undefined)
		const targets = places.flatMap((at) => (this.steps[at]?.kind === 'extra' ? [] : [(this.steps[at] as Step).target]))
		const keys = [...HEAD, ...targets, 'extra', 'issues'].filter((key) => !(key in PARTS) || parts & PARTS[key as keyof typeof PARTS])
		const template = Object.fromEntries(keys.map((key) => [key, undefined])) as unknown as Blank
		const shape: Shape = { parts, places, template }
		if (this.#shapes.length < MANY_SHAPES) this.#shapes.push(shape)
		return shape
	}
}

/** The values of a telegram, by the place of their step; undefined for a step that has none. */
export type Values = (Plain | undefined)[]

const isNothing = (evaluated: ReturnType<FieldExpression['evaluate']>) =>
	!(evaluated instanceof Promise) && !('fault' in evaluated) && evaluated.value === undefined

const plans = new WeakMap<Transform, Plan>()

/** Gives the plan of a transform, made once. */
export function planOf(transform: Transform): Plan {
	const plan = plans.get(transform) ?? new Plan(transform)
	plans.set(transform, plan)
	return plan
}

function stepsOf(transform: Transform): Step[] {
	const has = (name: string) => transform.has(name)
	const targets = [...Object.keys(fields), 'submeters'].filter((name) => has(name) || derivationOf(name, has))
	const all = [...new Set([...['id', 'time'].filter((name) => !transform.has(name)), ...targets, ...transform.keys()])]
	return all.map((target) => ({
		target,
		kind: kindOf(target),
		expression: transform.get(target),
		field: Object.hasOwn(fields, target) ? fields[target] : undefined,
	}))
}

function kindOf(target: string): Step['kind'] {
	if (target === 'id' || target === 'time' || target === 'submeters') return target
	return target.startsWith('extra.') ? 'extra' : 'field'
}

/** The expectation of a step's value: a number from `low` to `high` is right without a further look, unless it is a counter (`rising`). */
export type Check = { rule: Expectation | undefined; low: number; high: number; rising: Rising | undefined }

function checkOf({ kind, field }: Step, rule: Expectation | undefined): Check {
	const { min = -Infinity, max = Infinity } = rule ?? {}
	const isNumber = kind === 'field' && field?.kind === 'number'
	const low = Math.max(min, field?.minimum ?? -Infinity)
	const rising = kind === 'field' ? risingOf(rule, field?.unit ?? '') : undefined
	return { rule, low: isNumber ? low : Infinity, high: isNumber ? max : -Infinity, rising }
}

/** Gives what is expected of a counter; undefined for any other field. */
const risingOf = ({ rising, maxPower, maxFlow, confirm }: Expectation = {}, unit: string): Rising | undefined =>
	rising ? { power: maxPower ?? maxFlow ?? Infinity, ...confirmation(confirm), unit } : undefined

/**
 * What is expected of a reading: of each step, also where no tag proves it, of sub-meters, how far the meter's clock may be off (ms), and the power (W)
 * that the connection carries.
 */
export type Checks = {
	steps: Check[]
	unproved: Check[]
	energy: Rising | undefined
	volume: Rising | undefined
	drift: number
	power: number
}

/** What is expected of a count of events where no tag proves it: one that leaps is confirmed by the next telegram. */
const COUNTED: Rising = { power: Number.POSITIVE_INFINITY, needed: 2, among: 2, unit: 'events', isEvents: true }

function checksOf(steps: Step[], expect: Expectations): Checks {
	const { drift } = ruleFor('time', expect) ?? {}
	const checks = steps.map((step) => checkOf(step, ruleFor(step.target, expect)))
	return {
		steps: checks,
		unproved: checks.map((check, at) => (steps[at]?.field?.class === 'count' && !check.rising ? { ...check, rising: COUNTED } : check)),
		energy: risingOf(ruleFor('submeters.energy', expect), 'Wh'),
		volume: risingOf(ruleFor('submeters.volume', expect), 'm³'),
		drift: drift === undefined ? Infinity : drift * 1000,
		power: ruleFor('energy_import', expect)?.maxPower ?? Infinity,
	}
}

/** A code's value as an expression gives it that is nothing more; undefined for one that has to be looked at. */
export function simple(value: unknown): Plain | undefined {
	if (typeof value === 'number')
		return Number.isSafeInteger(value) ? value : Number.isInteger(value) || !Number.isFinite(value) ? undefined : round15(value)
	return typeof value === 'boolean' || (typeof value === 'string' && value.length <= 1024) ? value : undefined
}

/** Parts of a reading that only some have, each a bit. */
export const PARTS = { time_quality: 1, invocation_counter: 2, extra: 4, issues: 8, meter_time: 16 }

/** What stands before the fields. */
const HEAD = [
	...['schema', 'meter', 'id', 'time', 'time_source', 'meter_time', 'time_quality'],
	...['received', 'session', 'seq', 'auth', 'invocation_counter', 'profile'],
]

/** A reading whose fields are written by name. */
type Blank = Reading & { [name: string]: unknown }

/** The shape of readings whose steps at these places have a value, with those parts. */
export type Shape = { parts: number; places: number[]; template: Blank }

/** A meter sends two or three lists; other lists are built each time. */
const MANY_SHAPES = 8

function haveAll(values: Values, places: number[]): boolean {
	for (const at of places) if (values[at] === undefined) return false
	return true
}
