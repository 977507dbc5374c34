import { createSocket } from 'node:dgram'
import { networkInterfaces } from 'node:os'
import * as assert from 'uvu/assert'
import type { Ciao } from '../../engine/answer/mdns.ts'
import { answering } from '../support/answering.ts'
import { stretched } from '../support/pace.ts'
import { suite } from '../support/suite.ts'

const test = suite('announcements', { limit: 60_000 })

/** An address of this computer that others can reach. */
const address = Object.values(networkInterfaces())
	.flatMap((all) => all ?? [])
	.find(({ internal, family }) => !internal && family === 'IPv4')?.address

/** A question for the instances of a service (RFC 6762). */
function question(type: string): Buffer {
	const labels = [`_${type}`, '_tcp', 'local'].map((label) => Buffer.from([label.length, ...Buffer.from(label)]))
	return Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]), ...labels, Buffer.from([0, 0, 12, 0, 1])])
}

/** Asks the network for a service until a reply has the text, or not. */
async function heard(type: string, text: string, milliseconds: number): Promise<boolean> {
	const socket = createSocket({ type: 'udp4', reuseAddr: true })
	await new Promise<void>((resolve) => socket.bind(5353, () => resolve()))
	socket.addMembership('224.0.0.251', address)
	return new Promise((resolve) => {
		const send = () => socket.send(question(type), 5353, '224.0.0.251', () => undefined)
		const asking = setInterval(send, 200)
		const end = (found: boolean) => {
			clearInterval(asking)
			clearTimeout(timer)
			socket.close(() => resolve(found))
		}
		const timer = setTimeout(() => end(false), stretched(milliseconds))
		// A reply; the sender's own questions before its announcement are none.
		socket.on('message', (data) => (data[2] ?? 0) >= 0x80 && data.includes(text) && end(true))
		send()
	})
}

test('announces the device by each of its services, and takes that back', async () => {
	assert.ok(address, 'a network is needed')
	const { settle, log, answers, close } = answering()
	const entry = { output: 'shelly-pro-3em', meters: ['house'], host: address, port: 0, udpPort: 0 }
	await settle([entry])
	assert.ok(await heard('shelly', 'shellypro3em-02', 15_000), log.join('\n'))
	assert.ok(await heard('http', 'gen=2', 15_000), log.join('\n'))
	assert.not.ok(await heard('http', ' (2)', 1500), 'both services have the name of the device')
	await settle([{ ...entry, output: 'homewizard-p1', udpPort: undefined }])
	assert.ok(await heard('hwenergy', 'product_type=HWE-P1', 15_000), log.join('\n'))
	assert.not.ok(await heard('shelly', 'shellypro3em-02', 1500), 'what is gone is announced no longer')
	assert.equal(
		log.filter((line) => /mDNS/.test(line)),
		[],
	)
	assert.ok(answers.ports('homewizard-p1').http)
	await close()
})

test('announces nothing on 127.0.0.1, and a device answers where nothing can be announced', async () => {
	let loaded = 0
	const broken = (): Promise<Ciao> => {
		loaded++
		return Promise.reject(new Error('no multicast here'))
	}
	const { settle, log, port, close } = answering({ ciao: broken })
	const entry = { output: 'tasmota-status', meters: ['house'], host: '127.0.0.1', port: 0 }
	await settle([entry])
	assert.is(loaded, 0)
	await settle([{ ...entry, host: address }])
	assert.match(log.join(), 'it cannot be announced by mDNS (no multicast here): enter its address where it is asked from')
	assert.ok(port('tasmota-status') > 0)
	await close()
})

test.run()
