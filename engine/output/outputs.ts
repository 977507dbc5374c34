import type { Logger } from 'pino'
import type { Reading } from '../../schema/types/reading.ts'
import type { LoadedConfig } from '../config/config.ts'
import { findingText } from '../document/finding.ts'
import type { Connection } from '../mqtt/client.ts'
import type { Topics } from '../mqtt/topics.ts'
import type { Library } from '../profile/library.ts'
import { clashes, type Ground, taboo } from './clash.ts'
import { type Entry, entriesOf, outputOf } from './entry.ts'
import { type Made, messagesOf } from './messages.ts'
import type { CompiledOutput } from './output.ts'
import type { Ledger } from './ownership.ts'
import { checkOutput } from './samples.ts'
import { type Bridge, bridgeScope, type MeterView, meterScope } from './scope.ts'
import { type Choice, changed } from './selection.ts'

/** The outputs of a config, alive: what they make of readings is published. */
export type Outputs = {
	/** Makes the outputs equal to what the config and the library say; one that is wrong keeps its last good version. */
	settle(library: Library, config: LoadedConfig): Promise<void>
	/** A reading of a meter, and its state after it. Resolves with what was left out, in words. */
	reading(view: MeterView, reading: Reading, state: object): Promise<OutputFault[]>
	/** The meter is no longer in the config: what was published of it to stay is cleared. */
	forget(meter: string): Promise<void>
	list(): { output: string; status: 'active' | 'rejected' }[]
	/** Resolves when what was given has been made messages of. */
	close(): Promise<void>
}

/** A message that an output did not give, and why. */
export type OutputFault = { output: string; detail: string }

export type OutputsSettings = {
	connection: Connection
	topics: Topics
	bridge: Bridge
	ground(): Ground
	/** Who writes which topic, and has written it before this process. */
	ledger: Ledger
	log: Logger
}

/** The last that a meter said. */
type Last = { view: MeterView; reading: Reading; state: object }

/** What an output has done of a meter. */
type Done = {
	/** What was announced last: its signature, fields and topics. */
	announced: string
	names: string[]
	topics: string[]
	/** When the last reading was taken, and the values that it got. */
	taken: number
	values: Map<string, string>
}

/** One output that runs. */
type Running = {
	output: CompiledOutput
	choice: Choice
	meters: Map<string, Done>
	birth?: { topic: string; listener: Parameters<Connection['subscribe']>[1] }
}

/** Readings may come a little early. */
const SLACK = 500

