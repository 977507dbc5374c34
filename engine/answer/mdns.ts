import { isIPv4 } from 'node:net'
import type { CiaoService, Responder } from '@homebridge/ciao'

/** A service as it is announced: `http` is `_http._tcp`. */
export type Service = { type: string; name: string; port: number; txt: Record<string, string> }

/** As much of @homebridge/ciao as is used. */
export type Ciao = { getResponder(): Responder }

/** Loads the library, which only a process that announces something has in memory. */
const loadCiao = async (): Promise<Ciao> => await import('@homebridge/ciao')

/** Announces the services of one device by mDNS, so that others find it. */
export class Announcements {
	readonly #host: string
	readonly #tell: (text: string) => void
	readonly #load: () => Promise<Ciao>
	#responder: Responder | undefined
	#running: CiaoService[] = []
	/** The services as they are announced now. */
	#settled = '[]'

	/** `host`: the address on which the device answers; `tell` says why something cannot be announced. */
	constructor(host: string, tell: (text: string) => void, load = loadCiao) {
		this.#host = host
		this.#tell = tell
		this.#load = load
	}

	/** Announces these services, and no longer those of before. Never rejects: a device that nobody finds can still be asked. */
	async settle(services: Service[]): Promise<void> {
		const wanted = isLoopback(this.#host) ? [] : services
		const text = JSON.stringify(wanted)
		if (text === this.#settled) return
		this.#settled = text
		try {
			await this.#end()
			if (wanted.length > 0) await this.#begin(wanted)
		} catch (error) {
			this.#tell(`it cannot be announced by mDNS (${(error as Error).message}): enter its address where it is asked from`)
		}
	}

	/** Takes back what is announced. */
	async close(): Promise<void> {
		await this.settle([])
		const responder = this.#responder
		this.#responder = undefined
		await responder?.shutdown()
	}

	async #begin(services: Service[]): Promise<void> {
		this.#responder ??= (await this.#load()).getResponder()
		const isOne = this.#host !== '0.0.0.0' && this.#host !== '::'
		const hosts = new Set<string>()
		for (const { type, name, port, txt } of services) {
			// Two services of one host name are a conflict to the library, which would rename the second.
			const label = name.replace(/[^A-Za-z0-9-]/g, '-').slice(0, 45)
			const hostname = hosts.has(label) ? `${label}-${type}` : label
			hosts.add(label)
			const service = this.#responder.createService({
				name,
				type,
				port,
				txt,
				hostname,
				...(isOne && { restrictedAddresses: [this.#host] }),
				disabledIpv6: this.#host === '0.0.0.0' || isIPv4(this.#host),
			})
			this.#running.push(service)
			// It waits until the network has confirmed the name: nobody else has to.
			service.advertise().catch((error: Error) => this.#tell(`${name} cannot be announced by mDNS (${error.message})`))
		}
	}

	async #end(): Promise<void> {
		const ended = this.#running
		this.#running = []
		await Promise.all(ended.map((service) => service.destroy()))
	}
}

const isLoopback = (host: string) => host.startsWith('127.') || host === '::1' || host === 'localhost'
