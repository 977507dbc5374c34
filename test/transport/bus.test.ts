import { createReadStream, createWriteStream } from 'node:fs'
import * as assert from 'uvu/assert'
import { concat } from '../../engine/bytes/hex.ts'
import { readings, watchTopics } from '../support/broker.ts'
import { cable, chunksOf } from '../support/cable.ts'
import { hexBytes, mbusFrame } from '../support/craft.ts'
import { bridge, engineOf, eventually, scratch } from '../support/engine-of.ts'
import { type BusMeter, simulatedBus } from '../support/mbus-bus.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('bus', { limit: 90_000 })
const folder = scratch('bus')
test.after(folder.remove)

const embedded = { mqtt: { embedded: { port: 0 } } }
/** Three telegrams at address 5, id 00012346; one at address 7, id 05443322. */
const nemo = chunksOf('ime-nemo/composed.capture.jsonl')
const heat = chunksOf('multical/composed.capture.jsonl').slice(0, 1)

/** Two entries on one line: the electricity meter by its primary, the heat meter by its secondary address. */
const two = (transport: object, requests: object[] = [{ address: 5 }, { secondary: '05443322', manufacturer: 'KAM' }]) =>
	requests.map((request, at) => ({
		name: ['power', 'heat', 'third'][at],
		profile: ['ime-nemo', 'multical', 'multical'][at],
		transport: { ...transport, request: { ...request, interval: 2 } },
	}))

/** Starts a simulated converter with a TCP port, and an engine with these entries on it. */
async function onTcp(simulated: BusMeter[], entries: (transport: object) => object[], echo = false) {
	const converter = await bridge()
	const { engine, log } = await engineOf(
		{ ...embedded, meters: entries({ kind: 'tcp', host: '127.0.0.1', port: converter.port }) },
		folder.path,
	)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/#')
	await eventually(
		() => converter.clients.length > 0,
		() => log.join(''),
	)
	const [socket] = converter.clients
	if (!socket) throw new Error('nobody connects')
	const bus = simulatedBus(simulated, (bytes) => void socket.write(bytes), echo)
	socket.on('data', (chunk) => bus.hear(chunk))
	return {
		log,
		bus,
		converter,
		of: (meter: string) => readings(watcher.seen, meter),
		async close() {
			await watcher.close()
			await engine.close()
			await converter.close()
		},
	}
}

type Running = Pick<Awaited<ReturnType<typeof onTcp>>, 'of' | 'log'>

async function readsBoth({ of, log }: Running): Promise<void> {
	await eventually(
		() => of('power').length >= 6 && of('heat').length >= 2,
		() => `${of('power').length} ${of('heat').length} ${log.join('')}`,
	)
	const power = Object.assign({}, ...of('power').slice(0, 3))
	const { id, energy_import, power_import, voltage_l3, current_l1, current_n, frequency, power_factor_l2 } = power
	assert.equal(
		[id, energy_import, power_import, voltage_l3, current_l1, current_n, frequency, power_factor_l2],
		['00012346', 43_020_100, 12_340, 232.1, 17.3, 4.3, 49.9, 0.983],
	)
	for (const reading of of('power')) assert.is(reading.id, '00012346')
	for (const { submeters } of of('heat')) assert.equal([submeters?.[0]?.id, submeters?.[0]?.volume], ['05443322', 5678])
}

test('asks two meters on one TCP converter in turn, by primary and by secondary address, for all their telegrams', async () => {
	const running = await onTcp(
		[
			{ address: 5, telegrams: nemo },
			{ address: 7, telegrams: heat },
		],
		two,
		true,
	)
	await readsBoth(running)
	assert.is(running.converter.clients.length, 1, 'one connection for both')
	const requests = running.bus.asked.join(' ')
	assert.ok(requests.includes('1040054516 107b058016 105b056016 107b058016'), 'a reset, and the frame count bit toggled for each telegram')
	assert.ok(requests.includes('1040fd3d16 680b0b6873fd52223344052d2cffff'), 'the selection, lowest byte first, any version and medium')
	await running.close()
})

if (need('socat', 'a serial port'))
	test('asks two meters on one serial converter in turn', async () => {
		const { child, device, far } = await cable(folder.path)
		const out = createWriteStream(far)
		const bus = simulatedBus(
			[
				{ address: 5, telegrams: nemo },
				{ address: 7, telegrams: heat },
			],
			(bytes) => void out.write(bytes),
		)
		const heard = createReadStream(far)
			.on('data', (chunk) => bus.hear(chunk as Buffer))
			.on('error', () => undefined)
		const { engine, log } = await engineOf({ ...embedded, meters: two({ path: device }) }, folder.path)
		const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/#')
		await readsBoth({ log, of: (meter) => readings(watcher.seen, meter) })
		await watcher.close()
		await engine.close()
		heard.destroy()
		out.destroy()
		child.kill('SIGKILL')
	})

test('reads the others while one meter does not answer, says so, and takes no answer of a wrong one', async () => {
	const wrong = mbusFrame(concat([hexBytes('08 09'), chunksOf('multical/composed.capture.jsonl')[1]?.subarray(6, -2) ?? hexBytes('72')]))
	const running = await onTcp(
		[
			{ address: 5, telegrams: nemo, silent: true },
			{ address: 7, telegrams: heat },
			// Answers to 12 and calls itself 9.
			{ address: 12, telegrams: [wrong] },
		],
		(transport) => two(transport, [{ address: 5 }, { secondary: '0544332F' }, { address: 12 }]),
	)
	await eventually(
		() => running.of('heat').length >= 2 && running.log.some((line) => line.includes('address 12 was asked')),
		() => running.log.join(''),
	)
	assert.equal([running.of('power').length, running.of('third').length], [0, 0])
	assert.ok(
		running.log.some((line) => line.includes('the meter at address 5 does not answer: is the address right')),
		running.log.join(''),
	)
	assert.ok(running.log.some((line) => line.includes('address 12 was asked, and 06443322 at address 9 answered')))
	await running.close()
})

test('does not ask all meters at once where several share a line, and stops at a meter that sends the same again', async () => {
	const running = await onTcp(
		[
			{ address: 5, telegrams: nemo.slice(0, 1), ignoresFrameCount: true },
			{ address: 7, telegrams: heat },
		],
		(transport) => two(transport, [{ address: 5 }, {}]),
	)
	await eventually(
		() => running.of('power').length >= 2,
		() => running.log.join(''),
	)
	assert.ok(
		running.log.some((line) => line.includes('address 254 asks every meter on this bus, and 2 share it')),
		running.log.join(''),
	)
	assert.not.ok(running.bus.asked.some((message) => message.startsWith('107bfe')))
	const [one, other] = running.of('power')
	assert.ok(Date.parse(other?.received ?? '') - Date.parse(one?.received ?? '') > 1000, 'once in an interval')
	await running.close()
})

test.run()
