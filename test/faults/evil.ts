import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { seeded } from '../../tools/faults.ts'
import { evilBroker, type Script, type Visitor } from '../support/evil-broker.ts'
import { mutated } from '../support/mqtt-fuzz.ts'

/**
 * Brokers that break the rules, each in a process of its own. `pubrel`: a PUBREL without an id behind the CONNACK. `mutated`: mutated packets all the
 * time. `huge`: a message of 250 MB every three seconds. `mute`: takes all and acknowledges nothing. `deaf`: stops reading. `stays`: never hangs up. `silent`: no
 * answer at all. `quota`: answers with 0x97 for 20 s. `holes`: acknowledges all but every tenth.
 */
export type Evil = 'pubrel' | 'mutated' | 'huge' | 'mute' | 'deaf' | 'stays' | 'silent' | 'quota' | 'holes'

/** Starts such a broker; `payloads` are those of the messages that it has acknowledged, on topics with this end. */
export async function evil(kind: Evil) {
	const child: ChildProcess = fork(fileURLToPath(import.meta.url), [kind], { stdio: 'ignore' })
	const [port] = (await once(child, 'message')) as [number]
	return {
		port,
		url: `mqtt://127.0.0.1:${port}`,
		async taken(): Promise<{ payloads: string[]; visits: number; refused: number }> {
			child.send('taken')
			const [taken] = (await once(child, 'message')) as [{ payloads: string[]; visits: number; refused: number }]
			return taken
		},
		async close(): Promise<void> {
			child.kill('SIGKILL')
			await once(child, 'close')
		},
	}
}

/** A message of 250 MB on a topic that the client has asked for. */
function huge(visitor: Visitor): void {
	const topic = Buffer.from('tele/victim/SENSOR')
	const piece = Buffer.alloc(1_000_000, 0x20)
	const length = 250_000_000
	const head = Buffer.from([
		0x32,
		(length & 127) | 128,
		((length >> 7) & 127) | 128,
		((length >> 14) & 127) | 128,
		length >> 21,
		0,
		topic.length,
	])
	const own = Buffer.concat([topic, Buffer.from(visitor.version === 5 ? [0, 7, 0] : [0, 7])])
	visitor.send(Buffer.concat([head, own]))
	let left = length - 2 - own.length
	const more = () => {
		while (left > 0 && !visitor.socket.destroyed) {
			const part = piece.subarray(0, Math.min(left, piece.length))
			left -= part.length
			if (!visitor.socket.write(part)) return void visitor.socket.once('drain', more)
		}
		setTimeout(() => visitor.socket.destroyed || huge(visitor), 3000)
	}
	more()
}

async function main(kind: Evil): Promise<void> {
	const payloads: string[] = []
	let refused = 0
	const started = Date.now()
	const random = seeded(18)
	const scripts: Record<Evil, Script> = {
		pubrel: { greeted: ({ send }) => send('62 00') },
		mutated: {
			greeted: (visitor) => {
				const timer = setInterval(
					() => (visitor.socket.destroyed ? clearInterval(timer) : visitor.send(mutated(visitor.version, random))),
					5,
				)
			},
		},
		huge: { answer: (packet, visitor) => void (packet.cmd === 'subscribe' && setTimeout(() => huge(visitor), 100)) },
		mute: { answer: ({ cmd }) => (cmd === 'publish' ? true : undefined) },
		deaf: { greeted: ({ socket }) => void socket.pause() },
		stays: { answer: ({ cmd }) => (cmd === 'disconnect' || cmd === 'publish' ? true : undefined) },
		silent: { answer: () => true },
		quota: {
			answer: (packet, { send }) => {
				if (packet.cmd !== 'publish' || Date.now() - started > 20_000) return undefined
				send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: 0x97 })
				refused++
				return true
			},
		},
		holes: { answer: (packet) => (packet.cmd === 'publish' && Math.floor(random(10)) === 0 ? true : undefined) },
	}
	const script = scripts[kind]
	const broker = await evilBroker({
		...script,
		answer: (packet, visitor) => {
			const answered = script.answer?.(packet, visitor)
			if (answered === undefined && packet.cmd === 'publish' && packet.topic.endsWith('/reading')) payloads.push(String(packet.payload))
			return answered
		},
	})
	process.on('message', () => process.send?.({ payloads, visits: broker.visitors.length, refused }))
	process.on('disconnect', () => process.exit(0))
	process.send?.(broker.port)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2] as Evil)
