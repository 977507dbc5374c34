import type { LastGoodSettings } from '../check/last-good.ts'
import { lastGood } from '../check/last-good.ts'
import type { CurrentConfig, CurrentConfigSettings } from '../config/current.ts'
import { writtenBy } from '../config/mqtt.ts'
import { partsOf, workerName } from '../config/role.ts'
import { packageVersion } from '../files/package.ts'
import { outerPage } from '../http/outer.ts'
import { causeOf, type LimitedLog } from '../log/log.ts'
import { memoriesOf } from '../meter/memory-file.ts'
import { Meters } from '../meter/meters.ts'
import type { MeterSettings } from '../meter/settings.ts'
import type { Traces } from '../meter/traces.ts'
import { Translator } from '../meter/translator.ts'
import type { Broker } from '../mqtt/broker.ts'
import { hold } from '../mqtt/claim.ts'
import { connect } from '../mqtt/client.ts'
import type { ConnectionSettings } from '../mqtt/settings.ts'
import { Owners } from '../output/ownership.ts'
import { recall } from '../output/recall.ts'
import { bothOutputs } from './both-outputs.ts'
import { bridgeOf } from './bridge.ts'
import { inputs, outboxOf, rawSession } from './connections.ts'
import { Statuses } from './statuses.ts'

export type InstanceSettings = Omit<CurrentConfigSettings, 'config'> & {
	/** The ports of the embedded broker and of the page may give way to the next free ones. */
	anyPort?: boolean
	onReading?: MeterSettings['onReading']
	watch?: MeterSettings['watch']
	/** Keeps the last telegrams of the meters. */
	traces?: Traces | undefined
	log: LimitedLog
}

/** The events that an instance hears: another process runs in its place, and profiles are checked. */
type Events = Pick<LastGoodSettings, 'more' | 'done'> & {
	displaced: () => void
	/** The broker came or went, or the status of a profile or output changed. */
	changed: () => void
	reading: NonNullable<MeterSettings['onReading']>
}

/** All that runs for one config. */
export type Parts = ReturnType<typeof wire>

/** Makes all that runs for one config, and ties it together. Nothing is read or published yet. */
export function wire(
	settings: InstanceSettings,
	config: CurrentConfig,
	connection: ConnectionSettings,
	embedded: Broker | undefined,
	{ displaced, changed, reading, ...onChecked }: Events,
) {
	const { log, worker } = settings
	const { topics, instance, role, loaded } = config
	const parts = worker && partsOf(worker)
	const session = Date.now()
	const warn = (text: string) => log.warn({ cause: causeOf(text) }, text)
	const written = () => writtenBy(config.loaded, topics)
	/** Why the broker is away, where it is. */
	const link: { trouble?: string | undefined } = {}
	const status: ConnectionSettings['status'] = (up, text) => {
		connection.status(up, text)
		link.trouble = up ? undefined : text
		changed()
	}
	const toBroker = { ...connection, status, ...(embedded && { stream: embedded.connect }) }
	const clientId = worker ? workerName(connection.clientId, worker) : connection.clientId
	const output = connect({ ...toBroker, clientId, ...outboxOf(loaded, config.stateFile('outbox.jsonl'), warn) })
	const input = inputs(output, clientId, () => config.loaded.config.mqtt.url, log)
	const claim = embedded ? undefined : hold(output, topics, displaced)
	const bridge = bridgeOf(output, topics, log)
	const statuses = new Statuses()
	const tellOf = teller(bridge, statuses, changed)
	const profiles = lastGood({
		...onChecked,
		tell: (...status) => tellOf('profile', ...status),
		warn,
		info: (text) => log.info(text),
	})
	const memories = memoriesOf(parts, (...which) => config.stateFile(...which), warn)
	const file = config.stateFile('published.json')
	// An embedded broker forgets with its process.
	const recalled = file === undefined && !embedded ? recall(output, topics) : undefined
	const put = (payload: string) => void recalled?.then(() => output.publish({ topic: topics.bridgePublished, payload, retain: true }))
	const owners = new Owners(file, warn, recalled && put)
	const common = { topics, session, output, role, log }
	const translator = new Translator({ ...common, instance, parts, connect: (part) => rawSession(toBroker, part, log) })
	const occupied = () => ({ inputs: meters.filters(), written: [...written(), ...topics.reserved] })
	const sending = { topics, connection: output, owners, bridge: processOf(config), occupied, log }
	const { outputs, answers, takes } = bothOutputs(sending, config, (...status) => tellOf('output', ...status))
	const meters: Meters = new Meters({
		...common,
		outputs: takes,
		asked: (meter) => answers.counts(meter),
		memories,
		profiles,
		inputOf: input.of,
		raw: translator,
		readers: (protocol) => profiles.readers(protocol),
		written,
		onReading: reading,
		traces: settings.traces,
		watch: settings.watch,
	})
	return {
		recalled,
		session,
		claim,
		embedded,
		output,
		input,
		bridge,
		statuses,
		profiles,
		memories,
		owners,
		translator,
		outputs,
		answers,
		meters,
		link,
	}
}

/** Gives the process as outputs see it; `page`: where its page is, for other machines of the house. */
const processOf = (config: CurrentConfig) => ({
	instance: config.instance,
	version: packageVersion(),
	get page() {
		return outerPage(config.loaded.config.http)
	},
})

/** Tells a new status of a profile or an output to all that want to know. */
function teller(bridge: Pick<ReturnType<typeof bridgeOf>, 'status'>, statuses: Statuses, changed: () => void): typeof bridge.status {
	return (kind, name, status, errors, isQuiet) => {
		bridge.status(kind, name, status, errors, isQuiet)
		statuses.take(kind, name, status, errors)
		changed()
	}
}
