import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { portTitle } from '../engine/setup/ports.ts'
import { Refusal } from '../engine/setup/refusal.ts'
import type { Setup } from '../engine/setup/setup.ts'
import type { BrokerGiven, HeardAdapter, NewMeter, Probe, ProbeRequest, Proposal } from '../schema/types/api.ts'
import { askBroker } from './setup-broker.ts'
import { type Choice, Ended, sayProblem, type Terminal } from './setup-terminal.ts'

/** The meter that was found: a profile, its transport, a name that is free; keys that fit, and the broker where the adapter was heard. */
export type Found = Pick<NewMeter, 'profile' | 'transport'> & {
	name: string
	keys?: NonNullable<NewMeter['keys']>
	mqtt?: BrokerGiven | undefined
}
type Where =
	| { kind: 'probe'; transport: ProbeRequest['transport'] }
	| { kind: 'adapter' }
	| { kind: 'device' }
	| { kind: 'bridge' }
	| { kind: 'again' }

/** Finds a meter by questions. */
export class Finder {
	readonly #terminal: Terminal
	readonly #setup: Setup

	constructor(terminal: Terminal, setup: Setup) {
		this.#terminal = terminal
		this.#setup = setup
	}

	/** Asks where the meter is, until something was found there; undefined when a person gives up. `exists`: there is a config, and a broker in it. */
	async find(exists: boolean): Promise<Found | undefined> {
		for (;;) {
			const where = await this.#where()
			if (where.kind === 'again') continue
			const found =
				where.kind === 'adapter' ? await this.#adapter(exists) : where.kind === 'probe' ? await this.#probe(where.transport) : undefined
			if (found) return found
			this.#terminal.say()
			if (!(await this.#terminal.confirm('Look somewhere else?', true))) return undefined
		}
	}

	async #where(): Promise<Where> {
		const terminal = this.#terminal
		terminal.say()
		terminal.say('1. Where is the meter?')
		const ports = (await this.#setup.ports()).ports
		const devices: Choice<Where>[] = ports.map((port) => ({
			text: `${portTitle(port)}${port.usedBy === undefined ? '' : ` (read by ${port.usedBy})`}${port.problem ? ' (no rights)' : ''}`,
			more: port.path,
			value: { kind: 'probe', transport: { kind: 'serial', path: port.path } },
		}))
		const chosen = await terminal.choose<Where>('   Number', [
			...devices,
			{ text: 'another serial device', value: { kind: 'device' } },
			{ text: 'a bridge in the network (ser2net, Wi-Fi reader): host and port', value: { kind: 'bridge' } },
			{ text: 'an adapter that sends to an MQTT broker (gPlug, whatwatt, Tasmota …)', value: { kind: 'adapter' } },
			{ text: 'look again: I plug it in now', value: { kind: 'again' } },
		])
		if (chosen.kind === 'device') {
			const path = await terminal.ask('   Device', '/dev/ttyUSB0')
			return { kind: 'probe', transport: { kind: 'serial', path } }
		}
		if (chosen.kind !== 'bridge') return chosen
		const host = await terminal.ask('   Host, such as 192.168.1.50', '', (answer) =>
			answer === '' || /[\s/]/.test(answer) ? 'A name or an address, without http:// and without the port.' : undefined,
		)
		const port = await terminal.ask('   Port', '3333', (answer) => (/^\d{1,5}$/.test(answer) ? undefined : 'A number up to 65535.'))
		return { kind: 'probe', transport: { kind: 'tcp', host, port: Number(port) } }
	}

	async #probe(transport: ProbeRequest['transport']): Promise<Found | undefined> {
		const terminal = this.#terminal
		const begun = await this.#setup.probe({ transport })
		if (begun instanceof Refusal) {
			sayProblem(this.#terminal, begun.problem)
			return undefined
		}
		terminal.say()
		terminal.say('2. Listening. Most meters send every 5 to 10 s; all settings take some minutes.')
		terminal.say('   Enter ends it.')
		let keys: NonNullable<NewMeter['keys']> | undefined
		let view = await this.#watch(begun.id, ['listening'])
		if (view?.state === 'key-wanted') {
			terminal.say(`  ${view.text}`, '  ')
			keys = await this.#keys(begun.id)
			if (!keys) return undefined
			view = await this.#watch(begun.id, ['listening', 'key-wanted'])
		}
		if (view?.state === 'reading') {
			terminal.say(`  ${view.text}`, '  ')
			const proposal = await this.#proposed(view.proposals)
			return { ...proposal, ...(keys && { keys }) }
		}
		if (!view) return undefined
		sayProblem(this.#terminal, view.problem ?? { code: '', text: view.text })
		if (view.record) await this.#record(begun.id)
		return undefined
	}

	/** Shows how a probe goes on, until it is in another state. */
	async #watch(id: string, states: Probe['state'][]): Promise<Probe | undefined> {
		const terminal = this.#terminal
		const told = new Set<string>()
		const entered = terminal.entered()
		for (;;) {
			const view = this.#setup.probed(id)
			if (view instanceof Refusal || entered.is()) {
				entered.forget()
				await this.#setup.endProbe(id)
				return undefined
			}
			for (const { line, text } of view.tried.filter((one) => one.line !== view.line)) {
				if (told.has(`${line} ${text}`)) continue
				told.add(`${line} ${text}`)
				terminal.say(`   ${line.padEnd(18)} ${text}`, '   ')
			}
			if (!states.includes(view.state)) {
				entered.forget()
				return view
			}
			terminal.live(`   ${String(view.seconds).padStart(3)} s  ${view.text}`)
			await pause(250, terminal.signal)
			if (terminal.signal.aborted) throw new Ended()
		}
	}

	/** Asks for the encryption key until it fits, and then for the other one where telegrams carry a tag; nothing when a person has none. */
	async #keys(id: string): Promise<NonNullable<NewMeter['keys']> | undefined> {
		const terminal = this.#terminal
		for (;;) {
			const encryption = await terminal.secret('   Encryption key (not shown; Enter: I have none)')
			if (encryption === '') {
				terminal.say('  Ask your grid operator for the keys of the customer interface, and come back.', '  ')
				return undefined
			}
			terminal.live('   The key is tried …')
			const view = await this.#setup.giveKeys(id, { encryption })
			if (view instanceof Refusal) return { encryption }
			if (!view.problem) return this.#authentication(id, encryption, view)
			sayProblem(terminal, view.problem)
		}
	}

	/** Asks for the authentication key, where one is of use. */
	async #authentication(id: string, encryption: string, { proposals }: Probe): Promise<NonNullable<NewMeter['keys']>> {
		const terminal = this.#terminal
		terminal.say('  The key fits.', '  ')
		if (!proposals.some(({ keysWanted = [] }) => keysWanted.includes('authentication'))) return { encryption }
		for (;;) {
			const authentication = await terminal.secret('   Authentication key (not shown; Enter: go on without)')
			const keys = { encryption, ...(authentication !== '' && { authentication }) }
			terminal.live('   The key is tried …')
			const view = await this.#setup.giveKeys(id, keys)
			if (view instanceof Refusal || !view.problem) return keys
			sayProblem(terminal, view.problem)
		}
	}

