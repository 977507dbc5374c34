import type { Outcome } from '../pipeline/pipeline.ts'
import { replaySample } from '../pipeline/replay.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { linePort } from '../transport/bus.ts'
import { capturePort } from '../transport/capture.ts'
import { mqttPort, type Subscriber } from '../transport/mqtt.ts'
import type { Port, PortEvents } from '../transport/port.ts'

/**
 * Opens what a profile's transport names; `input` has the messages of adapters, `interval` gives the seconds between two telegrams. `ready` resolves, for
 * MQTT, when the broker has confirmed the subscription.
 */
export function openSource(
	profile: CompiledProfile,
	input: Subscriber,
	interval: () => number,
	events: PortEvents,
): Port & { ready?: Promise<void> } {
	const { transport } = profile.document
	switch (transport.kind) {
		case 'serial':
		case 'tcp':
			return linePort(transport, interval, events)
		case 'capture':
			return capturePort(transport, async (capture) => firstTime(await replaySample(profile, capture)), events)
		case 'mqtt':
			return mqttPort(transport, input, events)
	}
}

/** Returns when the first reading of a recording was taken, ms since 1970, if its meter says so. */
function firstTime(outcomes: Outcome[]): number | undefined {
	const first = outcomes.find((outcome) => outcome.kind === 'reading')
	return first?.kind === 'reading' && first.reading.time_source !== 'gateway' ? Date.parse(first.reading.time) : undefined
}
