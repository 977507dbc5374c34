import type { Logger } from 'pino'
import type { Reading } from '../schema/types/reading.ts'
import { exampleReading } from './output/example.ts'
import { type Made, messagesOf } from './output/messages.ts'
import { type CompiledOutput, compileOutput } from './output/output.ts'
import { checkOutput } from './output/samples.ts'
import { type Bridge, bridgeScope, type MeterView, meterScope } from './output/scope.ts'
import { type Choice, changed } from './output/selection.ts'
import type { LoadedConfig } from './profile/config.ts'
import { type Finding, findingText } from './profile/finding.ts'
import type { Library } from './profile/library.ts'
import { type Connection, fits } from './publish/client.ts'
import type { Topics } from './publish/topics.ts'

/** The outputs of a config, alive: what they make of readings is published. */
export type Outputs = {
	/** Makes the outputs equal to what the config and the library say; one that is wrong keeps its last good version. */
	settle(library: Library, config: LoadedConfig): Promise<void>
	/** A reading of a meter, and its state after it. Resolves with what was left out, in words. */
	reading(view: MeterView, reading: Reading, state: object): Promise<OutputFault[]>
	/** The meter is no longer in the config: what was announced of it is cleared. */
	forget(meter: string): void
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
	/** Filters of what this process reads from the same broker, with the meters that do. */
	inputs(): { filter: string; meter: string }[]
	/** Filters of what it writes itself. */
	written(): string[]
	log: Logger
}

/** One output that runs, and what it has done. */
type Running = {
	good: CompiledOutput
	choice: Choice
	key: string
	/** By meter: the fields that were announced last, when the last reading was taken, and the values that it got. */
	meters: Map<string, { announced: string; names: string[]; taken: number; values: Map<string, string> }>
	birth?: { topic: string; listener: Parameters<Connection['subscribe']>[1] }
}

/** Readings may come a little early. */
const SLACK = 500

