import { type Signal, signal } from '@preact/signals'
import { address, call, Refused } from './api/client.ts'
import type { AvailabilityEvent, BrokerView, MeterList, MeterView, Problem, ReadingEvent, Session } from './api/types.ts'
import { parsed } from './visible.ts'
import { sayIf } from './words/words.ts'

/** `lost`: the server is away, the page tries again. */
export const connection = signal<'connecting' | 'live' | 'lost'>('connecting')
/** When the connection was lost, ms since 1970 by the browser. */
export const lostAt = signal(0)
/** Undefined until the server has said it. */
export const session = signal<Session | undefined>(undefined)
/** The server runs another version than the one that this page came from. */
export const outdated = signal(false)
/** Names of the meters, as the server orders them. Undefined until they are known. */
export const names = signal<string[] | undefined>(undefined)
export const broker = signal<BrokerView | undefined>(undefined)
/** Problems of the process, not of one meter. */
export const problems = signal<Problem[]>([])
/** Whether the server keeps a history. */
export const keepsHistory = signal(false)
/** The server's clock, ms since 1970; moves on each second while the page is seen. */
export const clock = signal(Date.now())

const meters = new Map<string, Signal<MeterView | undefined>>()
/** Those who want each reading: charts. */
const listeners = new Set<(meter: string, state: Record<string, unknown>) => void>()
/** Those who want events that are not the store's: log, setup, diagnostics. */
const taps = new Map<string, Set<(data: unknown) => void>>()

let source: EventSource | undefined
let retry: ReturnType<typeof setTimeout> | undefined
let attempts = 0
let heard = 0
let ahead = 0
let withLog = false

/** Characters of a text that is shown, at most. */
const LONGEST = 500
/** Milliseconds without any event after which the stream is opened again: a connection may be dead without saying so. */
const QUIET = 60_000
const WAIT = [500, 1000, 2000, 4000, 8000, 15_000]

/** Gives the signal of a meter; its value is undefined while the meter is not known. */
export function meterOf(name: string): Signal<MeterView | undefined> {
	const known = meters.get(name)
	if (known) return known
	const made = signal<MeterView | undefined>(undefined)
	meters.set(name, made)
	return made
}

/** Gives a meter's name for people: its title, and in the demo what that means in the page's language. */
export function titleOf(name: string): string {
	const title = meterOf(name).value?.title || name
	return (session.value?.demo && sayIf(`demo.${title}`)) || title
}

/** Gives all meters, in the server's order. */
export const allMeters = (): MeterView[] => (names.value ?? []).map((name) => meterOf(name).value).filter((meter) => meter !== undefined)

/** Tells whether the config has switched a meter off: nothing is wrong with it. */
export const isOff = ({ status, problems }: MeterView): boolean => status === 'stopped' && problems.length === 0

/** Calls back for each reading; what it gives ends that. */
export function onReading(listener: (meter: string, state: Record<string, unknown>) => void): () => void {
	listeners.add(listener)
	return () => void listeners.delete(listener)
}

/** Calls back for events of one kind (`diagnostics`, `log`, `setup`) until the result is called; `log` opens the stream again with the log in it. */
export function onEvent(kind: 'diagnostics' | 'log' | 'setup', listener: (data: unknown) => void): () => void {
	const those = taps.get(kind) ?? new Set()
	taps.set(kind, those)
	those.add(listener)
	if (kind === 'log' && !withLog) {
		withLog = true
		connect()
	}
	return () => {
		those.delete(listener)
		if (kind !== 'log' || those.size > 0) return
		withLog = false
		connect()
	}
}

/** Asks who we are, and opens the stream where we may look. Called at the start, and after signing in or out. */
export async function begin(): Promise<void> {
	clearTimeout(retry)
	try {
		const answer = await call<Session>('session')
		outdated.value ||= session.value !== undefined && session.value.version !== answer.version
		session.value = answer
		if (answer.rights === 'none') leave()
		else connect()
	} catch {
		again()
	}
}

