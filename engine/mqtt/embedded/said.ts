/** Milliseconds in which a cause is told once. */
const PAUSE = 60_000

/** Passes on the first text of each cause, and after a minute how many more there were: strangers do not fill the log. */
export function oncePerMinute(tell: (text: string) => void) {
	const more = new Map<string, number>()
	return (cause: string, text: string): void => {
		const count = more.get(cause)
		if (count !== undefined) {
			more.set(cause, count + 1)
			return
		}
		more.set(cause, 0)
		tell(`embedded broker: ${text}`)
		setTimeout(() => {
			const others = more.get(cause) ?? 0
			more.delete(cause)
			if (others > 0) tell(`embedded broker: ${others} more like this within a minute: ${text}`)
		}, PAUSE).unref()
	}
}
