import { withoutPassword } from '../engine/mqtt/address.ts'
import type { Transport } from '../engine/transport/port.ts'

type Kind = { kind: NonNullable<Transport['kind']> }

/**
 * A transport as a URL: `serial:///dev/ttyUSB0?baudRate=2400&parity=even`, `tcp://host:port`, `mqtt://host:1883/tele/+/SENSOR`.
 * Gives the transport, or in words what is wrong with it.
 */
export function transportOf(text: string): (Transport & Kind) | string {
	const shown = withoutPassword(text)
	let url: URL
	let topic: string
	try {
		url = new URL(text)
		topic = decodeURIComponent(url.pathname.slice(1) + url.hash)
	} catch {
		return `"${shown}" is no transport: serial:///dev/ttyUSB0?baudRate=2400&parity=even, tcp://host:port or mqtt://host:1883/topic`
	}
	switch (url.protocol) {
		case 'serial:':
			return serialOf(url)
		case 'tcp:':
			return url.port === '' ? `${shown} names no port: tcp://host:port` : { kind: 'tcp', host: url.hostname, port: Number(url.port) }
		case 'mqtt:':
		case 'mqtts:':
			if (topic === '') return `${shown} names no topic: mqtt://host:1883/tele/+/SENSOR`
			return { kind: 'mqtt', url: `${url.protocol}//${url.username ? `${url.username}:${url.password}@` : ''}${url.host}`, topic }
		default:
			return `${url.protocol}// is no transport: serial, tcp, mqtt or mqtts`
	}
}

function serialOf(url: URL): (Transport & Kind) | string {
	const setting = (name: string, fallback: string) => url.searchParams.get(name) ?? fallback
	const [baudRate, dataBits, stopBits, parity] = [
		Number(setting('baudRate', '9600')),
		setting('dataBits', '8'),
		setting('stopBits', '1'),
		setting('parity', 'none'),
	]
	const unknown = [...url.searchParams.keys()].find((name) => !['baudRate', 'dataBits', 'stopBits', 'parity'].includes(name))
	if (unknown !== undefined) return `serial has no setting "${unknown}": baudRate, dataBits, parity, stopBits`
	if (!Number.isInteger(baudRate) || baudRate < 300) return `baudRate=${url.searchParams.get('baudRate')} is no speed: 2400, 9600, 115200 …`
	if (parity !== 'none' && parity !== 'even' && parity !== 'odd') return `parity=${parity}: none, even or odd`
	if ((dataBits !== '7' && dataBits !== '8') || (stopBits !== '1' && stopBits !== '2')) return 'dataBits is 7 or 8, stopBits 1 or 2'
	return { kind: 'serial', path: url.pathname, baudRate, dataBits: dataBits === '7' ? 7 : 8, stopBits: stopBits === '1' ? 1 : 2, parity }
}
