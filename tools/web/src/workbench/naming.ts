import type { ProfileEntry } from '../api/types.ts'
import { nameOf } from '../setup/flow.ts'
import { say } from '../words/words.ts'

/** What is to say of a name for a profile: a fault forbids it, a note only says what it means. */
export type NameSaid = { fault?: string; note?: string; taken?: boolean }

/** Characters of the longest name. */
export const LONGEST_NAME = 100

/** Says what is wrong with a name for a new profile, or what it means, held against the profiles that there are. */
export function judgeName(name: string, profiles: readonly ProfileEntry[]): NameSaid {
	if (name === '') return {}
	if (!/^[a-z0-9-]+$/.test(name)) {
		const better = nameOf(name)
		return { fault: better === '' ? say('bench.name.chars') : say('bench.name.better', { name: better }) }
	}
	if (name.length > LONGEST_NAME) return { fault: say('bench.name.long', { most: LONGEST_NAME }) }
	const same = profiles.find((one) => one.name === name)
	if (same?.source === 'own') return { fault: say('bench.name.taken'), taken: true }
	return same ? { note: say('bench.name.shadows', { name }) } : {}
}

/** Gives a name that is still free: `my-meter`, `my-meter-2`. */
export function freeName(wanted: string, profiles: readonly ProfileEntry[]): string {
	const taken = new Set(profiles.map(({ name }) => name))
	if (!taken.has(wanted)) return wanted
	let count = 2
	while (taken.has(`${wanted}-${count}`)) count++
	return `${wanted}-${count}`
}
