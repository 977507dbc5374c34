import { resolve } from 'node:path'
import { parseConfig } from '../engine/config/config.ts'
import { findingText } from '../engine/document/finding.ts'
import { nameFault } from '../engine/setup/meter-edits.ts'
import { Refusal } from '../engine/setup/refusal.ts'
import { Setup, type SetupSettings } from '../engine/setup/setup.ts'
import type { NewMeter } from '../schema/types/api.ts'
import { askBroker } from './setup-broker.ts'
import { Finder } from './setup-find.ts'
import { Ended, sayProblem, Terminal } from './setup-terminal.ts'

/**
 * `cii2mqtt setup`: finds a meter and writes the config, by questions on a terminal. Exit code 0; 1 when nothing was found; 2 without a terminal, or for a config that
 * cannot be used; 3 when it cannot be written; 130 when a person ends it: nothing is written then.
 */
export async function setUp({ config: file }: { config: string }): Promise<number> {
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		console.error('setup asks questions: run it in a terminal. Without one, write the config by hand: the README has one to begin with')
		return 2
	}
	const settings: SetupSettings = {
		file,
		tell: (text) => console.error(text),
		...(process.env.STATE_DIRECTORY && { stateDir: process.env.STATE_DIRECTORY.split(':')[0] }),
	}
	const terminal = new Terminal()
	const setup = new Setup(settings)
	try {
		return await new Conversation(terminal, setup, settings).hold()
	} catch (error) {
		if (!(error instanceof Ended)) throw error
		terminal.say()
		terminal.say('Ended: nothing was written.')
		return 130
	} finally {
		await setup.close()
		terminal.close()
	}
}

/** The questions, one step after the other. */
class Conversation {
	readonly #terminal: Terminal
	readonly #setup: Setup
	readonly #settings: SetupSettings

	constructor(terminal: Terminal, setup: Setup, settings: SetupSettings) {
		this.#terminal = terminal
		this.#setup = setup
		this.#settings = settings
	}

	async hold(): Promise<number> {
		const terminal = this.#terminal
		const config = this.#setup.read()
		if (config instanceof Refusal) return this.#refused(config)
		const { text, exists } = config
		terminal.say(`Set-up of cii2mqtt. The config is ${resolve(this.#settings.file)}${exists ? '' : ' (it is made at the end)'}.`)
		terminal.say('Enter takes what stands in brackets. Ctrl+C ends, and leaves nothing behind.')
		const parsed = exists ? parseConfig(this.#settings.file, text) : undefined
		if (Array.isArray(parsed)) {
			for (const finding of parsed) terminal.say(findingText(finding))
			terminal.say('Put this right first.')
			return 2
		}
		const found = await new Finder(terminal, this.#setup).find(exists)
		if (!found) return 1
		const names = parsed?.config.meters.map(({ name }) => name) ?? []
		terminal.say()
		terminal.say('3. What is it called?')
		const name = await terminal.ask('   Name in the topics: letters, digits, - and _', found.name, (answer) => {
			const fault = nameFault(answer, names)?.problem
			return fault && `${fault.text} ${fault.hint ?? ''}`
		})
		const title = await terminal.ask('   Title for people, such as Main house', name)
		const mqtt = found.mqtt ?? (exists ? undefined : await askBroker(terminal, this.#setup, '4.'))
		const isOn = parsed?.config.outputs?.some((entry) => (typeof entry === 'string' ? entry : entry.output) === 'home-assistant') ?? false
		terminal.say()
		const outputs = !isOn && (await terminal.confirm('5. Show the meter in Home Assistant?', true)) ? ['home-assistant'] : []
		if (!exists) this.#settings.http = await this.#page()
		const { mqtt: _heardAt, ...entry } = found
		return this.#write({ ...entry, name, title, outputs, ...(mqtt && { mqtt }) })
	}

	async #write(meter: NewMeter): Promise<number> {
		const terminal = this.#terminal
		terminal.say()
		if (!(await terminal.confirm('All is known. Write the config?', true))) throw new Ended()
		const done = await this.#setup.addMeter(meter)
		if (done instanceof Refusal) return this.#refused(done)
		terminal.say()
		terminal.say(
			`Written: ${resolve(this.#settings.file)}${meter.keys || meter.mqtt?.password ? ', and keys and passwords beside it in keys/, which only you can read' : ''}.`,
		)
		const name = this.#settings.file === 'cii2mqtt.json' ? '' : ` --config ${this.#settings.file}`
		terminal.say(`Run it:  cii2mqtt run${name}`)
		const { host, port = 8080 } = this.#settings.http ?? {}
		if (this.#settings.http)
			terminal.say(
				`The page: http://${host === undefined ? 'localhost' : 'this machine’s name'}:${port}/${host === undefined ? '' : ' (the first start prints a link by which you set its password)'}`,
			)
		return 0
	}

	#refused({ refused, problem, findings = [] }: Refusal): number {
		sayProblem(this.#terminal, problem)
		for (const finding of findings.slice(0, 5)) this.#terminal.say(`  ${findingText(finding)}`, '    ')
		return refused === 'unavailable' ? 3 : 2
	}

	#page(): Promise<NonNullable<SetupSettings['http']>> {
		const terminal = this.#terminal
		terminal.say()
		terminal.say('6. Who may see the page with the values?')
		return terminal.choose('   Number', [
			{ text: 'whoever sits at this machine', value: {} },
			{ text: 'everybody in the network who knows the password', value: { host: '0.0.0.0' } },
		])
	}
}
