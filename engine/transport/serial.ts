import { SerialPort } from 'serialport'
import type { Transport } from '../../schema/types/profile.ts'
import { within } from '../mqtt/within.ts'
import type { Session } from './conversation.ts'
import { backoff, onChange, type Port, type PortEvents, withIdle } from './port.ts'
import { sessionOf } from './session.ts'

/** Milliseconds that closing may take: after an unplug it may never call back. */
const CLOSE_LIMIT = 2000

/** Reads a serial device, and reopens it when it is gone: a USB adapter may come back. */
export function serialPort(settings: Transport, events: PortEvents): Port {
	return new SerialReader(settings, events)
}

class SerialReader implements Port {
	readonly #settings: Transport
	readonly #path: string
	readonly #status: (text: string) => void
	readonly #retry = backoff()
	readonly #reader: ReturnType<typeof withIdle>
	readonly #session: Session | undefined
	#timer: NodeJS.Timeout | undefined
	#port: SerialPort | undefined
	#closed = false
	/** Resolves what `close` returned. */
	#settle = () => {}

	constructor(settings: Transport, events: PortEvents) {
		const { path = '', idle = 1000 } = settings
		this.#settings = settings
		this.#path = path
		this.#status = onChange(events.status)
		this.#reader = withIdle(events, idle)
		this.#session = sessionOf(settings, {
			write: (bytes) => this.#port?.write(bytes),
			setBaudRate: (baudRate) => {
				if (this.#port?.isOpen) this.#port.update({ baudRate }, (error) => error && this.#fail(error))
			},
			answer: this.#reader.bytes,
			status: this.#status,
		})
		if (path === '') this.#status('no device is named: set transport.path of this meter, e.g. /dev/ttyUSB0')
		else this.#open()
	}

	close(): Promise<void> {
		this.#closed = true
		clearTimeout(this.#timer)
		this.#session?.end()
		this.#reader.stop()
		return within(CLOSE_LIMIT, (done) => {
			this.#settle = done
			if (this.#port?.isOpen) this.#port.close(done)
			// A port that is opening closes itself when it is open.
			else if (!this.#port?.opening) done()
		})
	}

	#open(): void {
		const { signOn, baudRate = signOn ? 300 : 9600, dataBits = 8, parity = 'none', stopBits = 1, rtscts = false } = this.#settings
		const port = new SerialPort({ path: this.#path, baudRate, dataBits, parity, stopBits, rtscts, autoOpen: false })
		this.#port = port
		port.on('data', (chunk: Buffer) => (this.#session ?? this.#reader).bytes(chunk))
		port.on('error', (error) => this.#fail(error))
		// On Linux `close` is the only sign of an unplugged device (node-serialport issue 1659).
		// Once: after a pending write, the stream and the port each emit it.
		port.once('close', () => {
			this.#session?.end()
			if (this.#closed) return
			this.#status(`${this.#path} is gone: unplugged? It reopens when it is back`)
			this.#reopen()
		})
		port.open((error) => this.#opened(port, error))
	}

	#opened(port: SerialPort, error: Error | null): void {
		if (this.#closed) {
			if (!error) port.close(() => this.#settle())
			else this.#settle()
		} else if (!error) {
			this.#retry.reset()
			closeOnHangUp(port)
			this.#status('open')
			this.#session?.begin()
		} else {
			this.#fail(error)
			this.#reopen()
		}
	}

	#reopen(): void {
		clearTimeout(this.#timer)
		this.#timer = setTimeout(() => this.#open(), this.#retry.next())
	}

	#fail(error: Error): void {
		this.#status(reasonOf(error, this.#path))
	}
}

/**
 * Closes a port whose device hangs up. The library does so only while it waits for bytes: when a read meets the hang-up, it gets 0 bytes and reads
 * again without end (unixRead of bindings-cpp 13). Windows has no poller.
 */
function closeOnHangUp(port: SerialPort): void {
	if (!port.port || !('poller' in port.port)) return
	port.port.poller.once('disconnect', () => {
		if (port.isOpen) port.close()
	})
}

/** Says in words why a device cannot be opened, and what to do. */
function reasonOf(error: Error, path: string): string {
	const text = error.message
	if (/ENOENT|No such file/.test(text))
		return `there is no ${path}: is the adapter plugged in? "ls -l /dev/serial/by-id" lists the adapters`
	if (/EACCES|Permission denied/.test(text))
		return `no permission to open ${path}: add this user to the group that owns it (often dialout) and log in again`
	if (/lock|EBUSY|busy/i.test(text)) return `${path} is in use by another program: stop it ("fuser ${path}" names it)`
	return `${path}: ${text}`
}
