import type { SerialPort } from 'serialport'
import { within } from '../mqtt/within.ts'
import { LineReader, reasonOf } from './line.ts'
import type { Converse, Port, PortEvents, Transport } from './port.ts'

/** Milliseconds that closing may take: after an unplug it may never call back. */
const CLOSE_LIMIT = 2000

/** Reads a serial device, and reopens it when it is gone: a USB adapter may come back. */
export function serialPort(settings: Transport, events: PortEvents, converse?: Converse): Port {
	const { path = '', signOn, baudRate = signOn ? 300 : 9600, dataBits = 8, parity = 'none', stopBits = 1, rtscts = false } = settings
	let port: SerialPort | undefined
	/** Resolves what `close` returned. */
	let settle = () => {}
	const remedies: [RegExp, string][] = [
		[/ENOENT|No such file/, `there is no ${path}: is the adapter plugged in? "ls -l /dev/serial/by-id" lists the adapters`],
		[/EACCES|Permission denied/, `no permission to open ${path}: add this user to the group that owns it (often dialout) and log in again`],
		[/lock|EBUSY|busy/i, `${path} is in use by another program: stop it ("fuser ${path}" names it)`],
	]
	const why = (error: Error) => reasonOf(error, path, remedies)
	const fail = (error: Error) => reader.status(why(error))
	const line = {
		write: (bytes: Uint8Array) => port?.write(bytes),
		setBaudRate: (speed: number) => {
			if (port?.isOpen) port.update({ baudRate: speed }, (error) => error && fail(error))
		},
	}
	const reader = new LineReader(settings, events, open, line, converse)

	function open(): void {
		// Loaded when it is used: a start without a serial line takes less time.
		import('serialport').then(({ SerialPort }) => reader.closed || openBy(SerialPort)).catch((error: Error) => reader.lost(why(error)))
	}

	function openBy(Port: typeof SerialPort): void {
		const opening = new Port({ path, baudRate, dataBits, parity, stopBits, rtscts, autoOpen: false })
		port = opening
		opening.on('data', (chunk: Buffer) => reader.bytes(chunk, opening))
		opening.on('error', fail)
		// On Linux `close` is the only sign of an unplugged device (node-serialport issue 1659).
		// Once: after a pending write, the stream and the port each emit it.
		opening.once('close', () => reader.lost(`${path} is gone: unplugged? It reopens when it is back`))
		opening.open((error) => {
			if (reader.closed && !error) opening.close(() => settle())
			else if (reader.closed) settle()
			else if (error) reader.lost(why(error))
			else {
				closeOnHangUp(opening)
				reader.opened()
			}
		})
	}

	if (path === '') reader.status('no device is named: set transport.path of this meter, e.g. /dev/ttyUSB0')
	else open()
	return {
		close() {
			reader.close()
			return within(CLOSE_LIMIT, (done) => {
				settle = done
				if (port?.isOpen) port.close(done)
				// A port that is opening closes itself when it is open.
				else if (!port?.opening) done()
			})
		},
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
