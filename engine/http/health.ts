import type { Now } from './site.ts'

/**
 * Returns the answer of /health. `status`: `ok`; `silent` when a meter sends nothing or does not run (those in `missing`), with its cause;
 * `disconnected` when the broker is away and nothing is published.
 */
export function health({ connected, outbox, meters, missing }: Now, version: string, since: string) {
	const each = meters.map(({ name, online, diagnostics }) => ({
		name,
		profile: diagnostics.profile,
		status: online ? 'online' : diagnostics.cause ? 'silent' : 'waiting',
		since: diagnostics.since,
		last_reading: diagnostics.last_reading,
		readings: diagnostics.readings,
		cause: diagnostics.cause,
		detail: diagnostics.silence,
	}))
	const stopped = missing.map(({ name, detail }) => ({ name, status: 'stopped', detail }))
	const silent = stopped.length > 0 || each.some(({ status }) => status === 'silent')
	return {
		schema: 'cii.health/1',
		status: connected ? (silent ? 'silent' : 'ok') : 'disconnected',
		version,
		since,
		broker: { connected, waiting: outbox.waiting },
		meters: [...each, ...stopped],
	}
}
