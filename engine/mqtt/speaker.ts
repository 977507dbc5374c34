/** Seconds until the same cause is said again. */
const AGAIN = 60

/** What one connection says to people: each change once, and what does not change it once a minute for each cause. */
export type Speaker = ReturnType<typeof speaker>

/** Makes a speaker before `status`; `now` counts seconds. */
export function speaker(status: (connected: boolean, text: string) => void, now: () => number) {
	const told = new Map<string, number>()
	let last = ''
	let silent = false
	return {
		/** Says that the connection changed. */
		say(connected: boolean, text: string): void {
			if (text !== last && !silent) status(connected, text)
			last = text
		},
		/** Says what does not change the connection. */
		tell(cause: string, text: string): void {
			const before = told.get(cause)
			if (silent || (before !== undefined && now() - before < AGAIN)) return
			told.set(cause, now())
			status(false, text)
		},
		/** Says nothing any more. */
		end(): void {
			silent = true
		},
	}
}

/** Shows a topic that others have chosen. */
export const shown = (topic: string) => `"${topic.slice(0, 100).replace(/\p{C}/gu, '?')}"`
