import { latin1 } from '../bytes/hex.ts'
import { topicPattern } from '../mqtt/filter.ts'
import type { Message } from '../mqtt/message.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Outcome } from './pipeline.ts'

/** Tells which messages are a meter's, before their values are looked at. */
export type Accept = ReturnType<typeof accept>

/**
 * Accepts what a profile says. Two households never merge: the level that names the meter is pinned, or bound to the first that gave a
 * reading (`bound`).
 */
export function accept({ transport, decoder }: CompiledProfile['document'], bound?: string) {
	const { topic: pattern = '#', levels: pinned = {}, identity } = transport
	const { match } = topicPattern(pattern, pinned)
	let own = bound

	function strangerOf(levels: Record<string, string>): string | undefined {
		if (identity === undefined) return undefined
		const [value, known] = [levels[identity], pinned[identity] ?? own]
		if (value === undefined || known === undefined || value === known) return undefined
		return `a message of ${identity} "${value.slice(0, 64)}": this meter is "${known}" (pin it by transport.levels.${identity}; a second meter needs an entry of its own)`
	}

	return {
		/** Gives the named levels of a message's topic; of one that is not looked at, what becomes of it. */
		admit({ topic, payload, retain }: Message): { levels: Record<string, string> } | Exclude<Outcome, { kind: 'reading' }> {
			const rejected = (detail: string) => ({ kind: 'rejected', reason: 'unknown', detail, bytes: payload }) as const
			// The broker kept it from before: nothing says from when.
			if (retain) return { kind: 'discarded', reason: 'duplicate', bytes: payload }
			const levels = match(topic)
			if (!levels) return rejected(`the topic ${topic.slice(0, 100)} does not fit ${transport.topic ?? ''}`)
			if (payload.length < 256 && decoder.ignore?.includes(latin1(payload))) return { kind: 'discarded', reason: 'noise', bytes: payload }
			const stranger = strangerOf(levels)
			return stranger === undefined ? { levels } : rejected(stranger)
		},
		/** Takes the meter that these levels name for the one. Other devices may send on such topics too: only a message with a reading says so. */
		bind(levels: Record<string, string>): void {
			if (identity !== undefined) own ??= levels[identity]
		},
		/** Gives the meter that levels named; undefined before, and where no level names it. */
		bound: () => own,
	}
}
