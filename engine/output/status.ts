import type { Logger } from 'pino'
import type { Connection } from '../mqtt/client.ts'
import type { Topics } from '../mqtt/topics.ts'

type Status = { errors: string; status: 'active' | 'rejected' }

/** Says what became of each output of the config: in the log, and on its status topic. */
export function statuses(connection: Pick<Connection, 'publish'>, topics: Topics, log: Logger) {
	const known = new Map<string, Status>()
	return {
		/** Says once what is wrong with an output, or that nothing is. */
		tell(output: string, errors: string[]): void {
			const before = known.get(output)
			const text = errors.join('\n')
			if (before?.errors === text) return
			const status = text === '' ? 'active' : 'rejected'
			known.set(output, { errors: text, status })
			for (const line of errors) log.error(`output ${output}: ${line}`)
			if (text === '' && before) log.info(`output ${output} is right again`)
			const payload = JSON.stringify({ output, status, errors })
			connection.publish({ topic: topics.output(output), payload, retain: true, contentType: 'application/json' })
		},
		/** Forgets the outputs that the config no longer has, and clears their status topics. */
		keep(isKept: (output: string) => boolean): void {
			for (const output of [...known.keys()].filter((one) => !isKept(one))) {
				known.delete(output)
				connection.publish({ topic: topics.output(output), payload: '', retain: true })
			}
		},
		list: () => [...known].map(([output, { status }]) => ({ output, status })),
	}
}
