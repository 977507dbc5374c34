import { Refusal } from '../engine/setup/refusal.ts'
import type { Setup } from '../engine/setup/setup.ts'
import type { BrokerAnswer, BrokerGiven } from '../schema/types/api.ts'
import { sayProblem, type Terminal } from './setup-terminal.ts'

/** Asks for the broker, and tests it, until it answers or a person takes it all the same. `number`: of the question; `isRunning`: it must run already, as an adapter sends to it. */
export async function askBroker(terminal: Terminal, setup: Setup, number: string, isRunning?: false): Promise<BrokerGiven>
export async function askBroker(terminal: Terminal, setup: Setup, number: string, isRunning: true): Promise<BrokerGiven | 'back'>
export async function askBroker(terminal: Terminal, setup: Setup, number: string, isRunning = false): Promise<BrokerGiven | 'back'> {
	terminal.say()
	terminal.say(`${number} ${isRunning ? 'Which MQTT broker does the adapter send to?' : 'Which MQTT broker gets the readings?'}`)
	terminal.live('   Looking for one on this machine …')
	const here = await setup.suggestBroker()
	for (;;) {
		const kind = await terminal.choose<'here' | 'other' | 'own' | 'back'>('   Number', [
			...(here ? [{ text: `the one on this machine (${here.url})`, value: 'here' as const }] : []),
			{ text: 'one in the network: its address', value: 'other' },
			isRunning ? { text: 'none: go back', value: 'back' } : { text: 'none yet: use the broker that is built in', value: 'own' },
		])
		if (kind === 'back') return kind
		const given = kind === 'own' ? { embedded: {} } : await askAddress(terminal, kind === 'here' ? here : undefined)
		const answer = await setup.testBroker({ mqtt: given })
		if (answer instanceof Refusal) {
			sayProblem(terminal, answer.problem)
			continue
		}
		if (accepts(terminal, answer) || (await terminal.confirm('   Take it all the same?', false))) return given
	}
}

async function askAddress(terminal: Terminal, here: { url: string; wantsPassword: boolean } | undefined): Promise<BrokerGiven> {
	const url =
		here?.url ??
		(await terminal.ask('   Address, such as mqtt://192.168.1.10:1883', '', (answer) =>
			answer === '' ? 'mqtt://host:port, or mqtts:// where it encrypts.' : undefined,
		))
	if (here && !here.wantsPassword) return { url }
	const username = await terminal.ask('   User name (Enter without)')
	if (username === '') return { url }
	return { url, username, password: await terminal.secret('   Password (not shown)') }
}

function accepts(terminal: Terminal, { ok, text, problem }: BrokerAnswer): boolean {
	if (ok) terminal.say(`   ${text}`, '   ')
	if (problem) sayProblem(terminal, problem)
	return ok
}
