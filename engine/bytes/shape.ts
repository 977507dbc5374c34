/** Gives a value of unknown origin as what it must be, a copy without anything else; undefined where it is not. */
export type Shape<T> = (value: unknown) => T | undefined

/** A part of an object; `mayLack`: the object is right without it. */
type Part<T> = Shape<T> & { mayLack?: true }

/** Accepts text of a pattern. */
export const text =
	(pattern: RegExp): Shape<string> =>
	(value) =>
		typeof value === 'string' && pattern.test(value) ? value : undefined

/** Accepts finite numbers within bounds: JSON has `1e999` for infinity, and a loop over it may never end. */
export const number =
	(least: number, most: number): Shape<number> =>
	(value) =>
		typeof value === 'number' && value >= least && value <= most && Number.isFinite(value) ? value : undefined

/** Accepts integers within bounds. */
export const whole =
	(least: number, most: number): Shape<number> =>
	(value) =>
		Number.isSafeInteger(value) ? number(least, most)(value) : undefined

/** Accepts true and false. */
export const flag: Shape<boolean> = (value) => (typeof value === 'boolean' ? value : undefined)

/** Lets a part of an object be absent. */
export const optional = <T>(shape: Shape<T>): Part<T> => Object.assign((value: unknown) => shape(value), { mayLack: true as const })

/** Accepts objects whose known parts are right, each part of the type named. */
export function object<T extends object>(parts: { [Name in keyof T]-?: Part<NonNullable<T[Name]>> }): Shape<T> {
	const known = Object.entries(parts) as [string, Part<unknown>][]
	return (value) => {
		if (!isRecord(value)) return undefined
		const found: Record<string, unknown> = {}
		for (const [name, part] of known) {
			const given = Object.hasOwn(value, name) ? value[name] : undefined
			if (given === undefined && part.mayLack) continue
			const right = part(given)
			if (right === undefined) return undefined
			found[name] = right
		}
		return found as T
	}
}

/** Accepts lists of at most so many, all of one shape. */
export function list<T>(one: Shape<T>, most: number): Shape<T[]> {
	return (value) => {
		if (!Array.isArray(value) || value.length > most) return undefined
		const found = value.map(one)
		return found.includes(undefined) ? undefined : (found as T[])
	}
}

/** Accepts objects of at most so many entries, their names of a pattern, their values of one shape. */
export function table<T>(name: RegExp, one: Shape<T>, most: number): Shape<Record<string, T>> {
	return (value) => {
		if (!isRecord(value)) return undefined
		const entries = Object.entries(value).map(([key, member]) => [key, one(member)] as const)
		const isRight =
			entries.length <= most && entries.every(([key, member]) => member !== undefined && key !== '__proto__' && name.test(key))
		return isRight ? (Object.fromEntries(entries) as Record<string, T>) : undefined
	}
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