	async #proposed(proposals: readonly Proposal[]): Promise<Found> {
		const terminal = this.#terminal
		terminal.say()
		const first = readingText(proposals[0]?.reading ?? {})
		terminal.say('   Which one is it? The operator on your bill or the model on the meter decides.')
		const chosen = await terminal.choose(
			'   Number or name',
			proposals.map((proposal, place) => ({
				text: `${proposal.title} (${proposal.sure})`,
				more: `${proposal.profile}: ${place > 0 && readingText(proposal.reading) === first ? 'the same values' : readingText(proposal.reading)}`,
				key: proposal.profile,
				value: proposal,
			})),
		)
		return { profile: chosen.profile, transport: chosen.transport, name: chosen.name }
	}

	async #record(id: string): Promise<void> {
		const terminal = this.#terminal
		if (!(await terminal.confirm('  Save the recording, to share it?', true))) return
		const shared = this.#setup.probeRecording(id)
		if (shared instanceof Refusal) return
		let name = shared.name
		for (let number = 2; existsSync(name); number++) name = shared.name.replace('.capture', `-${number}.capture`)
		try {
			writeFileSync(name, shared.text, { flag: 'wx' })
			terminal.say(`  Saved as ${resolve(name)}. ${shared.note}`, '  ')
		} catch (error) {
			terminal.say(`  It cannot be saved: ${(error as Error).message}`, '  ')
		}
	}

	/** Listens at the broker for adapters, and lets a person choose one. */
	async #adapter(exists: boolean): Promise<Found | undefined> {
		const terminal = this.#terminal
		const mqtt = exists ? undefined : await askBroker(this.#terminal, this.#setup, '  ', true)
		if (mqtt === 'back') return undefined
		const begun = this.#setup.listen({ ...(mqtt && { mqtt }), seconds: 90 })
		if (begun instanceof Refusal) {
			sayProblem(this.#terminal, begun.problem)
			return undefined
		}
		terminal.say()
		terminal.say('2. Listening for adapters. Enter ends it as soon as yours is there.')
		const entered = terminal.entered()
		let heard: HeardAdapter[] = []
		for (let last = ''; ; ) {
			const view = this.#setup.heard(begun.id)
			if (view instanceof Refusal) return undefined
			heard = view.heard
			if (view.text !== last) terminal.live(`   ${view.text ?? ''}`)
			last = view.text ?? ''
			if (view.problem) sayProblem(terminal, view.problem)
			if (view.state !== 'listening' || entered.is()) break
			await pause(300, terminal.signal)
			if (terminal.signal.aborted) throw new Ended()
		}
		entered.forget()
		await this.#setup.endProbe(begun.id)
		if (heard.length === 0) {
			terminal.say('   No adapter of a known profile was heard. Is it connected to this broker?', '   ')
			return undefined
		}
		const chosen = await terminal.choose(
			'   Number',
			heard.map((one) => ({
				text: `${one.device ?? one.topic}: ${one.title}`,
				more: `${one.profile}: ${readingText(one.reading ?? {})}`,
				value: one,
			})),
		)
		return { profile: chosen.profile, transport: chosen.transport, name: chosen.name, mqtt }
	}
}

/** A reading in a line: what tells a person that it is theirs. */
export function readingText(reading: Readonly<Record<string, unknown>>): string {
	const kilo = (value: unknown) => (typeof value === 'number' ? `${(value / 1000).toFixed(3)} kWh` : undefined)
	const { power_net: net, power_import: from, voltage_l1: volts, energy_import, energy_export, time } = reading
	const power = typeof net === 'number' ? net : from
	const parts = [
		typeof power === 'number' ? `${power} W` : undefined,
		typeof volts === 'number' ? `${volts} V` : undefined,
		kilo(energy_import) && `import ${kilo(energy_import)}`,
		kilo(energy_export) && `export ${kilo(energy_export)}`,
		typeof time === 'string' ? time.slice(0, 16).replace('T', ' ') : undefined,
	]
	return parts.filter((part) => part !== undefined).join(', ')
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
	return new Promise((done) => {
		const timer = setTimeout(end, milliseconds)
		signal.addEventListener('abort', end)
		function end(): void {
			clearTimeout(timer)
			signal.removeEventListener('abort', end)
			done()
		}
	})
}
