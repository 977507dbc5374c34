import { SerialPort } from 'serialport'
import type { Transport } from '../../schema/types/profile.ts'
import { backoff, onChange, type Port, type PortEvents, withIdle } from './port.ts'
import { sessionOf } from './session.ts'

/** Reads a serial device, and opens it anew whenever it is gone: a USB adapter that comes back is read again. */
export function serialPort(settings: Transport, events: PortEvents): Port {
	const {
		path = '',
		baudRate = settings.signOn ? 300 : 9600,
		dataBits = 8,
		parity = 'none',
		stopBits = 1,
		rtscts = false,
		idle = 1000,
	} = settings
	const status = onChange(events.status)
	const retry = backoff()
	const reader = withIdle(events, idle)
	let timer: NodeJS.Timeout | undefined
	let closed = false
	let port: SerialPort | undefined
	const session = sessionOf(settings, {
		write: (bytes) => port?.write(bytes),
		setBaudRate(rate) {
			if (port?.isOpen) port.update({ baudRate: rate }, (error) => error && status(reasonOf(error, path)))
		},
		answer: reader.bytes,
		status,
	})
	/** Says that the port is closed, to whoever waits for it. */
	let settle = () => {}

	function open(): void {
		const opening = new SerialPort({ path, baudRate, dataBits, parity, stopBits, rtscts, autoOpen: false })
		port = opening
		opening.on('data', (chunk: Buffer) => (session ?? reader).bytes(chunk))
		opening.on('error', (error) => status(reasonOf(error, path)))
		// On Linux `close` is the only sign of an unplugged device (node-serialport issue 1659).
		// Once: where a write was pending, the stream and the port each say it.
		opening.once('close', () => {
			session?.end()
			if (closed) return
			status(`${path} is gone: unplugged? It is read again when it is back`)
			again()
		})
		opening.open((error) => {
			if (closed) {
				if (!error) opening.close(() => settle())
				else settle()
			} else if (!error) {
				retry.reset()
				closeOnHangUp(opening)
				status('open')
				session?.begin()
			} else {
				status(reasonOf(error, path))
				again()
			}
		})
	}

	function again(): void {
		if (closed) return
		clearTimeout(timer)
		timer = setTimeout(open, retry.next())
	}

	if (path === '') status('no device is named: set transport.path of this meter, e.g. /dev/ttyUSB0')
	else open()
	return {
		close() {
			closed = true
			clearTimeout(timer)
			session?.end()
			reader.stop()
			return new Promise((resolve) => {
				// After an unplug close() may never call back.
				const limit = setTimeout(resolve, 2000)
				settle = () => {
					clearTimeout(limit)
					resolve()
				}
				if (port?.isOpen) port.close(settle)
				// One that is just being opened closes itself when it is.
				else if (!port?.opening) settle()
			})
		},
	}
}

/**
 * Closes a port whose device hangs up. The library does so only while it waits for bytes: a read that meets the hang-up gives 0 bytes, and it reads on
 * for ever, at four fifths of a core (unixRead of bindings-cpp 13; 8 of 100 terminals whose other end went while bytes came). Windows has no poller.
 */
function closeOnHangUp(port: SerialPort): void {
	if (!port.port || !('poller' in port.port)) return
	port.port.poller.once('disconnect', () => {
		if (port.isOpen) port.close()
	})
}

function reasonOf(error: Error, path: string): string {
	const text = error.message
	if (/ENOENT|No such file/.test(text)) return `there is no ${path}: is the adapter plugged in? "ls -l /dev/serial/by-id" lists what is`
	if (/EACCES|Permission denied/.test(text))
		return `no permission to open ${path}: add this user to the group that owns it (often dialout) and log in anew`
	if (/lock|EBUSY|busy/i.test(text)) return `${path} is in use by another program: stop it ("fuser ${path}" names it)`
	return `${path}: ${text}`
}
