import type { ConfigDoor, Download, Refusal as Refused, SetupDoor } from '../http/site.ts'
import { Refusal } from '../setup/refusal.ts'
import type { Setup } from '../setup/setup.ts'

const WORDS: Record<Refusal['status'], Refused['refused']> = {
	400: 'invalid',
	404: 'unknown',
	409: 'conflict',
	412: 'changed',
	422: 'invalid',
	429: 'busy',
	503: 'unavailable',
}

/** Says to the page why something was not done. */
function refused({ status, problem: { code, text: message, hint }, findings, now }: Refusal): Refused {
	return { refused: WORDS[status], code, message, ...(hint !== undefined && { hint }), ...(findings && { findings }), ...now }
}

/** Offers the set-up to the page: the config and its changes, and what helps to find a meter. `setup` is made when it is first asked for. */
export function doorsOf(setup: () => Promise<Setup>): { config: ConfigDoor; setup: SetupDoor } {
	/** Asks the set-up, and gives what it answers, or why not. */
	async function ask<T>(question: (one: Setup) => T | Refusal | Promise<T | Refusal>): Promise<T | Refused> {
		const answer = await question(await setup())
		return answer instanceof Refusal ? refused(answer) : answer
	}
	const download = ({ name, text }: { name: string; text: string }): Download => ({ name, text })

	return {
		config: {
			read: () => ask((one) => one.config()),
			// Without a tag whatever is there is replaced.
			write: (text, etag) =>
				ask((one) => {
					const now = one.config()
					return now instanceof Refusal ? now : one.putConfig(text, etag ?? now.etag)
				}),
			undo: () => ask((one) => one.undo()),
			addMeter: (meter) => ask((one) => one.addMeter(meter)),
			changeMeter: (name, change) => ask((one) => one.changeMeter(name, change)),
			removeMeter: (name, history) => ask((one) => one.removeMeter(name, history)),
			switchOutput: (name, enabled) => ask((one) => one.setOutput(name, enabled)),
		},
		setup: {
			ports: () => ask(async (one) => ({ ports: await one.ports() })),
			probe: (request) => ask((one) => one.startProbe(request)),
			probed: (id) => ask((one) => one.probe(id)),
			giveKeys: (id, keys) => ask((one) => one.tryKeys(id, keys)),
			probeRecording: (id) =>
				ask((one) => {
					const found = one.recording(id)
					return found instanceof Refusal ? found : download(found)
				}),
			endProbe: (id) => ask((one) => one.end(id).then(() => ({}))),
			testBroker: (request) => ask((one) => one.testBroker(request)),
			listen: (request) => ask((one) => one.startHeard(request)),
			heard: (id) => ask((one) => one.heard(id)),
			endListening: (id) => ask((one) => one.end(id).then(() => ({}))),
		},
	}
}
