import type { ConfigDoor, SetupDoor } from '../http/site.ts'
import type { Setup } from '../setup/setup.ts'

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
