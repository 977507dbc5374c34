import type { Cause, Diagnostics } from '../../schema/types/diagnostics.ts'
import { refusalText } from '../telegram/reasons.ts'
import type { Transport } from '../transport/port.ts'

/** Counts at the last reading, and what became of the last telegram that gave no reading. */
export type LastHeard = { bytes: number; frames: number; refusal: Cause }

/** Explains why no reading comes, in one word and in a sentence with what to check. `foreign`: what the bytes are that gave no frame. */
export function causeOfSilence(
	now: Diagnostics,
	last: LastHeard,
	transport: Transport,
	foreign?: string,
): { cause: Cause; silence: string } {
	if (now.port !== 'open') return { cause: 'port', silence: now.port }
	if ((now.bytes ?? 0) === last.bytes) return { cause: 'no-bytes', silence: nothingArrives(transport) }
	if (now.frames === last.frames) {
		if (foreign !== undefined) return { cause: 'no-frames', silence: `no frame of this protocol: ${foreign} (noise)` }
		const doubt = `bytes arrive, but no frame: ${lineDoubt(transport)}`
		return { cause: 'no-frames', silence: now.readings > 0 ? 'only noise arrives: is the cable loose? (noise)' : doubt }
	}
	if (last.refusal === 'duplicate')
		return { cause: 'duplicate', silence: `all that arrives was there before: ${refusalText({ reason: 'duplicate' })}` }
	return { cause: last.refusal, silence: now.last_rejected ?? 'telegrams arrive, but give no reading' }
}

function nothingArrives({ kind, topic, host, port }: Transport): string {
	if (kind === 'mqtt')
		return `no message arrives on ${[topic].flat().join(', ')}: does the adapter publish to this broker, under this topic?`
	if (kind === 'tcp') return `nothing arrives from ${host}:${port}: does the bridge read the meter?`
	return 'nothing arrives: is the interface enabled by the operator, the cable in its port?'
}

function lineDoubt({ kind, baudRate = 9600, dataBits = 8, parity = 'none', stopBits = 1 }: Transport): string {
	if (kind !== 'serial') return 'another link layer, or wrong line settings at the bridge?'
	const settings = `${baudRate} Bd ${dataBits}${parity[0]?.toUpperCase()}${stopBits}`
	return `this looks like wrong line settings (now ${settings}), or another link layer; "cii2mqtt record --probe" finds them`
}
