import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { WebSocket } from 'ws'
import { damage, FAULTS, seeded } from '../../tools/faults.ts'
import { ask, hello, KINDS, say } from '../support/packets.ts'

/**
 * `embedded-attacks.js NAME PORT PAGE`: attacks an embedded broker, until it is killed, in a process of its own. NAME is one of `attacks`; PORT is the
 * broker's, PAGE that of the page's server.
 */
const [, , name = '', port = '', page = ''] = process.argv
const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** A connection that is made again when it is lost, and sends this each time. */
function client(id: string, first: Buffer[], options: object = {}): { socket: () => Socket } {
	let socket: Socket
	const open = () => {
		socket = connect(Number(port), '127.0.0.1', () => first.length > 0 && socket.write(Buffer.concat([hello(id, options), ...first])))
		socket.setNoDelay(true)
		socket.on('error', () => undefined)
		socket.on('close', () => setTimeout(open, 50))
		socket.resume()
	}
	open()
	return { socket: () => socket }
}

/** Sends this again and again, as fast as the other side takes it. */
async function pour(id: string, next: (n: number) => Buffer): Promise<never> {
	const { socket } = client(id, [Buffer.alloc(0)])
	await sleep(300)
	for (let n = 0; ; n++) {
		if (socket().destroyed || socket().writableLength > 1_000_000) await sleep(5)
		else socket().write(next(n))
		if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
	}
}

/** Fills the buffers of those who do not read: half a megabyte a second, in messages that nobody wants. */
async function fill(): Promise<never> {
	const { socket } = client('filler', [Buffer.alloc(0)])
	await sleep(300)
	for (;;) {
		socket().write(say('noise', randomBytes(50_000)))
		await sleep(20)
	}
}

function reader(id: string, qos: number): WebSocket {
	const socket = new WebSocket(`ws://127.0.0.1:${page}/mqtt`, 'mqtt')
	socket.on('open', () => socket.send(Buffer.concat([hello(id), ask(['#'], qos)])))
	socket.on('error', () => undefined)
	return socket
}

