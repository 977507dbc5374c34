import type { LoadedConfig } from '../config/config.ts'
import { enabledMeters } from '../config/current.ts'
import { findingText } from '../document/finding.ts'
import type { Log } from '../log/log.ts'
import { InOrder } from '../pipeline/in-order.ts'
import type { Soon } from '../pipeline/pipeline.ts'
import type { Library } from '../profile/library.ts'
import { conflicts, type Occupied } from './conflicts.ts'
import { type Delivery, release } from './delivery.ts'
import { type ChosenOutput, type Entry, entriesOf, outputOf } from './output.ts'
import { type Given, type OutputFault, RunningOutput } from './running.ts'
import { checkOutput } from './samples.ts'
import { type Configured, kept, type Last } from './scope.ts'
import { type Shape, shapeOf } from './shape.ts'

/** Meters whose announcement may fail when all are announced: beyond, the others wait for their next reading. */
const MAX_FAILED = 3

const NO_FAULTS: OutputFault[] = []
const NOTHING: Given = { topics: [], faults: NO_FAULTS }

/** A meter that has spoken. `last` gives its last reading and the state after it, which hold until it speaks again. */
export type Speaker = { readonly name: string; last(): Last }

export type OutputStatus = 'active' | 'rejected'

/** All that outputs publish with; `occupied` returns the topics that they must leave alone, as the config is now. */
export type OutputsSettings = Omit<Delivery, 'occupied'> & {
	occupied(): Occupied
	/** Reports an output's new status; `gone`: the config no longer has it. */
	tell(output: string, status: OutputStatus | 'gone', errors: string[]): void
	log: Log
}

/** Publishes readings by the outputs of a config: one step after the other, so that what is announced first is published first. */
export class Outputs {
	readonly #settings: OutputsSettings
	readonly #delivery: Delivery
	/** The errors of each output of the config, one a line. */
	readonly #errors = new Map<string, string>()
	readonly #running = new Map<string, RunningOutput>()
	/** The meters that have spoken. */
	readonly #speakers = new Map<string, Speaker>()
	/** Those of the config that have not spoken yet. */
	readonly #silent = new Map<string, Configured>()
	/** Config, files and topics of the last time that everything was settled. */
	#settled = ''
	readonly #order = new InOrder()

	constructor(settings: OutputsSettings) {
		this.#settings = settings
		this.#delivery = { ...settings, occupied: { inputs: [], written: [] } }
	}

	/** Makes the outputs equal to what the config and the library say; one that is wrong keeps its last good version. */
	settle(library: Library, config: LoadedConfig): Promise<void> {
		return this.#inOrder(() => this.#settle(library, config))
	}

