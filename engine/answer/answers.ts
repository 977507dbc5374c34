import type { Asked as AskedCounts } from '../../schema/types/diagnostics.ts'
import type { LoadedConfig } from '../config/config.ts'
import { type ChosenOutput, meterAsked } from '../output/output.ts'
import type { Speaker } from '../output/outputs.ts'
import type { AskedOutput, Heard } from '../output/replies.ts'
import { Device, type DeviceSettings } from './device.ts'

export type AnswersSettings = Omit<DeviceSettings, 'heard'> & {
	/** Tells the meters whose readings this process has. */
	isOurs?(meter: string): boolean
}

/** Runs the outputs that are asked: devices that others know, each for one meter. */
export class Answers {
	readonly #settings: DeviceSettings
	readonly #isOurs: (meter: string) => boolean
	readonly #devices = new Map<string, Device>()
	/** The devices of each meter. */
	#ofMeter = new Map<string, Device[]>()
	/** The meters that have spoken, with the time of their last reading (ms of a clock that never goes back). */
	readonly #speakers = new Map<string, { speaker: Speaker; at: number }>()

	constructor(settings: AnswersSettings) {
		this.#isOurs = settings.isOurs ?? (() => true)
		this.#settings = { ...settings, heard: (meter) => this.#heard(meter) }
	}

	/**
	 * Makes the devices equal to the outputs that run, as far as their meter is this process's: ports are opened, closed and moved. A port that cannot be
	 * opened is said, and tried again.
	 */
	async settle(outputs: ChosenOutput[], config: LoadedConfig): Promise<void> {
		for (const name of this.#speakers.keys()) if (!config.config.meters.some((meter) => meter.name === name)) this.#speakers.delete(name)
		const wanted = new Map<string, { output: AskedOutput; meter: string }>()
		for (const output of outputs) {
			const { asked } = output
			const meter = asked && meterAsked(output, config)
			if (asked && meter !== undefined && this.#isOurs(meter)) wanted.set(output.name, { output: { ...output, asked }, meter })
		}
		for (const [name, device] of this.#devices) {
			const next = wanted.get(name)
			if (next && next.output.choice.host === device.output.choice.host) continue
			this.#devices.delete(name)
			await device.close()
		}
		for (const [name, { output, meter }] of wanted) {
			const known = this.#devices.get(name)
			const device = known ?? new Device(output, meter, this.#settings)
			this.#devices.set(name, device)
			await device.settle(isSame(known?.output, output) ? device.output : output, meter)
		}
		this.#index()
	}

	/** Takes note of a meter's reading: it costs little where no device is for the meter. */
	reading(speaker: Speaker): void {
		const { name } = speaker
		const known = this.#speakers.get(name)
		if (known?.speaker === speaker) known.at = performance.now()
		else this.#speakers.set(name, { speaker, at: performance.now() })
		for (const device of this.#ofMeter.get(name) ?? NO_DEVICES) device.reading()
	}

	/** Returns the counts of the devices that answer for a meter, by their output; undefined where there are none. */
	counts(meter: string): Record<string, AskedCounts> | undefined {
		const devices = this.#ofMeter.get(meter)
		return devices && Object.fromEntries(devices.map(({ output, counts }) => [output.name, counts.message()]))
	}

	/** Returns the open ports of an output. */
	ports(output: string): ReturnType<Device['ports']> {
		return this.#devices.get(output)?.ports() ?? {}
	}

	/** Closes all ports. */
	async close(): Promise<void> {
		const devices = [...this.#devices.values()]
		this.#devices.clear()
		this.#index()
		await Promise.all(devices.map((device) => device.close()))
	}

	#index(): void {
		this.#ofMeter = new Map()
		for (const device of this.#devices.values()) this.#ofMeter.set(device.meter, [...(this.#ofMeter.get(device.meter) ?? []), device])
	}

	/** A reading that came late from elsewhere is as old as it says; a clock that was set does not make one younger. */
	#heard(meter: string): Heard | undefined {
		const known = this.#speakers.get(meter)
		if (!known) return undefined
		const last = known.speaker.last()
		return { last, age: Math.max(performance.now() - known.at, Date.now() - Date.parse(last.reading.received)) }
	}
}

const NO_DEVICES: Device[] = []

/** Tells whether an output is as it was: a new version of it begins without its memory. */
function isSame(one: AskedOutput | undefined, other: AskedOutput): boolean {
	return one?.fingerprint === other.fingerprint && JSON.stringify(one.choice) === JSON.stringify(other.choice)
}
