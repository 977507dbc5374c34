import type { Broker } from '../mqtt/broker.ts'

/**
 * Opens a server's port and returns its number; with `anyPort`, if it is taken, the next free one of the 20 that follow. Rejects with what is
 * wrong and which setting of the config helps.
 */
export async function openPort(
	server: Pick<Broker, 'listen'>,
	{ port, host = '127.0.0.1' }: { port?: number; host?: string },
	usual: number,
	anyPort: boolean,
	setting: string,
): Promise<number> {
	const first = port ?? usual
	for (let candidate = first; ; candidate++) {
		try {
			return await server.listen(candidate, host)
		} catch (error) {
			const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
			if (taken && anyPort && candidate < Math.min(first + 20, 65_535)) continue
			const reason = taken ? 'is in use by another program' : `cannot be opened (${(error as Error).message})`
			throw new Error(`port ${candidate} ${reason}: choose another in ${setting}`)
		}
	}
}
