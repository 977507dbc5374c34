import { createServer, type Socket } from 'node:net'
import mqtt from 'mqtt'
import { p1Telegram } from '../support/craft.ts'

/**
 * An attacker in a process of its own: `births URL NUMBER` says to a broker as often that Home Assistant has started; `telegrams NUMBER RATE` is a TCP
 * bridge (its port is the first line that it prints) that sends as many telegrams, each with another line that cannot be read, and a good one among a
 * hundred, at so many a second, once a line arrives on standard input. Prints `done` at the end.
 */
const [kind, ...words] = process.argv.slice(2)

async function births([url = '', number = '0']: string[]): Promise<void> {
	const client = await mqtt.connectAsync(url)
	for (let i = 0; i < Number(number); i++) client.publish('homeassistant/status', 'online', { qos: 0 })
	await client.publishAsync('homeassistant/status', 'online', { qos: 1 })
	await client.endAsync()
	console.log('done')
}

/** Control characters among them: what a text of a log must not take as they are. */
const letters = () => [...Array(20)].map(() => String.fromCharCode(97 + Math.random() * 26)).join('')
const wrong = () => p1Telegram('XMX5FLOOD', [`1-0:1.7.0(00.123*kW)`, `\u001b[2K\u009b ${letters()} shed: forged`])

async function telegrams([number = '0', rate = '1']: string[]): Promise<void> {
	const sockets: Socket[] = []
	const server = createServer((socket) => void sockets.push(socket.on('error', () => undefined)))
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	console.log((server.address() as { port: number }).port)
	await new Promise((resolve) => process.stdin.once('data', resolve))
	const began = performance.now()
	for (let sent = 0; sent < Number(number); ) {
		const due = Math.min(Number(number), Math.ceil(((performance.now() - began) / 1000) * Number(rate)))
		for (; sent < due; sent++) sockets.at(-1)?.write(wrong())
		await new Promise((resolve) => setTimeout(resolve, 5))
	}
	console.log('done')
	await new Promise((resolve) => process.stdin.once('data', resolve))
	process.exit(0)
}

await (kind === 'births' ? births(words) : telegrams(words))
