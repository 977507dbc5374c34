import { computed, signal } from '@preact/signals'
import { call } from '../api/client.ts'
import type {
	Broker,
	BrokerFound,
	ConfigChange,
	ConfigText,
	Heard,
	HeardAdapter,
	Keys,
	NewMeter,
	Probe,
	Proposal,
	Transport,
} from '../api/flows.ts'

/** Where a meter's values come from. */
export type Where = 'serial' | 'tcp' | 'mqtt'
export type Step = 'where' | 'broker' | 'listen' | 'key' | 'name' | 'outputs' | 'done'
/** `here`: the one that answers on the server's machine. */
export type BrokerChoice = { kind: 'embedded' | 'here' | 'other'; url: string; username: string; password: string; ca: string }

/** The choices so far. They stay while the page is open: going to another tab and back loses nothing. Keys and passwords are in memory only. */
export const step = signal<Step>('where')
export const where = signal<Where | undefined>(undefined)
export const port = signal<string | undefined>(undefined)
/** A device that the list does not have: its path is written by hand. */
export const OTHER = ''
export const path = signal('')
/** The name for people of the adapter on that port. */
export const portTitle = signal('')
export const host = signal('')
export const tcpPort = signal('')
/** A profile that the visitor chose, instead of what the bytes say. */
export const profile = signal<string | undefined>(undefined)
export const config = signal<ConfigText | undefined>(undefined)
export const broker = signal<BrokerChoice>({ kind: 'embedded', url: 'mqtt://localhost:1883', username: '', password: '', ca: '' })
/** The broker on the server's machine; undefined until that was asked. */
export const brokerHere = signal<BrokerFound | undefined>(undefined)
/** A broker was chosen by hand: none is suggested any more. */
export const isBrokerPicked = signal(false)
export const probe = signal<Probe | undefined>(undefined)
export const heard = signal<Heard | undefined>(undefined)
/** The key of the chosen one among proposals or adapters; the first where none was chosen. They change while one listens. */
export const choice = signal<string | undefined>(undefined)
export const keys = signal<Keys>({})
export const title = signal('')
export const name = signal('')
/** The name was written by hand: it no longer follows the title. */
export const isNamed = signal(false)
export const fuse = signal('')
export const outputs = signal<Set<string>>(new Set())
/** The result of adding the meter. */
export const change = signal<ConfigChange | undefined>(undefined)
/** Steps back were taken: the heading of the step gets the focus. */
export const moved = signal(0)

/** Whether a broker has to be named: there is no config yet. */
export const needsBroker = computed(() => config.value !== undefined && !config.value.exists)

/** The proposal or adapter that is chosen. */
export const chosen = computed<Proposal | HeardAdapter | undefined>(() =>
	where.value === 'mqtt' ? chosenOf(heard.value?.heard) : chosenOf(probe.value?.proposals),
)

/** Tells proposals and adapters apart. */
export const keyOf = (one: Proposal | HeardAdapter): string => ('topic' in one ? `${one.profile} ${one.topic}` : one.profile)

function chosenOf<One extends Proposal | HeardAdapter>(all: One[] | undefined): One | undefined {
	return all?.find((one) => keyOf(one) === choice.value) ?? all?.[0]
}

/** Whether the meter asks for a key, or one was given. */
export const wantsKey = computed(() => {
	const one = chosen.value
	const wanted = probe.value?.state === 'key-wanted' || (one !== undefined && 'keysWanted' in one && (one.keysWanted?.length ?? 0) > 0)
	return where.value !== 'mqtt' && (wanted || keys.value.encryption !== undefined)
})

/** The steps of this meter, in order. */
export const steps = computed<Step[]>(() => [
	'where',
	...(needsBroker.value && where.value === 'mqtt' ? (['broker'] as const) : []),
	'listen',
	...(wantsKey.value ? (['key'] as const) : []),
	'name',
	...(needsBroker.value && where.value !== 'mqtt' ? (['broker'] as const) : []),
	'outputs',
	'done',
])

/** Goes to a step; its heading gets the focus. */
export function to(next: Step): void {
	step.value = next
	moved.value++
}

/** Goes to the step behind or before this one. */
export function move(by: 1 | -1): void {
	const at = steps.value.indexOf(step.value)
	const next = steps.value[Math.max(0, at) + by]
	if (next) to(next)
}

/** Forgets what was found, since it is listened elsewhere now. */
export function forget(): void {
	const { value: last } = probe
	if (last) void call(`setup/probes/${encodeURIComponent(last.id)}`, { method: 'DELETE' }).catch(() => undefined)
	probe.value = undefined
	heard.value = undefined
	choice.value = undefined
	keys.value = {}
	profile.value = undefined
}

/** Begins again for another meter; broker and outputs stay. */
export function restart(): void {
	forget()
	port.value = undefined
	title.value = ''
	name.value = ''
	isNamed.value = false
	fuse.value = ''
	change.value = undefined
	config.value = undefined
	to('where')
}

/** The broker as the server takes it; undefined where the config has one. */
export function brokerGiven(): Broker | undefined {
	if (!needsBroker.value) return undefined
	const { kind, username, password, ca } = broker.value
	if (kind === 'embedded' && where.value !== 'mqtt') return { embedded: {} }
	const url = (kind === 'here' && brokerHere.value?.url) || broker.value.url
	return { url, ...(username && { username }), ...(password && { password }), ...(ca && { ca }) }
}

/** Gives the transport to listen to. */
export function transport(): Transport | undefined {
	if (where.value === 'serial' && port.value !== undefined) return { kind: 'serial', path: port.value === OTHER ? path.value : port.value }
	if (where.value === 'tcp' && host.value !== '') return { kind: 'tcp', host: host.value.trim(), port: Number(tcpPort.value) }
	return undefined
}

/** The meter as the server adds it. */
export function newMeter(): NewMeter | undefined {
	const one = chosen.value
	if (!one) return undefined
	const mqtt = brokerGiven()
	return {
		name: name.value,
		profile: one.profile,
		transport: one.transport,
		...(title.value.trim() && { title: title.value.trim() }),
		...(fuse.value !== '' && { fuse: Number(fuse.value) }),
		...(keys.value.encryption && where.value !== 'mqtt' && { keys: keys.value }),
		...(mqtt && { mqtt }),
		...(outputs.value.size > 0 && { outputs: [...outputs.value] }),
	}
}

/** Makes a name for topics of a title: `Haus Süd` → `haus-sued`. */
export function nameOf(text: string): string {
	const plain = text
		.toLowerCase()
		.replace(/ä/g, 'ae')
		.replace(/ö/g, 'oe')
		.replace(/ü/g, 'ue')
		.replace(/ß/g, 'ss')
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
	return plain
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 64)
}

/** Hex digits of a key as it was pasted: gaps, colons and a leading 0x are left away. */
export const keyDigits = (text: string): string => text.replace(/^\s*0x/i, '').replace(/[\s:.-]/g, '')
