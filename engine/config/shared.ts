import { realpathSync } from 'node:fs'
import type { Meter } from '../../schema/types/config.ts'
import { type Finding, findingAt } from '../document/finding.ts'
import { fits, topicPattern } from '../mqtt/filter.ts'
import { called, isAddressed } from '../transport/mbus-messages.ts'
import type { Transport } from '../transport/port.ts'
import type { MeterSource } from './config.ts'

/** A meter of a config: where it stands, and where its bytes or messages come from. */
export type InputOf = MeterSource & { entry: Meter; transport: Transport }

/** The settings of one kind of transport. */
const OF_KIND: Record<string, string[]> = {
	serial: ['path', 'line', 'baudRate', 'dataBits', 'parity', 'stopBits', 'rtscts', 'signOn', 'request'],
	tcp: ['host', 'port', 'silence', 'signOn', 'request'],
	mqtt: ['url', 'topic', 'identity', 'levels', 'payload'],
	capture: ['path', 'speed', 'loop', 'pause', 'clock', 'topic', 'identity', 'levels', 'payload'],
}

/** Finds settings that a meter's kind of transport does not use, and meters that read the same device or topic: each is told of the first such meter. */
export function inputFindings(meters: InputOf[]): Finding[] {
	const known = new Map<string, InputOf[]>()
	return meters.flatMap((one) => {
		const { under, beside } = namesOf(one.transport)
		const other = beside.flatMap((name) => known.get(name) ?? []).find((before) => isShared(one, before))
		for (const name of under) {
			const list = known.get(name)
			if (list) list.push(one)
			else known.set(name, [one])
		}
		return [...useless(one), ...(other ? [shared(one, other)] : [])]
	})
}

function useless({ entry, place, config, transport: { kind = 'serial' } }: InputOf): Finding[] {
	const known = Object.values(OF_KIND).flat()
	const unused = Object.entries(entry.transport ?? {}).filter(
		([key, value]) => value !== null && known.includes(key) && !OF_KIND[kind]?.includes(key),
	)
	return unused.map(([key]) => {
		const kinds = Object.keys(OF_KIND).filter((name) => OF_KIND[name]?.includes(key))
		const hint = `"kind": "${kinds.join('" or "')}" beside it changes that; otherwise remove it`
		const message = `${entry.name} is read by ${kind}, which has no "${key}"`
		return findingAt(config.document, ['meters', place, 'transport', key], 'config/transport', message, hint)
	})
}

/** Names what a transport reads (`under`), and what it may share (`beside`): a town has thousands of meters, and only those of one name are compared. */
function namesOf({ kind, path, host, port, url, request, signOn, ...mqtt }: Transport): { under: string[]; beside: string[] } {
	const both = (...names: string[]) => ({ under: names, beside: names })
	const asked = JSON.stringify([request, signOn])
	if (kind === 'serial') return path === undefined ? both() : both(`${deviceOf(path)} ${asked}`)
	if (kind === 'tcp') return port === undefined ? both() : both(`${host}:${port} ${asked}`)
	if (kind !== 'mqtt') return both()
	const [all, wild] = [`${url} all`, `${url} wildcards`]
	const topics = filtersOf(mqtt).map((filter) => `${url} topic ${filter}`)
	if (topics.some((topic) => /[+#]/.test(topic))) return { under: [all, wild], beside: [all] }
	return { under: [all, ...topics], beside: [...topics, wild] }
}

/** Tells two meters of one input; those that ask by different requests share a line. */
function isShared({ entry, transport: a }: InputOf, { entry: other, transport: b }: InputOf): boolean {
	if (a.kind !== b.kind || a.kind !== 'mqtt') return a.kind === b.kind
	if (!filtersOf(a).some((one) => filtersOf(b).some((two) => fits(one, two)))) return false
	return isOpen(a) || isOpen(b) || (entry.profile === other.profile && filtersOf(a).join() === filtersOf(b).join())
}

/** Tells an input whose meter is the first that speaks. */
const isOpen = ({ identity, levels = {} }: Transport) => identity !== undefined && levels[identity] === undefined
const filtersOf = ({ topic = '', levels = {} }: Transport) => [topic].flat().map((one) => topicPattern(one, levels).filter)

/** The same device may be called by its number or by its id. */
function deviceOf(path: string): string {
	try {
		return realpathSync(path)
	} catch {
		return path
	}
}

function shared({ entry, place, config, transport }: InputOf, other: InputOf): Finding {
	const { kind, path, host, port, topic, identity, request } = transport
	const what = kind === 'mqtt' ? topic : kind === 'tcp' ? `${host}:${port}` : path
	const asked = isAddressed(request) ? `, and ask ${called(request)}` : ''
	const hint =
		kind === 'mqtt' && identity !== undefined
			? `pin each of them: "levels": { "${identity}": "…" }`
			: 'one entry reads one meter; on a wired M-Bus several share a line, each with an address of its own in "request"'
	const message = `${entry.name} and ${other.entry.name} both read ${what}${asked}`
	return findingAt(config.document, ['meters', place], 'config/shared', message, hint)
}
