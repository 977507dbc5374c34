import type { BrokerView, DiagnosticsAnswer, FieldInfo, MeterList, MeterView, Problem } from '../../schema/types/api.ts'
import type { Snapshot } from '../meter/snapshot.ts'
import { shownFields } from '../output/selection.ts'
import type { Now, Site } from './site.ts'

/** Shows a meter that runs. */
export function meterView({ name, title, profileTitle, interval, online, state, diagnostics, fuse, timezone, extra }: Snapshot): MeterView {
	const { profile, cause, readings, last_reading: lastReading } = diagnostics
	return {
		name,
		title,
		profile,
		profileTitle,
		status: online ? 'online' : cause === undefined ? 'waiting' : 'silent',
		...(!online && cause !== undefined && { cause }),
		problems: problemsOf({ online, diagnostics }),
		interval,
		...(lastReading !== undefined && { lastReading }),
		readings,
		...(fuse !== undefined && { fuse }),
		...(timezone !== undefined && { timezone }),
		...(typeof state.medium === 'string' && { medium: state.medium }),
		state,
		fields: shownFields(state, {}, extra).map(fieldInfo),
	}
}

function fieldInfo({ name, unit, obis, label, class: quantity }: ReturnType<typeof shownFields>[number]): FieldInfo {
	return { name, unit, label, ...(obis !== '' && { obis }), ...(quantity !== '' && { class: quantity }) }
}

/** Says what is wrong with a meter that runs: why it is silent. */
export function problemsOf({ online, diagnostics }: Pick<Snapshot, 'online' | 'diagnostics'>): Problem[] {
	const { cause, silence, last_reading: since } = diagnostics
	if (online || cause === undefined) return []
	return [{ code: cause, text: silence ?? 'It is silent.', ...(since !== undefined && { since }) }]
}

/** Shows a meter of the config that does not run. */
export function stoppedView({ name, title = name, profile = '', detail }: Now['missing'][number]): MeterView {
	const problems = [{ code: 'stopped', text: detail }]
	return { name, title, profile, profileTitle: profile, status: 'stopped', problems, readings: 0, state: {}, fields: [] }
}

/** Shows a meter that the config has switched off: it is stopped, and nothing is wrong with it. */
export const offView = (meter: NonNullable<Now['off']>[number]): MeterView => ({ ...stoppedView({ ...meter, detail: '' }), problems: [] })

/** Shows the connection to the broker. */
export function brokerView({ connected, outbox: { waiting, dropped }, broker = {} }: Now): BrokerView {
	return { connected, ...broker, waiting, dropped }
}

/** Lists all meters, with what is wrong with the process. */
export function meterList(site: Pick<Site, 'now' | 'history'>): MeterList {
	const all = site.now()
	const { connected, meters, missing, off = [], broker, problems = [] } = all
	const away: Problem[] = connected
		? []
		: [{ code: 'broker', text: broker?.detail ?? 'The broker does not answer.', ...(meters.length > 0 && { hint: WAITS }) }]
	return {
		meters: [...meters.map(meterView), ...missing.map(stoppedView), ...off.map(offView)],
		broker: brokerView(all),
		problems: [...away, ...problems],
		history: site.history !== undefined,
		now: new Date().toISOString(),
	}
}

const WAITS = 'The meters are read; what they say waits for the broker.'

/** Shows the process, the broker, and what is counted of each meter. */
export function diagnosticsView(site: Site): DiagnosticsAnswer {
	const all = site.now()
	const memory = process.memoryUsage.rss()
	return {
		process: { version: site.version, since: new Date(site.since).toISOString(), memory },
		broker: brokerView(all),
		meters: all.meters.map(({ diagnostics }) => diagnostics),
	}
}
