import type { Cause, Diagnostics } from '../../schema/types/diagnostics.ts'
import type { Transport } from '../../schema/types/profile.ts'

/** Counts at the last reading, and what became of the last telegram that gave no reading. */
export type LastHeard = { bytes: number; frames: number; refusal: Cause }

/** Explains why no reading comes, in one word and in a sentence with what to check. */
export function causeOfSilence(now: Diagnostics, last: LastHeard, transport: Transport): { cause: Cause; silence: string } {
	if (now.port !== 'open') return { cause: 'port', silence: now.port }
	if ((now.bytes ?? 0) === last.bytes) return { cause: 'no-bytes', silence: nothingArrives(transport) }
	if (now.frames === last.frames) {
		const doubt = `bytes arrive, but no frame: ${lineDoubt(transport)}`
		return { cause: 'no-frames', silence: now.readings > 0 ? 'only noise arrives: is the cable loose?' : doubt }
	}
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