const attacks: Record<string, () => unknown> = {
	none: () => setInterval(() => undefined, 1000),
	'its id by WebSocket': () => {
		const take = () => reader('cii2mqtt-main', 0).on('close', () => setTimeout(take, 50))
		take()
	},
	'its id by TCP': () => client('cii2mqtt-main', [ask(['#'])]),
	'reads nothing, QoS 0': () => {
		setTimeout(
			() =>
				client('stopped', [ask(['#'])])
					.socket()
					.pause(),
			0,
		)
		return fill()
	},
	'reads nothing, QoS 1, a session': () => {
		client('stopped', [ask(['#'], 1)], { clean: false })
			.socket()
			.pause()
		return fill()
	},
	'a reader by WebSocket reads nothing': () => {
		const socket = reader('stopped', 1)
		socket.on('open', () => setTimeout(() => socket.pause(), 50))
		return fill()
	},
	'reads a byte a second': () => {
		const { socket } = client('slow', [ask(['#'], 1)])
		socket().pause()
		setInterval(() => socket().read(1), 1000)
		return fill()
	},
	'never acknowledges': () => {
		client('mute', [ask(['#'], 1)], { clean: false })
		return fill()
	},
	'asks for 30,000 topics': () => {
		const { socket } = client('greedy', [Buffer.alloc(0)])
		setTimeout(() => {
			for (let n = 0; n < 30_000; n += 100) socket().write(ask(Array.from({ length: 100 }, (_, at) => `greedy/${n + at}/+/#`)))
		}, 200)
	},
	'100 clients with 64 patterns each': () => {
		const patterns = Array.from({ length: 64 }, (_, n) =>
			[...n.toString(2).padStart(6, '0')]
				.map((bit) => (bit === '1' ? '+' : 'cii'))
				.join('/')
				.slice(0, 2 + (n % 5) * 2)
				.replace(/\/$|.$/, '#'),
		)
		for (let n = 0; n < 100; n++) client(`pattern${n}`, [ask([...new Set(patterns), '#', '+/#', '+/+/#', 'cii/#', 'cii/+/#'], 1)])
	},
	'leaves sessions behind': async () => {
		for (let n = 0; ; n++) {
			const socket = connect(Number(port), '127.0.0.1', () =>
				socket.write(Buffer.concat([hello(`left${n}`, { clean: false }), ask(['#'], 1)])),
			)
			socket.on('error', () => undefined)
			setTimeout(() => socket.destroy(), 200)
			await sleep(10)
		}
	},
	'floods a topic': () => pour('flood', (n) => say('flood', String(n))),
	'floods with 50 clients': () => Promise.all(Array.from({ length: 50 }, (_, at) => pour(`flood${at}`, (n) => say('flood', String(n))))),
	'floods the topic of an adapter': () => pour('forger', (n) => say('tele/forged/SENSOR', JSON.stringify({ z: { Pi: n % 7 } }))),
	'retains a kilobyte on ever new topics': () => pour('keeper', (n) => say(`kept/${n}`, randomBytes(1000), { retain: true })),
	'writes what this process writes': () =>
		pour('forger', (n) =>
			say(['cii/neighbour/reading', 'cii/neighbour/state', 'cii/bridge/main/state'][n % 3] ?? '', 'forged', { retain: true, qos: 1 }),
		),
	'leaves forged wills': async () => {
		for (let n = 0; ; n++) {
			const socket = connect(Number(port), '127.0.0.1', () => socket.write(hello(`will${n}`, { will: 'cii/bridge/main/state' })))
			socket.on('error', () => undefined)
			setTimeout(() => socket.destroy(), 100)
			await sleep(5)
		}
	},
	'mutated packets': async () => {
		const random = seeded(1)
		for (let n = 0; ; n++) {
			const bytes = Array.from({ length: 20 }, () =>
				damage(KINDS[random(KINDS.length)] as Buffer, FAULTS[random(FAULTS.length)] ?? 'flip', random),
			)
			const socket = connect(Number(port), '127.0.0.1', () => socket.write(Buffer.concat([hello(`mutated${n % 40}`), ...bytes])))
			socket.on('error', () => undefined)
			setTimeout(() => socket.destroy(), 100)
			await sleep(2)
		}
	},
	'connects and says nothing': () => {
		for (let n = 0; n < 1000; n++) client('', [])
	},
	'connects as fast as it can': async () => {
		for (let n = 0; ; n++) {
			const socket = connect(Number(port), '127.0.0.1', () => socket.end(hello(`fast${n % 1000}`)))
			socket.on('error', () => undefined)
			if (n % 4 === 0) await sleep(1)
		}
	},
	'begins packets of 200 MB': () => {
		for (let n = 0; n < 20; n++) {
			const { socket } = client(`huge${n}`, [Buffer.from([0x30, 0x80, 0x84, 0xaf, 0x5f])])
			setInterval(() => socket().writableLength < 1_000_000 && socket().write(Buffer.alloc(60_000)), 5)
		}
	},
	'sends byte by byte': () => {
		for (let n = 0; n < 20; n++) {
			const { socket } = client(`bytes${n}`, [Buffer.alloc(0)])
			setInterval(() => {
				for (let times = 0; times < 100 && socket().writableLength < 1000; times++) socket().write(Buffer.of(0x30))
			}, 1)
		}
	},
	'WebSocket frames: pings, pieces, bombs': () => {
		for (let n = 0; n < 5; n++) {
			const socket = reader(`frames${n}`, 0)
			const again = () => {
				if (socket.readyState !== WebSocket.OPEN) return
				for (let times = 0; times < 200 && socket.bufferedAmount < 100_000; times++) {
					socket.ping()
					socket.send(Buffer.of(0xc0, 0), { fin: false })
					socket.send(Buffer.alloc(0), { fin: true })
				}
				setTimeout(again, 1)
			}
			socket.on('open', () => setTimeout(again, 100))
		}
		const bomb = new WebSocket(`ws://127.0.0.1:${page}/mqtt`, 'mqtt', { perMessageDeflate: true })
		bomb.on('open', () => bomb.send(Buffer.alloc(50_000_000))).on('error', () => undefined)
		for (let n = 0; n < 150; n++) reader(`many${n}`, 0)
	},
}

if (name === 'list') process.send?.(Object.keys(attacks).slice(1))
else void attacks[name]?.()
