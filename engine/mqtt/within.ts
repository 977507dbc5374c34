/** Resolves when `work` calls `done`, or after `limit` milliseconds. */
export function within(limit: number, work: (done: () => void) => void): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, limit)
		work(() => {
			clearTimeout(timer)
			resolve()
		})
	})
}
