import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { root } from './root.ts'

/** A component of a discovery message. */
export type Component = {
	platform: string
	unique_id?: string
	default_entity_id?: string
	name?: string
	state_topic?: string
	value_template?: string
	device_class?: string
	state_class?: string
	unit_of_measurement?: string
	options?: string[]
	enabled_by_default?: boolean
	expire_after?: number
	suggested_display_precision?: number
	availability?: { topic: string }[]
	payload_on?: string
	payload_off?: string
}

/** A discovery message. */
export type Discovery = {
	device: { identifiers: string[]; name: string; serial_number?: string; via_device?: string; configuration_url?: string }
	origin: { name: string; support_url?: string }
	state_topic?: string
	availability?: { topic: string }[]
	components: Record<string, Component>
}

/** The state of a rendered template: a number or text, null for unknown; `wrong` where Home Assistant would log an error and keep the state before. */
export type Rendered = { state?: number | string | null; wrong?: string; ignored?: boolean; text?: string }

/** The first Python that has Jinja2; undefined where none has. */
export function pythonWithJinja(): string | undefined {
	return ['python3', '/usr/bin/python3'].find((program) => spawnSync(program, ['-c', 'import jinja2']).status === 0)
}

/** Renders templates with the messages on their topics, as Home Assistant does (home-assistant.py), by the real Jinja2. */
export function render(python: string, tasks: (Component & { template: string; payload: string })[]): Rendered[] {
	const run = spawnSync(python, [`${root}test/support/home-assistant.py`], {
		input: JSON.stringify(tasks),
		encoding: 'utf8',
		maxBuffer: 256 * 1024 * 1024,
	})
	if (run.status !== 0) throw new Error(run.stderr)
	return JSON.parse(run.stdout) as Rendered[]
}

const schema = new Ajv({ allowUnionTypes: true }).compile(
	JSON.parse(readFileSync(`${root}test/support/home-assistant.schema.json`, 'utf8')),
)

/** Says what is wrong with a discovery message by Home Assistant's rules; an empty text for nothing. */
export function breach(topic: string, payload: unknown): string {
	if (!/^[\w]+\/device\/[a-zA-Z0-9_-]+\/config$/.test(topic)) return `not a discovery topic: ${topic}`
	return schema(payload) ? '' : `${topic}: ${JSON.stringify(schema.errors?.slice(0, 4))}`
}

/** An entity of the registry; `at`: where it was announced; `topic`: of its state; `availability`: topics that must all say `online`. */
export type Entity = {
	id: string
	uniqueId: string
	device: Device
	at: string
	component: Component
	topic: string | undefined
	availability: string[]
}
export type Device = { identifiers: Set<string>; name: string; via: string | undefined }

/**
 * Keeps devices and entities as Home Assistant's registries do, of the discovery messages in their order: a device is found by any identifier, an entity by its
 * unique id; an entity id is the default one, or that with _2 where it is taken; an empty message or one with the platform alone removes.
 */
export class Registry {
	readonly devices: Device[] = []
	readonly entities: Entity[] = []
	/** Unique ids that were announced in two places at once: Home Assistant refuses the second. */
	readonly refused: string[] = []

	/** Takes a message. */
	take(topic: string, payload: string): void {
		if (payload === '') {
			this.#remove((entity) => entity.at.startsWith(`${topic} `))
			return
		}
		const { device, components, state_topic, availability = [] } = JSON.parse(payload) as Discovery
		for (const [key, component] of Object.entries(components)) {
			const at = `${topic} ${key}`
			if (component.unique_id === undefined) this.#remove((entity) => entity.at === at)
			else this.#add(at, this.#device(device), component, component.state_topic ?? state_topic, component.availability ?? availability)
		}
	}

	/** Gives the entity with this id. */
	entity(id: string): Entity | undefined {
		return this.entities.find((one) => one.id === id)
	}

	#device({ identifiers, name, via_device: via }: Discovery['device']): Device {
		const known = this.devices.find((one) => identifiers.some((identifier) => one.identifiers.has(identifier)))
		const device: Device = known ?? { identifiers: new Set(), name, via }
		if (!known) this.devices.push(device)
		for (const identifier of identifiers) device.identifiers.add(identifier)
		return Object.assign(device, { name, via })
	}

	#add(at: string, device: Device, component: Component, topic: string | undefined, topics: { topic: string }[]): void {
		const availability = topics.map((one) => one.topic)
		const uniqueId = component.unique_id ?? ''
		const known = this.entities.find((one) => one.uniqueId === uniqueId)
		if (known) {
			if (known.at === at) Object.assign(known, { device, component, topic, availability })
			else this.refused.push(uniqueId)
			return
		}
		const wanted = component.default_entity_id ?? `${component.platform}.${uniqueId.toLowerCase()}`
		let id = wanted
		for (let count = 2; this.entity(id); count++) id = `${wanted}_${count}`
		this.entities.push({ id, uniqueId, device, at, component, topic, availability })
	}

	#remove(fits: (entity: Entity) => boolean): void {
		const stay = this.entities.filter((entity) => !fits(entity))
		this.entities.splice(0, this.entities.length, ...stay)
		const devices = this.devices.filter((device) => stay.some((entity) => entity.device === device))
		this.devices.splice(0, this.devices.length, ...devices)
	}
}

/** Adds up a counter's states as Home Assistant's statistics do: `total` by differences, `total_increasing` from 0 after a fall of more than a tenth. */
export function consumption(stateClass: string | undefined, states: number[]): number {
	let [sum, start, last] = [0, states[0] ?? 0, states[0] ?? 0]
	for (const state of states.slice(1)) {
		if (stateClass === 'total_increasing' && state < 0.9 * last) {
			sum += last - start
			start = 0
		}
		last = state
	}
	return sum + last - start
}