/** No outputs yet. */
export function outputs({ connection, topics, bridge, inputs, written, log }: OutputsSettings): Outputs {
	const running = new Map<string, Running>()
	const status = new Map<string, { text: string; active: boolean }>()
	/** Who writes a topic, and for which meter; retained ones are cleared when nobody writes them any more. */
	const owners = new Map<string, { output: string; meter: string; retain: boolean }>()
	/** The last of each meter, for what is announced anew. */
	const last = new Map<string, { view: MeterView; reading: Reading; state: object }>()
	let queue: Promise<unknown> = Promise.resolve()

	/** One after the other: what is announced first is published first. */
	function inOrder<T>(work: () => Promise<T>): Promise<T> {
		const result = queue.then(work)
		queue = result.catch(() => undefined)
		return result
	}

	function publish(output: string, meter: string, messages: Made[]): OutputFault[] {
		return messages.flatMap(({ topic, payload, retain }) => {
			const detail = forbidden(topic, output)
			if (detail !== undefined) return [{ output, detail }]
			owners.set(topic, { output, meter, retain })
			connection.publish({ topic, payload, retain, ...(/^[[{]/.test(payload) && { contentType: 'application/json' }) })
			return []
		})
	}

	/** Why an output may not write a topic. */
	function forbidden(topic: string, output: string): string | undefined {
		const owner = owners.get(topic)
		if (owner && owner.output !== output) return `${topic} is written by ${owner.output} as well`
		const input = inputs().find(({ filter }) => fits(filter, topic))
		if (input) return `${topic} is read by the meter ${input.meter} (${input.filter})`
		return written().some((filter) => fits(filter, topic)) ? `${topic} is one of our own topics` : undefined
	}

	/** Clears retained topics for which this holds, but those that are still written. */
	function clear(holds: (topic: string, owner: { output: string; meter: string; retain: boolean }) => boolean): void {
		for (const [topic, owner] of [...owners]) {
			if (!holds(topic, owner)) continue
			owners.delete(topic)
			if (owner.retain) connection.publish({ topic, payload: '', retain: true })
		}
	}

	const isFor = ({ choice }: Running, meter: string) => choice.meters?.includes(meter) ?? true

	async function give(name: string, one: Running, view: MeterView, reading: Reading, state: object): Promise<OutputFault[]> {
		const { good, choice } = one
		const known = one.meters.get(view.name) ?? { announced: '', names: [], taken: Number.NEGATIVE_INFINITY, values: new Map() }
		one.meters.set(view.name, known)
		const faults: OutputFault[] = []
		const { announce, reading: expression } = good.expressions
		const scope = meterScope(good, choice, topics, bridge, view, { reading, state, gone: [] }, true)
		const names = (scope.fields ?? []).map((field) => field.name)
		const sign = JSON.stringify([names, view, reading.id])
		if (announce && sign !== known.announced) {
			const gone = known.names.filter((field) => !names.includes(field)).map((field) => ({ name: field }))
			const { messages, faults: wrong } = await messagesOf(announce, { ...scope, gone })
			faults.push(...wrong.map((detail) => ({ output: name, detail })), ...publish(name, view.name, messages))
			const now = messages.map(({ topic }) => topic)
			clear(
				(topic, owner) =>
					owner.output === name && owner.meter === view.name && owner.retain && !now.includes(topic) && known.announced !== '',
			)
			known.announced = sign
			known.names = names
		}
		const taken = Date.parse(reading.received)
		if (!expression || taken - known.taken < (choice.interval ?? 0) * 1000 - SLACK) return faults
		const own = meterScope(good, choice, topics, bridge, view, { reading, state }, false)
		const values = choice.onChange === true ? changed({ ...own.reading }, known.values) : own.reading
		if (values === undefined) return faults
		known.taken = taken
		const fields = (own.fields ?? []).filter((field) => (field.name.split('.')[0] ?? '') in values)
		const { messages, faults: wrong } = await messagesOf(expression, { ...own, reading: values, fields })
		return [...faults, ...wrong.map((detail) => ({ output: name, detail })), ...publish(name, view.name, messages)]
	}

	/** Everything that an output has announced, once more: its consumer was born again. */
	async function announceAnew(name: string): Promise<void> {
		const one = running.get(name)
		if (!one) return
		for (const known of one.meters.values()) known.announced = ''
		await giveBridge(name, one)
		for (const { view, reading, state } of last.values()) {
			const { announce } = one.good.expressions
			if (!announce || !isFor(one, view.name)) continue
			const scope = meterScope(one.good, one.choice, topics, bridge, view, { reading, state }, true)
			publish(name, view.name, (await messagesOf(announce, scope)).messages)
		}
	}

	async function giveBridge(name: string, one: Running): Promise<void> {
		const { bridge: expression } = one.good.expressions
		if (!expression) return
		const { messages, faults } = await messagesOf(expression, bridgeScope(one.good, one.choice, topics, bridge))
		for (const detail of [...faults, ...publish(name, '', messages).map((fault) => fault.detail)]) log.warn(`output ${name}: ${detail}`)
	}

	async function start(name: string, good: CompiledOutput, choice: Choice, key: string): Promise<void> {
		const one: Running = { good, choice, key, meters: new Map() }
		running.set(name, one)
		await giveBridge(name, one)
		const { birth } = good.document
		const expression = good.expressions.birth
		if (!birth || !expression) return
		const found = await expression.evaluate({ values: { ...bridgeScope(good, choice, topics, bridge) }, functions: {} })
		if (!('value' in found) || typeof found.value !== 'string') return
		const listener = ({ payload }: { payload: Uint8Array }) => {
			if (new TextDecoder().decode(payload) === birth.payload) void inOrder(() => announceAnew(name))
		}
		one.birth = { topic: found.value, listener }
		void connection.subscribe(found.value, listener)
	}

	function stop(name: string): void {
		const one = running.get(name)
		if (one?.birth) connection.unsubscribe(one.birth.topic, one.birth.listener)
		running.delete(name)
	}

	/** What is wrong with an output in this config, besides its file: options that it has not, topics that others write or we read. */
	async function misfits(good: CompiledOutput, choice: Choice, config: LoadedConfig, taken: Map<string, string>): Promise<string[]> {
		const { admits, options = {} } = good.document
		const asked = (['fields', 'interval', 'onChange', 'digits', 'units'] as const).filter((option) => choice[option] !== undefined)
		const wrong = asked.filter((option) => admits && !admits.includes(option)).map((option) => `it has no setting "${option}"`)
		for (const key of Object.keys(choice.options ?? {}))
			if (!(key in options)) wrong.push(`it has no option "${key}" (${Object.keys(options).join(', ') || 'it has none'})`)
		for (const meter of choice.meters ?? [])
			if (!config.config.meters.some((entry) => entry.name === meter)) wrong.push(`there is no meter "${meter}"`)
		if (wrong.length > 0) return wrong
		for (const { name, id, enabled } of config.config.meters) {
			if (enabled === false || choice.meters?.includes(name) === false) continue
			const { view, reading } = exampleReading(name, id ?? name)
			for (const trigger of ['announce', 'reading'] as const) {
				const expression = good.expressions[trigger]
				if (!expression) continue
				const scope = meterScope(good, choice, topics, bridge, view, { reading, state: reading }, trigger === 'announce')
				for (const { topic } of (await messagesOf(expression, scope)).messages) {
					const other = taken.get(topic)
					const input = inputs().find(({ filter }) => fits(filter, topic))
					if (other !== undefined && other !== good.name) wrong.push(`${good.name} and ${other} both write ${topic}`)
					else if (input) wrong.push(`${good.name} writes ${topic}, and the meter ${input.meter} reads ${input.filter}`)
					else if (written().some((filter) => fits(filter, topic))) wrong.push(`${good.name} writes ${topic}, one of our own topics`)
					else taken.set(topic, good.name)
				}
			}
		}
		return [...new Set(wrong)].slice(0, 3)
	}

	function tell(name: string, findings: string[]): void {
		const text = findings.join('\n')
		const before = status.get(name)
		if (before?.text === text) return
		status.set(name, { text, active: findings.length === 0 })
		for (const line of findings) log.error(`output ${name}: ${line}`)
		if (findings.length === 0 && before) log.info(`output ${name} is right again`)
		const payload = JSON.stringify({ output: name, status: findings.length === 0 ? 'active' : 'rejected', errors: findings })
		connection.publish({ topic: topics.output(name), payload, retain: true })
	}

	async function settle(library: Library, config: LoadedConfig): Promise<void> {
		const entries = (config.config.outputs ?? []).map((entry) => (typeof entry === 'string' ? { output: entry } : entry))
		const taken = new Map<string, string>()
		for (const { output: name, ...choice } of entries) {
			const compiled = compileOutput(name, library)
			const findings: Finding[] = Array.isArray(compiled) ? compiled : await checkOutput(compiled)
			const texts = findings.map(findingText)
			if (!Array.isArray(compiled) && texts.length === 0) texts.push(...(await misfits(compiled, choice, config, taken)))
			tell(name, texts)
			if (Array.isArray(compiled) || texts.length > 0) continue
			const key = JSON.stringify([compiled.fingerprint, choice])
			if (running.get(name)?.key === key) continue
			if (running.has(name)) log.info(`output ${name} is taken over anew`)
			stop(name)
			await start(name, compiled, choice, key)
			for (const { view, reading, state } of last.values()) {
				const one = running.get(name)
				if (one && isFor(one, view.name) && one.good.expressions.announce) await give(name, one, view, reading, state)
			}
		}
		for (const name of [...running.keys()]) {
			if (entries.some(({ output }) => output === name)) continue
			stop(name)
			clear((_topic, owner) => owner.output === name)
		}
		for (const name of [...status.keys()]) {
			if (entries.some(({ output }) => output === name)) continue
			status.delete(name)
			connection.publish({ topic: topics.output(name), payload: '', retain: true })
		}
	}

	return {
		settle: (library, config) => inOrder(() => settle(library, config)),
		reading: (view, reading, state) =>
			inOrder(async () => {
				last.set(view.name, { view, reading, state })
				const faults: OutputFault[] = []
				for (const [name, one] of running) if (isFor(one, view.name)) faults.push(...(await give(name, one, view, reading, state)))
				return faults
			}),
		forget(meter) {
			last.delete(meter)
			for (const one of running.values()) one.meters.delete(meter)
			clear((_topic, owner) => owner.meter === meter)
		},
		list: () => [...status].map(([output, { active }]) => ({ output, status: active ? ('active' as const) : ('rejected' as const) })),
		close: () =>
			inOrder(() => {
				for (const name of [...running.keys()]) stop(name)
				return Promise.resolve()
			}),
	}
}