/** No outputs yet. */
export function outputs({ connection, topics, bridge, ground, ledger, log }: OutputsSettings): Outputs {
	const running = new Map<string, Running>()
	const status = new Map<string, { text: string; active: boolean }>()
	const last = new Map<string, Last>()
	let settled = ''
	let stands: Ground = { inputs: [], written: [] }
	let queue: Promise<unknown> = Promise.resolve()

	/** One after the other: what is announced first is published first. */
	function inOrder<T>(work: () => T | Promise<T>): Promise<T> {
		const result = queue.then(work)
		queue = result.catch(() => undefined)
		return result
	}

	/** Publishes what may be, and gives what may not. */
	function publish(output: string, meter: string, messages: Made[], announced: boolean): OutputFault[] {
		return messages.flatMap(({ topic, payload, retain, json }) => {
			// What it has written before was looked at then: a town has thousands of filters.
			const owner = ledger.owner(topic)?.output
			const detail = owner === output ? undefined : taboo(topic, output, owner, stands)
			if (detail !== undefined) return [{ output, detail }]
			ledger.enter(topic, { output, meter, announced, retain })
			connection.publish({ topic, payload, retain, ...(json && { contentType: 'application/json' }) })
			return []
		})
	}

	/** Nobody writes this topic any more: what the broker keeps of it goes. */
	function release(topic: string): void {
		if (ledger.owner(topic)?.retain === true) connection.publish({ topic, payload: '', retain: true })
		ledger.strike(topic)
	}

	const isFor = ({ choice }: Running, meter: string) => choice.meters?.includes(meter) ?? true
	const doneOf = ({ output, meters }: Running, meter: string): Done => {
		const done = meters.get(meter) ?? {
			announced: '',
			names: ledger.announced(output.name, meter),
			topics: ledger.topics((owner) => owner.output === output.name && owner.meter === meter && owner.announced),
			taken: Number.NEGATIVE_INFINITY,
			values: new Map(),
		}
		meters.set(meter, done)
		return done
	}

	/** Announces a meter if it is not as it was announced last. */
	async function announce(one: Running, { view, reading, state }: Last): Promise<OutputFault[]> {
		const { output, choice } = one
		const done = doneOf(one, view.name)
		const expression = output.expressions.announce
		if (!expression) return []
		const scope = meterScope(output, choice, topics, bridge, view, { reading, state, before: done.names }, 'announce')
		const names = (scope.fields ?? []).map(({ name }) => name)
		const sign = JSON.stringify([names, view, reading.id])
		if (sign === done.announced) return []
		const { messages, faults } = await messagesOf(expression, scope)
		const refused = publish(output.name, view.name, messages, true)
		const now = messages.map(({ topic }) => topic)
		for (const topic of done.topics) if (!now.includes(topic)) release(topic)
		Object.assign(done, { announced: sign, names, topics: now })
		ledger.announce(output.name, view.name, names)
		return [...faults.map((detail) => ({ output: output.name, detail })), ...refused]
	}

	async function pass(one: Running, { view, reading, state }: Last): Promise<OutputFault[]> {
		const { output, choice } = one
		const done = doneOf(one, view.name)
		const expression = output.expressions.reading
		const taken = Date.parse(reading.received)
		if (!expression || taken - done.taken < (choice.interval ?? 0) * 1000 - SLACK) return []
		const scope = meterScope(output, choice, topics, bridge, view, { reading, state }, 'reading')
		const values = choice.onChange === true ? changed({ ...scope.reading }, done.values) : scope.reading
		if (values === undefined) return []
		done.taken = taken
		const kept = ({ name }: { name: string }) => (name.split('.')[0] ?? '') in values
		const seen = values === scope.reading ? scope : { ...scope, reading: values, fields: (scope.fields ?? []).filter(kept) }
		const { messages, faults } = await messagesOf(expression, seen)
		return [...faults.map((detail) => ({ output: output.name, detail })), ...publish(output.name, view.name, messages, false)]
	}

	/** Announces the process, and every meter that has said something. Gives the topics that this is on. */
	async function announceAll(one: Running): Promise<Set<string>> {
		const { output, choice } = one
		const faults: OutputFault[] = []
		const now = new Set<string>()
		if (output.expressions.bridge) {
			const made = await messagesOf(output.expressions.bridge, bridgeScope(output, choice, topics, bridge))
			faults.push(...made.faults.map((detail) => ({ output: output.name, detail })), ...publish(output.name, '', made.messages, true))
			for (const { topic } of made.messages) now.add(topic)
		}
		for (const known of last.values()) if (isFor(one, known.view.name)) faults.push(...(await announce(one, known)))
		for (const { detail } of faults) log.warn(`output ${output.name}: ${detail}`)
		for (const done of one.meters.values()) for (const topic of done.topics) now.add(topic)
		return now
	}

	/** After this message everything is announced anew: who reads it was born again. */
	async function awaitBirth(one: Running): Promise<void> {
		const { output, choice } = one
		const { birth } = output.document
		const found = await output.expressions.birth?.evaluate({ values: { ...bridgeScope(output, choice, topics, bridge) }, functions: {} })
		if (!birth || !found || !('value' in found) || typeof found.value !== 'string') return
		const listener = ({ payload }: { payload: Uint8Array }) => {
			if (new TextDecoder().decode(payload) !== birth.payload) return
			void inOrder(() => {
				for (const done of one.meters.values()) done.announced = ''
				return announceAll(one)
			})
		}
		one.birth = { topic: found.value, listener }
		void connection.subscribe(found.value, listener)
	}

	/** Starts an output, in place of an older version of it: what that one left on the broker, and this one does not announce, is cleared. */
	async function start(output: CompiledOutput, choice: Choice): Promise<void> {
		// A meter that has not spoken since the process began is announced when it does.
		const before = ledger.topics(({ output: name, meter }) => name === output.name && (meter === '' || last.has(meter)))
		stop(output.name)
		const one: Running = { output, choice, meters: new Map() }
		running.set(output.name, one)
		const now = await announceAll(one)
		for (const topic of before) if (!now.has(topic)) release(topic)
		await awaitBirth(one)
	}

	function stop(name: string): void {
		const birth = running.get(name)?.birth
		if (birth) connection.unsubscribe(birth.topic, birth.listener)
		running.delete(name)
	}

	/** What an output of the config became, once a change: in the log, and on its status topic. */
	function tell(name: string, errors: string[]): void {
		const text = errors.join('\n')
		const before = status.get(name)
		if (before?.text === text) return
		status.set(name, { text, active: errors.length === 0 })
		for (const line of errors) log.error(`output ${name}: ${line}`)
		if (errors.length === 0 && before) log.info(`output ${name} is right again`)
		const payload = { output: name, status: errors.length === 0 ? 'active' : 'rejected', errors }
		connection.publish({ topic: topics.output(name), payload: JSON.stringify(payload), retain: true, contentType: 'application/json' })
	}

	async function settleEntry(entry: Entry, library: Library, config: LoadedConfig, taken: Map<string, string>): Promise<void> {
		const { name, choice } = entry
		const output = outputOf(entry, config, library)
		const findings = Array.isArray(output) ? output : await checkOutput(output)
		const errors = findings.map(findingText)
		if (!Array.isArray(output) && errors.length === 0) {
			const meters = config.config.meters
				.filter((meter) => meter.enabled !== false && choice.meters?.includes(meter.name) !== false)
				.map((meter) => ({ name: meter.name, id: meter.id ?? meter.name }))
			errors.push(...(await clashes(output, choice, meters, topics, bridge, taken, stands)))
		}
		tell(name, errors)
		const now = running.get(name)
		if (Array.isArray(output) || errors.length > 0) return
		if (now?.output.fingerprint === output.fingerprint && JSON.stringify(now.choice) === JSON.stringify(choice)) return
		if (now) log.info(`output ${name} is taken over anew`)
		await start(output, choice)
	}

	async function settle(library: Library, config: LoadedConfig): Promise<void> {
		const entries = entriesOf(config.config)
		stands = ground()
		// To look through thousands of meters each minute for nothing would hold up their telegrams.
		const files = [...library.sources].flatMap(([name, { text }]) => (name.startsWith('outputs/') ? [name, text] : []))
		const all = JSON.stringify([entries, files, config.config.meters.map(({ name, id, enabled }) => [name, id, enabled]), stands])
		if (all === settled) return
		const taken = new Map<string, string>()
		for (const entry of entries) await settleEntry(entry, library, config, taken)
		const named = (name: string) => entries.some((entry) => entry.name === name)
		for (const name of [...running.keys()].filter((one) => !named(one))) {
			stop(name)
		}
		for (const topic of ledger.topics((owner) => !named(owner.output))) release(topic)
		for (const name of [...status.keys()].filter((one) => !named(one))) {
			status.delete(name)
			connection.publish({ topic: topics.output(name), payload: '', retain: true })
		}
		settled = all
	}

	return {
		settle: (library, config) => inOrder(() => settle(library, config)),
		reading: (view, reading, state) =>
			inOrder(async () => {
				const known = { view, reading, state }
				last.set(view.name, known)
				const faults: OutputFault[] = []
				for (const one of running.values())
					if (isFor(one, view.name)) faults.push(...(await announce(one, known)), ...(await pass(one, known)))
				return faults
			}),
		forget: (meter) =>
			inOrder(() => {
				last.delete(meter)
				for (const one of running.values()) one.meters.delete(meter)
				for (const topic of ledger.topics((owner) => owner.meter === meter)) release(topic)
			}),
		list: () => [...status].map(([output, { active }]) => ({ output, status: active ? ('active' as const) : ('rejected' as const) })),
		close: () =>
			inOrder(() => {
				for (const name of [...running.keys()]) stop(name)
			}),
	}
}
