import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { fields, submeterFields } from '../../schema/types/fields.ts'
import { visible } from '../text/visible.ts'
import type { Now } from './site.ts'

/** What sub-meters measure at the moment, and its unit in a metric's name. */
const MOMENTARY = [
	['power', 'watts'],
	['flow', 'cubic_meters_per_hour'],
	['temperature_flow', 'celsius'],
	['temperature_return', 'celsius'],
] as const

/** Units as Prometheus spells them: whole words, in the name (prometheus.io/docs/practices/naming). */
const UNITS: Record<string, string> = {
	W: 'watts',
	Wh: 'watt_hours',
	var: 'vars',
	varh: 'var_hours',
	VA: 'volt_amperes',
	VAh: 'volt_ampere_hours',
	V: 'volts',
	A: 'amperes',
	Hz: 'hertz',
	'm³': 'cubic_meters',
	'1': 'ratio',
}

/** Characters of a label: it may be a meter's text. */
const MAX_LABEL = 200

const process = new Registry()
collectDefaultMetrics({ register: process })

/** Returns the text of /metrics and its type. Only meters that are online have values. */
export async function metrics({ connected, outbox, meters }: Now): Promise<{ type: string; body: string }> {
	const register = new Registry()
	const known = new Map<string, Gauge | Counter>()

	function add(Metric: typeof Gauge | typeof Counter, name: string, help: string, labels: Record<string, string>, value: number): void {
		const one = known.get(name) ?? new Metric({ name, help, labelNames: Object.keys(labels), registers: [register] })
		known.set(name, one)
		const shown = Object.entries(labels).map(([key, text]) => [key, visible(text, MAX_LABEL)] as const)
		one.inc(Object.fromEntries(shown), value)
	}

	type Values = [name: string, help: string, labels: Record<string, string>, value: number]
	const gauge = (...[name, ...rest]: Values) => add(Gauge, `cii_${name}`, ...rest)
	const counter = (...[name, ...rest]: Values) => add(Counter, `cii_${name}_total`, ...rest)

	gauge('broker_connected', '1 while the broker is connected', {}, connected ? 1 : 0)
	gauge('outbox_messages', 'Messages that wait for the broker', {}, outbox.waiting)
	counter('dropped_messages', 'Messages that were dropped because too many waited', {}, outbox.dropped)
	counter('broker_faults', 'Connections that ended because the broker broke the rules of MQTT, or did not answer', {}, outbox.faults)
	counter('skipped_messages', 'Messages of the broker that were not taken: too large, or not to be read', {}, outbox.skipped)
	counter('postponed_messages', 'How often the broker could not take a message for now', {}, outbox.postponed)
	for (const { name: meter, online, state, diagnostics } of meters) {
		gauge('meter_online', '1 while the meter sends valid telegrams', { meter, profile: diagnostics.profile }, online ? 1 : 0)
		counter('readings', 'Readings published', { meter }, diagnostics.readings)
		counter('frames', 'Frames whose checksum was right, or JSON messages', { meter }, diagnostics.frames)
		counter('received_bytes', 'Bytes that arrived', { meter }, diagnostics.bytes ?? 0)
		for (const [reason, count] of Object.entries(diagnostics.discarded))
			counter('discarded', 'Pieces that were no frame', { meter, reason }, count)
		for (const [reason, count] of Object.entries(diagnostics.rejected))
			counter('rejected', 'Frames that gave no telegram', { meter, reason }, count)
		for (const [issue, count] of Object.entries(diagnostics.issues)) counter('issues', 'Fields that were left out', { meter, issue }, count)
		if (diagnostics.last_reading !== undefined)
			gauge('last_reading_timestamp_seconds', 'When the last reading was received', { meter }, Date.parse(diagnostics.last_reading) / 1000)
		if (!online) continue
		for (const [name, value] of Object.entries(state)) {
			const field = fields[name]
			if (field?.kind !== 'number' || typeof value !== 'number') continue
			const unit = UNITS[field.unit]
			const full = unit === undefined ? name : `${name}_${unit}`
			const isCounter = field.class === 'count' || (field.class === undefined && /^(reactive_)?energy_/.test(name))
			const metric = isCounter ? counter : gauge
			metric(full, `${field.label} (${field.unit})`, { meter }, value)
		}
		for (const [channel, part] of Object.entries((state.submeters ?? {}) as Record<string, Record<string, unknown>>)) {
			const labels = { meter, channel, medium: String(part.medium ?? 'unknown') }
			if (typeof part.volume === 'number') counter('submeter_volume_cubic_meters', 'Counter of a sub-meter (m³)', labels, part.volume)
			if (typeof part.energy === 'number') counter('submeter_energy_watt_hours', 'Counter of a sub-meter (Wh)', labels, part.energy)
			for (const [name, suffix] of MOMENTARY) {
				const { [name]: value } = part
				if (typeof value === 'number') gauge(`submeter_${name}_${suffix}`, `${submeterFields[name]?.label} of a sub-meter`, labels, value)
			}
		}
	}
	const both = Registry.merge([register, process])
	return { type: both.contentType, body: await both.metrics() }
}
