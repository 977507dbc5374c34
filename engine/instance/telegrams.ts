import type { Refusal, TelegramsDoor } from '../http/site.ts'
import type { Traces } from '../meter/traces.ts'

const unknown = (message: string): Refusal => ({ refused: 'unknown', code: 'telegram', message })
const noMeter = (meter: string) => unknown(`The meter "${meter}" does not run.`)
const noRecording = unknown('There is no such recording: it was deleted, or its time is over.')

/** Shows the page the last telegrams of the meters, and records what their ports give. */
export function telegramsOf(traces: Traces): TelegramsDoor {
	return {
		list: (meter) => traces.list(meter),
		explain(meter, id) {
			const found = traces.explain(meter, id)
			if (!found) return unknown('This telegram is no longer kept: only the last ones are.')
			const { reading, issues, ...rest } = found
			return { ...rest, ...(reading && { reading: { ...reading } }), ...(issues && { issues: issues.map((issue) => ({ ...issue })) }) }
		},
		record(meter, seconds) {
			const begun = traces.record(meter, seconds)
			if (!begun) return noMeter(meter)
			return 'busy' in begun ? { refused: 'busy', code: 'recordings', message: begun.busy } : begun
		},
		recording(id) {
			const found = traces.recording(id)
			if (!found) return noRecording
			if (found.state === 'recording') return { remaining: found.remaining }
			if (found.state === 'failed') return { refused: 'invalid', code: 'recording', message: found.reason }
			return { name: 'recording.capture.jsonl', text: found.text }
		},
		endRecording: (id) => (traces.end(id) ? {} : noRecording),
	}
}
