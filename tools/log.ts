import { Writable } from 'node:stream'
import { type Logger, pino } from 'pino'
import { visible, visibleLines } from '../engine/text/visible.ts'

const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info ', 40: 'warn ', 50: 'error', 60: 'fatal' }

/** The log, on standard error: one line of text a message for people, or pino's JSON for programs. A worker's lines have its number. */
export function logger(
	form: 'text' | 'json',
	write: (line: string) => void = (line) => process.stderr.write(line),
	worker?: number,
): Logger {
	const stream = new Writable({
		write(chunk: Buffer, _encoding, done) {
			const line = chunk.toString().trimEnd()
			write(`${form === 'json' ? visibleLines(line) : textLine(line)}\n`)
			done()
		},
	})
	return pino({ base: worker === undefined ? null : { worker }, timestamp: pino.stdTimeFunctions.isoTime }, stream)
}

function textLine(json: string): string {
	const { level, time, worker, meter, msg, err } = JSON.parse(json) as {
		level: number
		time: string
		worker?: number
		meter?: string
		msg?: string
		err?: { stack?: string }
	}
	const clock = new Date(time).toTimeString().slice(0, 8)
	return `${clock} ${LEVELS[level] ?? level} ${worker === undefined ? '' : `worker ${worker}: `}${meter === undefined ? '' : `${meter}: `}${visible(msg ?? '')}${err?.stack ? `\n    ${visibleLines(err.stack, '    ')}` : ''}`
}