	/** Takes a meter of the config, to describe it until it speaks. */
	expect(one: Configured): void {
		const { name } = one.view
		if (this.#speakers.has(name)) return
		this.#silent.set(name, one)
		for (const output of this.#running.values()) this.#watched(this.#announce(output, name))
	}

	/** Takes a meter's reading. Gives what was left out, at once where nothing has to be waited for. */
	reading(speaker: Speaker): Soon<OutputFault[]> {
		this.#speakers.set(speaker.name, speaker)
		this.#silent.delete(speaker.name)
		const isIdle = this.#order.isIdle
		if (isIdle && this.#running.size === 0) return NO_FAULTS
		const last = isIdle ? speaker.last() : kept(speaker.last())
		const failed = (error: unknown) => {
			this.#settings.log.error(error, 'an output failed: please report this')
			return NO_FAULTS
		}
		try {
			const found = this.#order.do(() => this.#pass(last, [...this.#running.values()]))
			return found instanceof Promise ? found.catch(failed) : found
		} catch (error) {
			return failed(error)
		}
	}

	/** Hands a reading to outputs, one after the other. */
	#pass(last: Last, outputs: RunningOutput[], faults: OutputFault[] = NO_FAULTS): Soon<OutputFault[]> {
		let all = faults
		for (const [place, one] of outputs.entries()) {
			const found = one.reading(last)
			if (found instanceof Promise) {
				const [now, rest] = [kept(last), outputs.slice(place + 1)]
				return found.then((later) => this.#pass(now, rest, [...all, ...later]))
			}
			if (found.length > 0) all = [...all, ...found]
		}
		return all
	}

	/** Clears what the broker keeps of a meter that is no longer in the config. */
	forget(meter: string): Promise<void> {
		return this.#inOrder(() => {
			this.#speakers.delete(meter)
			this.#silent.delete(meter)
			for (const one of this.#running.values()) one.forget(meter)
			for (const topic of this.#settings.owners.topicsOf(meter)) release(this.#delivery, topic)
		})
	}

	/** Gives the form of the topics of an output, as the config has it or an earlier one may have had it; undefined where there is no such output. */
	async shape(name: string, library: Library, config: LoadedConfig): Promise<Shape | undefined> {
		const output = this.#running.get(name)?.output ?? outputOf({ name, choice: {}, place: 0 }, config, library)
		return Array.isArray(output) ? undefined : await shapeOf(output, this.#delivery)
	}

	/** Lists the outputs that run, each in its last good version. */
	active(): ChosenOutput[] {
		return [...this.#running.values()].map(({ output }) => output)
	}

	/** Lists the outputs of the config with their status. */
	list(): { output: string; status: OutputStatus }[] {
		return [...this.#errors].map(([output, errors]) => ({ output, status: errors === '' ? 'active' : 'rejected' }))
	}

	/** Resolves when all readings so far have been made messages of. */
	close(): Promise<void> {
		return this.#inOrder(() => {
			for (const name of [...this.#running.keys()]) this.#stop(name)
		})
	}

	/** Does it after all that was begun before. */
	async #inOrder<T>(work: () => Soon<T>): Promise<T> {
		return await this.#order.do(work)
	}

	async #settle(library: Library, config: LoadedConfig): Promise<void> {
		const entries = entriesOf(config.config)
		const occupied = this.#settings.occupied()
		this.#delivery.occupied = occupied
		// To look through thousands of meters each minute for nothing would hold up their telegrams.
		const files = [...library.sources].flatMap(([name, source]) => (name.startsWith('outputs/') ? [name, source.text] : []))
		const meters = config.config.meters.map(({ name, id, enabled }) => [name, id, enabled])
		const all = JSON.stringify([entries, files, meters, occupied])
		if (all === this.#settled) return
		const owners = new Map<string, string>()
		for (const entry of entries) await this.#settleEntry(entry, library, config, owners)
		const isNamed = (name: string) => entries.some((entry) => entry.name === name)
		for (const name of [...this.#errors.keys()].filter((one) => !isNamed(one))) {
			this.#stop(name)
			this.#errors.delete(name)
			this.#settings.tell(name, 'gone', [])
		}
		for (const topic of this.#settings.owners.topics((owner) => !isNamed(owner.output))) release(this.#delivery, topic)
		this.#settled = all
	}

	async #settleEntry(entry: Entry, library: Library, config: LoadedConfig, owners: Map<string, string>): Promise<void> {
		const { name, choice } = entry
		const output = outputOf(entry, config, library)
		const findings = Array.isArray(output) ? output : (library.checked?.get(`outputs/${name}`) ?? (await checkOutput(output)))
		const errors = findings.map(findingText)
		if (!Array.isArray(output) && errors.length === 0) {
			const meters = enabledMeters(config).filter((meter) => choice.meters?.includes(meter.name) !== false)
			errors.push(...(await conflicts(output, meters, this.#delivery, owners)))
		}
		const text = errors.join('\n')
		if (this.#errors.get(name) !== text) this.#settings.tell(name, text === '' ? 'active' : 'rejected', errors)
		this.#errors.set(name, text)
		if (Array.isArray(output) || errors.length > 0) return
		const now = this.#running.get(name)?.output
		if (now?.fingerprint === output.fingerprint && JSON.stringify(now.choice) === JSON.stringify(choice)) return
		if (now) this.#settings.log.info(`output ${name} changed: its new version runs`)
		await this.#start(output)
	}

	/** Starts an output, in place of an older version of it: clears what that one left on the broker, and this one does not announce. */
	async #start(output: ChosenOutput): Promise<void> {
		// A meter that has not spoken since the process began is announced when it does.
		const before = this.#settings.owners.topics(
			({ output: name, meter }) => name === output.name && (meter === '' || this.#speakers.has(meter)),
		)
		this.#stop(output.name)
		const one: RunningOutput = new RunningOutput(output, this.#delivery, (meter) => this.#watched(this.#announce(one, meter)))
		this.#running.set(output.name, one)
		this.#watched(this.#announceAll(one, before))
		await one.awaitBirth(() => this.#watched(this.#announceAll(one)))
	}

	/** Announces all meters, a step for each: readings that arrive meanwhile go between them. Clears then which of the topics `before` it is not on. */
	async #announceAll(one: RunningOutput, before: string[] = []): Promise<void> {
		const topics = new Set<string>()
		let failed = 0
		for (const meter of [undefined, ...this.#speakers.keys(), ...this.#silent.keys()]) {
			const given = await this.#announce(one, meter)
			for (const topic of given.topics) topics.add(topic)
			if (given.failed && ++failed >= MAX_FAILED) break
			await new Promise((resolve) => setImmediate(resolve))
		}
		const clear = () => before.filter((topic) => !topics.has(topic)).forEach((topic) => void release(this.#delivery, topic))
		// What the broker has of a meter stays until there is another announcement.
		await this.#inOrder(() => this.#isRunning(one) && failed === 0 && clear())
	}

	/** Announces a meter, or the process, by an output that still runs. Gives the topics that this is on, and what was left out. */
	#announce(one: RunningOutput, meter?: string): Promise<Given> {
		return this.#inOrder(async () => {
			if (!this.#isRunning(one)) return NOTHING
			const given = await this.#tell(one, meter)
			const { name } = one.output
			for (const { detail } of given.faults) this.#settings.log.warn({ cause: `output ${name}` }, `output ${name}: ${detail}`)
			return given
		})
	}

	#tell(one: RunningOutput, meter: string | undefined): Soon<Given> {
		if (meter === undefined) return one.announceBridge()
		const [speaker, silent] = [this.#speakers.get(meter), this.#silent.get(meter)]
		return speaker ? one.announce(speaker.last()) : silent ? one.describe(this.#known(silent)) : NOTHING
	}

	/** Gives a silent meter without its id where another one has that as well: nobody knows yet whose it is. */
	#known(silent: Configured): Configured {
		const isOther = (one: Configured) => one.view.name !== silent.view.name && one.id === silent.id
		const isShared = silent.id !== undefined && [...this.#silent.values()].some(isOther)
		return isShared ? { view: silent.view } : silent
	}

	#watched(work: Promise<unknown>): void {
		work.catch((error: unknown) => this.#settings.log.error(error, 'an announcement failed: please report this'))
	}

	#isRunning(one: RunningOutput): boolean {
		return this.#running.get(one.output.name) === one
	}

	#stop(name: string): void {
		this.#running.get(name)?.stop()
		this.#running.delete(name)
	}
}