/** Forgets what was shown, since it is no longer ours to see. */
function leave(): void {
	source?.close()
	source = undefined
	connection.value = 'connecting'
	names.value = undefined
	for (const one of meters.values()) one.value = undefined
}

function connect(): void {
	if (session.value === undefined || session.value.rights === 'none') return
	clearTimeout(retry)
	source?.close()
	const stream = new EventSource(address(withLog ? 'events?log=1' : 'events'))
	source = stream
	heard = Date.now()
	const on = <Data>(kind: string, take: (data: Data) => void) =>
		stream.addEventListener(kind, (event: MessageEvent<string>) => {
			heard = Date.now()
			take(parsed(event.data, LONGEST) as Data)
		})
	on<MeterList>('meters', takeMeters)
	on<ReadingEvent>('reading', takeReading)
	on<AvailabilityEvent>('availability', takeAvailability)
	for (const kind of ['diagnostics', 'log', 'setup'])
		on<unknown>(kind, (data) => taps.get(kind)?.forEach((listener) => void listener(data)))
	stream.onerror = () => {
		if (source !== stream) return
		stream.close()
		again()
	}
}

/** Tries again after a while; asks for the session first, which may have ended, or be of a newer version. */
function again(): void {
	if (connection.value !== 'lost') lostAt.value = Date.now()
	connection.value = 'lost'
	clearTimeout(retry)
	retry = setTimeout(() => void begin(), WAIT[Math.min(attempts++, WAIT.length - 1)])
}

function takeMeters(list: MeterList): void {
	attempts = 0
	ahead = Date.parse(list.now) - Date.now()
	clock.value = Date.now() + ahead
	for (const meter of list.meters) meterOf(meter.name).value = meter
	for (const [name, one] of meters) if (!list.meters.some((meter) => meter.name === name)) one.value = undefined
	broker.value = list.broker
	problems.value = list.problems
	keepsHistory.value = list.history
	const ordered = list.meters.map(({ name }) => name)
	if (ordered.join('\n') !== names.value?.join('\n')) names.value = ordered
	connection.value = 'live'
}

function takeReading({ meter, state, problems }: ReadingEvent): void {
	const one = meterOf(meter)
	if (!one.value) return
	const received = typeof state.received === 'string' ? state.received : new Date(Date.now() + ahead).toISOString()
	one.value = {
		...one.value,
		state,
		lastReading: received,
		readings: one.value.readings + 1,
		...(problems && { problems }),
	}
	for (const listener of listeners) listener(meter, state)
}

function takeAvailability({ meter, online, cause, problems }: AvailabilityEvent): void {
	const one = meterOf(meter)
	if (!one.value) return
	const { cause: _, ...rest } = one.value
	one.value = { ...rest, status: online ? 'online' : 'silent', problems, ...(cause !== undefined && { cause }) }
}

setInterval(() => {
	if (document.hidden) return
	clock.value = Date.now() + ahead
	if (source && connection.value === 'live' && Date.now() - heard > QUIET) connect()
}, 1000)

/** A page that was asleep looks at once whether its connection lives. */
function wake(): void {
	if (document.hidden) return
	clock.value = Date.now() + ahead
	attempts = 0
	if (connection.value === 'lost') void begin()
	else if (source && Date.now() - heard > 20_000) connect()
}
document.addEventListener('visibilitychange', wake)
window.addEventListener('online', wake)

// The browser may keep a page that was left, and with it one of the six connections that it makes to a server: the seventh page would wait without end.
window.addEventListener('pagehide', () => {
	clearTimeout(retry)
	source?.close()
	source = undefined
})
window.addEventListener('pageshow', ({ persisted }) => persisted && void begin())

/** Ends the session. */
export async function signOut(): Promise<void> {
	try {
		await call('session', { method: 'DELETE' })
	} catch (error) {
		if (!(error instanceof Refused)) throw error
	}
	await begin()
}

/** Whether we may change things. */
export const mayChange = (): boolean => session.value?.rights === 'change'
