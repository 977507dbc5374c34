import { latin1 } from '../bytes/hex.ts'
import { topicPatterns } from '../mqtt/filter.ts'
import type { Message } from '../mqtt/message.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Outcome } from './pipeline.ts'

/** Where a message was published: the named levels of its topic, and the name by which its values stand in `json`; undefined for a whole telegram. */
export type Place = { levels: Record<string, string>; name?: string[] | undefined }

/** Tells which messages are a meter's, before their values are looked at. */
export type Accept = ReturnType<typeof accept>

/**
 * Accepts what a profile says. Two households never merge: the level that names the meter is pinned, or bound to the first that gave a
 * reading (`bound`).
 */
export function accept({ transport, decoder }: CompiledProfile['document'], bound?: string) {
	const { topic: written = '#', levels: pinned = {}, identity, merge } = transport
	const patterns = topicPatterns(written, pinned)
	const isNamed = merge !== undefined || decoder.application === 'value'
	const by = merge?.by?.split('/') ?? []
	let own = bound
	let last: { topic: string; levels: Record<string, string> | undefined } | undefined

	/** The levels that `merge.by` names, else the last one of the topic. */
	function nameOf(topic: string, levels: Record<string, string>): string[] {
		const named = by.flatMap((level) => levels[level] ?? [])
		return named.length > 0 ? named : topic.split('/').slice(-1)
	}

	/** The levels of a topic; a meter's is the same each time. */
	function levelsOf(topic: string): Record<string, string> | undefined {
		if (last?.topic !== topic) last = { topic, levels: matched(topic) }
		return last.levels
	}

	function matched(topic: string): Record<string, string> | undefined {
		for (const pattern of patterns) {
			const levels = pattern.match(topic)
			if (levels) return levels
		}
		return undefined
	}

	function strangerOf(levels: Record<string, string>, held: Record<string, string> = {}): string | undefined {
		if (identity === undefined) return undefined
		const [value, known] = [levels[identity], pinned[identity] ?? own ?? held[identity]]
		if (value === undefined || known === undefined || value === known) return undefined
		return `a message of ${identity} "${value.slice(0, 64)}": this meter is "${known}" (pin it by transport.levels.${identity}; a second meter needs an entry of its own)`
	}

	return {
		/** Gives the place of a message; of one that is not looked at, what becomes of it. `held`: levels of the telegram that has begun, whose meter may not be bound yet. */
		admit({ topic, payload }: Message, held?: Record<string, string>): Place | Exclude<Outcome, { kind: 'reading' }> {
			const rejected = (detail: string) => ({ kind: 'rejected', reason: 'unknown', detail, bytes: payload }) as const
			const levels = levelsOf(topic)
			if (!levels) return rejected(`the topic ${topic.slice(0, 100)} does not fit ${[written].flat().join(', ')}`)
			if (payload.length < 256 && decoder.ignore?.includes(latin1(payload))) return { kind: 'discarded', reason: 'noise', bytes: payload }
			const stranger = strangerOf(levels, held)
			return stranger === undefined ? { levels, name: isNamed ? nameOf(topic, levels) : undefined } : rejected(stranger)
		},
		/** Takes the meter that these levels name for the one. Other devices may send on such topics too: only a message with a reading says so. */
		bind(levels: Record<string, string>): void {
			if (identity !== undefined) own ??= levels[identity]
		},
		/** Gives the meter that levels named; undefined before, and where no level names it. */
		bound: () => own,
	}
}
