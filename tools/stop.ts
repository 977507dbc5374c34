/**
 * Resolves on the first SIGINT or SIGTERM, with its name, after that many seconds, or when `ended` is aborted; a second signal ends the process at
 * once.
 */
export function untilStopped(seconds?: number, ended?: AbortSignal): Promise<NodeJS.Signals | undefined> {
	return new Promise((resolve) => {
		const timer = seconds === undefined ? setInterval(() => undefined, 2 ** 30) : setTimeout(() => stop(), seconds * 1000)
		let stopping = false
		function stop(signal?: NodeJS.Signals): void {
			if (stopping) process.exit(130)
			stopping = true
			clearTimeout(timer)
			resolve(signal)
		}
		process.on('SIGINT', stop)
		process.on('SIGTERM', stop)
		ended?.addEventListener('abort', () => stopping || stop())
	})
}
