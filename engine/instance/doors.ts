import type { ConfigDoor, SetupDoor, WorkbenchDoor } from '../http/site.ts'
import type { Setup } from '../setup/setup.ts'
import type { Bench } from '../workbench/bench.ts'

/** Offers the set-up to the page: the config and its changes, and what helps to find a meter. `setup` makes it when it is first asked for. */
export function doorsOf(setup: () => Promise<Setup>): { config: ConfigDoor; setup: SetupDoor } {
	return {
		config: {
			read: async () => (await setup()).read(),
			write: async (text, etag) => (await setup()).write(text, etag),
			undo: async (etag) => (await setup()).undo(etag),
			addMeter: async (meter) => (await setup()).addMeter(meter),
			changeMeter: async (name, change) => (await setup()).changeMeter(name, change),
			removeMeter: async (name, history) => (await setup()).removeMeter(name, history),
			switchOutput: async (name, enabled) => (await setup()).switchOutput(name, enabled),
		},
		setup: {
			ports: async () => (await setup()).ports(),
			probe: async (request) => (await setup()).probe(request),
			probed: async (id) => (await setup()).probed(id),
			giveKeys: async (id, keys) => (await setup()).giveKeys(id, keys),
			probeRecording: async (id) => (await setup()).probeRecording(id),
			endProbe: async (id) => (await setup()).endProbe(id),
			suggestBroker: async () => (await (await setup()).suggestBroker()) ?? {},
			testBroker: async (request) => (await setup()).testBroker(request),
			listen: async (request) => (await setup()).listen(request),
			heard: async (id) => (await setup()).heard(id),
			endListening: async (id) => (await setup()).endListening(id),
		},
	}
}

/** Offers the workbench to the page. `bench` makes it when it is first asked for. */
export function workbenchOf(bench: () => Promise<Bench>): WorkbenchDoor {
	return {
		analyse: async (request) => (await bench()).analyse(request),
		words: async () => (await bench()).words(),
		profile: async (name) => (await bench()).profile(name),
		save: async (name, text, etag) => (await bench()).save(name, text, etag),
		draft: async (request) => (await bench()).draft(request),
		addSample: async (name, sample, request) => (await bench()).addSample(name, sample, request),
		accept: async (name, request) => (await bench()).accept(name, request),
		zip: async (name, text) => (await bench()).zip(name, text),
		kind: async (name) => (await bench()).kind(name),
	}
}
