import { Exchange } from '../../engine/mqtt/embedded/exchange.ts'
import { Peer } from '../../engine/mqtt/embedded/peer.ts'
import { damage, FAULTS, pieces, seeded } from '../../tools/faults.ts'
import { hello, KINDS } from './packets.ts'

/** What mutated packets did to the broker's end of their connections. */
export type Mutated = { packets: number; closed: number; mistakes: string[]; megabytes: number }

/** Sends so many packets, four of five of them damaged, over connections of a handful each, to one exchange that goes on. */
export async function mutatedClients(packets: number, seed = 1): Promise<Mutated> {
	const random = seeded(seed)
	const mistakes: string[] = []
	const tell = (cause: string, words: string) => void (cause === 'error' && mistakes.push(words))
	const exchange = new Exchange({ owns: (topic) => topic.startsWith('cii/'), tell })
	let [sent, closed, first] = [0, 0, 0]
	// Each has its turn at once.
	const turns = {
		ask(turn: () => number): void {
			queue.push(turn)
		},
	}
	const queue: (() => number)[] = []
	while (sent < packets) {
		let open = true
		const link = {
			write: (_bytes: Buffer, done: () => void) =>
				void queue.push(() => {
					done()
					return 0
				}),
			backlog: () => 0,
			pause: () => undefined,
			resume: () => undefined,
			finish: () => undefined,
			destroy: () => undefined,
		}
		const ended = () => {
			open = false
			closed++
		}
		const peer = new Peer(link, { origin: random(4) === 0 ? 'reader' : 'client', exchange, turns, tell, peers: () => 1, ended })
		const say = (bytes: Uint8Array) => {
			for (const piece of random(3) === 0 ? pieces(bytes, random) : [bytes]) peer.take(Buffer.from(piece))
			for (let turn = queue.shift(); turn; turn = queue.shift()) turn()
		}
		if (random(10) > 0) say(hello(`client${random(50)}`, { clean: random(2) === 0 }))
		for (let at = random(8); at >= 0 && open; at--, sent++) {
			const one = KINDS[random(KINDS.length)] as Buffer
			say(random(5) === 0 ? one : damage(one, FAULTS[random(FAULTS.length)] ?? 'flip', random))
		}
		peer.end()
		if (sent % 5000 < 8) await new Promise((resolve) => setImmediate(resolve))
		if (first === 0 && sent > packets / 4) first = process.memoryUsage().heapUsed
	}
	return { packets: sent, closed, mistakes, megabytes: (process.memoryUsage().heapUsed - first) / 1e6 }
}
