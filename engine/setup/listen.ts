import { linePort } from '../transport/bus.ts'
import type { Port } from '../transport/port.ts'
import type { Evidence } from './evidence.ts'
import type { LineSetting } from './lines.ts'
import type { Place } from './proposals.ts'

/** Milliseconds between two looks at what came. */
const LOOK = 400
/** Milliseconds more for a meter that was asked, as long as it answers; without bytes for so long it has ended. */
const [READOUT, ENDED] = [90_000, 3000]
/** Milliseconds in which a port that is in use may come free: ModemManager looks at an adapter for some seconds after it is plugged in. */
const BUSY = 8000
/** How often a bridge may close the connection before it is believed. */
const MAX_CLOSED = 3

/** How listening with one setting ended: frames, bytes that are not frames, too little in time, a port that cannot be used, or a person. */
export type End = 'found' | 'refuted' | 'quiet' | 'failed' | 'closed'

export type ListenSettings = {
	place: Place
	setting: LineSetting
	milliseconds: number
	evidence: Evidence
	/** Called when more may have come. */
	looked(): void
	/** Ends it. */
	signal: AbortSignal
}

/**
 * Listens with one setting of the line, until frames come or the time is over. Where something was found, the port stays open and the evidence grows: the caller
 * closes it. `trouble` says why a port cannot be used.
 */
export async function listen(settings: ListenSettings): Promise<{ end: End; port?: Port; trouble?: string }> {
	const { place, setting, milliseconds, evidence, looked, signal } = settings
	let trouble: string | undefined
	let [isOpen, closed, last] = [false, 0, 0]
	const asks = setting.transport.signOn !== undefined || setting.transport.request !== undefined
	let busy: NodeJS.Timeout | undefined
	let finish: (end: End) => void = () => undefined
	const ended = new Promise<End>((resolve) => {
		finish = resolve
	})
	function look(quiet: boolean): void {
		looked()
		if (isFound(evidence)) finish('found')
		else if (place.kind === 'serial' && !asks && evidence.refutes(quiet)) finish('refuted')
	}
	const port = linePort({ ...place, ...setting.transport }, () => milliseconds / 1000, {
		bytes(chunk, received) {
			evidence.take(chunk, received)
			last = performance.now()
			return undefined
		},
		idle() {
			evidence.silence()
			look(true)
		},
		message: () => undefined,
		status(text) {
			if (text === 'open') {
				isOpen = true
				trouble = undefined
			}
			// A meter that does not answer is no fault of the port.
			if (text === 'open' || (isOpen && asks)) return
			if (isOpen && place.kind === 'tcp' && ++closed < MAX_CLOSED) return
			trouble = text
			// The port is opened again by itself.
			if (!isOpen && /is in use by another program/.test(text))
				busy ??= setTimeout(() => isOpen || finish('failed'), Math.min(BUSY, milliseconds))
			else finish('failed')
		},
		restart: () => undefined,
	})
	const looks = setInterval(() => look(false), LOOK).unref()
	// A readout at 300 Bd takes a minute.
	const until = performance.now() + milliseconds + READOUT
	const over = () => {
		const now = performance.now()
		if (asks && last > now - ENDED && now < until) late = setTimeout(over, ENDED)
		else if (isOpen || place.kind === 'serial') finish('quiet')
		else {
			trouble = `${place.host}:${place.port} does not answer: is the bridge on, and in the same network?`
			finish('failed')
		}
	}
	let late = setTimeout(over, milliseconds)
	const abort = () => finish('closed')
	signal.addEventListener('abort', abort)
	if (signal.aborted) abort()
	const end = await ended
	clearInterval(looks)
	clearTimeout(late)
	clearTimeout(busy)
	signal.removeEventListener('abort', abort)
	if (end === 'found') return { end, port }
	await port.close()
	return { end, ...(trouble !== undefined && { trouble }) }
}

/** Tells whether a meter was found: an application understands it, or knows its sealed form. */
function isFound(evidence: Evidence): boolean {
	const verdict = evidence.bytes > 0 ? evidence.detected({})?.verdict : undefined
	return verdict === 'understood' || verdict === 'recognized'
}
