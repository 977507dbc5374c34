import { fields } from '../../schema/types/fields.ts'
import { isObject, type Json } from '../document/merge.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Telegram } from '../telegram/telegram.ts'

/** The part of a telegram that is one meter's, the object's name where it has one, and the names of the other objects that are meters too. */
export type Chosen = { telegram: Telegram; name?: string; others: string[] }

/** Other meters of a message that are named: a message of 64 kB may have thousands. */
const MANY_OTHERS = 8

/**
 * Tells the meters of one message apart, each an object of it (`decoder.object`): one is taken, named by the setting or bound as the first that gave a
 * reading. The others are named, where they have values that the profile reads; objects that have none (`ESP32`) do not disturb.
 */
export class Objects {
	readonly #setting: string | undefined
	/** Paths into the message that the profile's fields are read from. */
	readonly #paths: string[][]
	#bound: string | undefined

	constructor({ document, transform }: CompiledProfile, bound?: string) {
		this.#setting = document.decoder.object
		this.#paths = [...transform].flatMap(([target, { paths }]) => (Object.hasOwn(fields, target) ? paths : []))
		this.#bound = bound
	}

	/** The name of the object that is the meter's, once it is known. */
	get own(): string | undefined {
		return this.#setting === '*' ? this.#bound : this.#setting
	}

	/** Chooses the meter's part of a telegram: the whole where nothing tells meters apart. */
	choose(telegram: Telegram): Chosen {
		const { json } = telegram
		if (this.#setting === undefined || !isObject(json)) return { telegram, others: [] }
		const meters = Object.keys(json).filter((name) => isObject(json[name]) && this.#isMeter(json, name))
		const name = this.own ?? meters[0]
		const others = meters.filter((other) => other !== name)
		const own = only(json, name)
		return {
			telegram: own === json ? telegram : { ...telegram, json: own },
			...(name !== undefined && name in json && { name }),
			others: others.slice(0, MANY_OTHERS),
		}
	}

	/** Binds the meter to the object of this name: it gave a reading. */
	bind(name: string): void {
		this.#bound ??= name
	}

	/** Whether the object has a value that a field is read from. */
	#isMeter(json: Json, name: string): boolean {
		return this.#paths.some((path) => path.length > 1 && (path[0] === '*' || path[0] === name) && has(json[name], path, 1))
	}
}

/** Whether there is a value at the end of a path, of which so many names are passed. */
function has(value: unknown, path: string[], passed: number): boolean {
	const name = path[passed]
	if (name === undefined) return value !== undefined && value !== null
	if (!isObject(value)) return false
	if (name === '*') return Object.values(value).some((inner) => has(inner, path, passed + 1))
	return Object.hasOwn(value, name) && has(value[name], path, passed + 1)
}

/** The message with the object of this name, and without its other objects. */
function only(json: Json, name: string | undefined): Json {
	if (Object.keys(json).every((key) => key === name || !isObject(json[key]))) return json
	return Object.fromEntries(Object.entries(json).filter(([key, value]) => key === name || !isObject(value)))
}
