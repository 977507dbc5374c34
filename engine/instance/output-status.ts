type Tell = (output: string, status: 'active' | 'rejected' | 'gone', errors: string[]) => void

/**
 * Puts together what is wrong with an output: with its file or settings, and with the ports on which it answers. `tell` gets each status that differs
 * from the one before.
 */
export function outputStatus(tell: Tell) {
	const errors = new Map<string, string[]>()
	const troubles = new Map<string, string[]>()
	const told = new Map<string, string>()
	const settle = (output: string) => {
		const all = [...(errors.get(output) ?? []), ...(troubles.get(output) ?? [])]
		const text = all.join('\n')
		if (told.get(output) === text) return
		told.set(output, text)
		tell(output, all.length > 0 ? 'rejected' : 'active', all)
	}
	return {
		/** Takes what is wrong with the file or the settings. */
		status(output: string, status: 'active' | 'rejected' | 'gone', found: string[]): void {
			if (status !== 'gone') errors.set(output, found)
			else for (const known of [errors, troubles, told]) known.delete(output)
			if (status === 'gone') tell(output, status, [])
			else settle(output)
		},
		/** Takes what keeps it from answering. */
		trouble(output: string, found: string[]): void {
			troubles.set(output, found)
			settle(output)
		},
	}
}
