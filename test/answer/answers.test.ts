import { createServer } from 'node:net'
import * as assert from 'uvu/assert'
import { answering, ask, askUdp } from '../support/answering.ts'
import { eventually, freePort } from '../support/engine-of.ts'
import { settle as pause, stretched } from '../support/pace.ts'
import { suite } from '../support/suite.ts'

const test = suite('answers', { limit: 30_000 })

const LOCAL = { meters: ['house'], host: '127.0.0.1', port: 0 }
const shelly = (more = {}) => ({ output: 'shelly-pro-3em', udpPort: 0, ...LOCAL, ...more })
const PHASES = {
	power_net: -42.24,
	power_net_l1: 100,
	power_net_l2: -142.24,
	power_net_l3: 0,
	voltage_l1: 230.1,
	energy_import: 482939,
	energy_export: 7,
}

test('answers with the values of the state, each phase with its sign, whole numbers with their decimals', async () => {
	const { settle, speak, port, close } = answering()
	await settle([
		shelly(),
		{ output: 'ecotracker', ...LOCAL },
		{ output: 'homewizard-p1', ...LOCAL },
		{ output: 'tasmota-status', ...LOCAL },
	])
	speak(PHASES)
	const { status, text, json } = await ask(port('shelly-pro-3em'), '/rpc/EM.GetStatus?id=0')
	assert.is(status, 200)
	assert.equal([json.total_act_power, json.a_act_power, json.b_act_power, json.c_act_power], [-42.2, 100, -142.2, 0])
	assert.match(text, '"c_act_power":0.0,')
	assert.is(json.b_voltage, undefined, 'a phase that the meter does not tell is absent')
	const { json: counters } = await ask(port('shelly-pro-3em'), '/rpc/EMData.GetStatus?id=0')
	assert.equal([counters.total_act, counters.total_act_ret], [482939, 7])
	const { json: tracker } = await ask(port('ecotracker'), '/v1/json')
	assert.equal([tracker.power, tracker.powerPhase2, tracker.energyCounterIn], [-42, -142.24, 482939])
	const { json: wizard } = await ask(port('homewizard-p1'), '/api/v1/data')
	assert.equal([wizard.active_power_w, wizard.active_power_l2_w, wizard.total_power_import_kwh], [-42, -142, 482.939])
	const { json: tasmota } = await ask(port('tasmota-status'), '/cm?cmnd=Status%208')
	const { SML } = tasmota.StatusSNS as { SML: Record<string, number> }
	assert.equal([SML.Power_curr, SML.Total_in], [-42, 482.939])
	await close()
})

test('gives the error of the device for a silent meter, by each way, and never an old value or 0', async () => {
	const { settle, speak, port, answers, close } = answering()
	await settle([shelly(), { output: 'ecotracker', ...LOCAL }])
	const http = () => ask(port('shelly-pro-3em'), '/rpc/EM.GetStatus?id=0')
	const udp = async () =>
		JSON.parse((await askUdp(port('shelly-pro-3em', 'udp'), '{"id":1,"method":"EM.GetStatus","params":{"id":0}}')) ?? '{}')
	assert.is((await http()).status, 503, 'no reading yet')
	speak(PHASES, { ago: 19_000 })
	assert.is((await http()).status, 200, 'twice the interval of 10 s is not over')
	speak(PHASES, { ago: 20_500 })
	const { status, json } = await http()
	assert.equal([status, json.code, json.total_act_power], [503, -114, undefined])
	assert.equal([(await udp()).error.code, (await udp()).result], [-114, undefined])
	assert.is((await ask(port('ecotracker'), '/v1/json')).status, 503)
	assert.is((await ask(port('shelly-pro-3em'), '/rpc/EMData.GetStatus')).status, 503)
	assert.is((await ask(port('shelly-pro-3em'), '/rpc/Shelly.GetDeviceInfo')).status, 200, 'the device itself is there')
	speak(PHASES)
	assert.is((await udp()).result.total_act_power, -42.2, 'it goes on with the next telegram')
	assert.ok((answers.counts('house')?.['shelly-pro-3em']?.unavailable ?? 0) >= 4)
	await close()
})

test('lets a value grow old by itself, while nothing comes', async () => {
	const { settle, speak, port, close } = answering()
	await settle([shelly({ maxAge: 2 })])
	speak(PHASES)
	const began = performance.now()
	const statuses = new Set<number>()
	while (performance.now() - began < 3000) {
		const asked = performance.now() - began
		const { status } = await ask(port('shelly-pro-3em'), '/rpc/EM.GetStatus')
		const replied = performance.now() - began
		if (replied < 2000) assert.is(status, 200, `${replied} ms`)
		if (asked > 2000) assert.is(status, 503, `${asked} ms`)
		statuses.add(status)
	}
	assert.equal([...statuses], [200, 503])
	await close()
})

test('leaves a field out that is older than the limit, though the meter speaks, and holds a clock that was set back against it', async () => {
	const { settle, speak, port, close } = answering()
	await settle([shelly()])
	const before = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()
	const em = async () => (await ask(port('shelly-pro-3em'), '/rpc/EM.GetStatus')).json
	speak(PHASES, { arrivals: { power_net_l1: before(30), power_net_l2: before(15), energy_import: before(3000) } })
	assert.equal([(await em()).a_act_power, (await em()).b_act_power], [undefined, -142.2])
	assert.is((await ask(port('shelly-pro-3em'), '/rpc/EMData.GetStatus')).json.total_act, 482939, 'a counter may come once an hour')
	speak(PHASES, { arrivals: { power_net_l1: before(-3600) } })
	assert.is((await em()).a_act_power, undefined)
	speak(PHASES, { arrivals: { power_net: before(21) } })
	assert.is((await ask(port('shelly-pro-3em'), '/rpc/EM.GetStatus')).status, 503, 'without the total there is no answer')
	speak({ power_import: 0, power_export: 5 }, {})
	assert.is(
		(await ask(port('shelly-pro-3em'), '/rpc/EM.GetStatus')).status,
		503,
		'an import of 0 is no power of 0, where the meter has exports',
	)
	await close()
})

test('refuses commands, and answers for the meter that its entry names', async () => {
	const { settle, speak, port, answers, close } = answering()
	await settle([shelly({ meters: ['shed'] })])
	speak(PHASES)
	speak({ power_net: 5 }, { meter: 'shed' })
	assert.is((await ask(port('shelly-pro-3em'), '/rpc/EM.GetStatus')).json.total_act_power, 5)
	const post = (body: object) => ask(port('shelly-pro-3em'), '/rpc', { method: 'POST', body: JSON.stringify(body) })
	assert.equal((await post({ id: 4, src: 'x', method: 'Shelly.Reboot' })).json.error, {
		code: 404,
		message: 'No handler for Shelly.Reboot',
	})
	assert.is((await ask(port('shelly-pro-3em'), '/rpc/EM.SetConfig?id=0&config={}')).status, 404)
	assert.is((await ask(port('shelly-pro-3em'), '/rpc/EM.GetStatus', { method: 'PUT' })).status, 405)
	assert.equal(answers.counts('shed')?.['shelly-pro-3em']?.refused, { request: 2, method: 1 })
	assert.is(answers.counts('house'), undefined)
	await rejects(settle([{ output: 'ecotracker', port: 0 }]), /answers as one device, for one meter, and there are 2/)
	await rejects(settle([{ output: 'ecotracker', meters: ['house'], udpPort: 9 }]), /no setting "udpPort"/)
	await rejects(settle([{ output: 'values', host: '127.0.0.1' }]), /no setting "host"/)
	await close()
})

/** Says why nobody answers. */
const failure = (port: number) =>
	ask(port, '/shelly').then(
		({ text }) => text,
		({ cause }) => String(cause),
	)

async function rejects(work: Promise<unknown>, text: RegExp): Promise<void> {
	const error = await work.then(
		() => undefined,
		(reason: Error) => reason,
	)
	assert.match(error?.message ?? 'nothing', text)
}

test('opens, moves and closes ports as the config says, and keeps one that stays', async () => {
	const { settle, speak, port, close, answers } = answering()
	const [first, second] = [await freePort(), await freePort()]
	speak(PHASES)
	await settle([shelly({ port: first })])
	assert.is((await ask(first, '/shelly')).status, 200)
	const udp = port('shelly-pro-3em', 'udp')
	await settle([shelly({ port: second, options: { firmware: '9.9.9' } })])
	assert.is((await ask(second, '/shelly')).json.ver, '9.9.9')
	assert.is(port('shelly-pro-3em', 'udp'), udp)
	assert.match(await failure(first), 'ECONNREFUSED')
	await settle([])
	assert.match(await failure(second), 'ECONNREFUSED')
	assert.equal(answers.ports('shelly-pro-3em'), {})
	await close()
})

test('says what to do where a port is taken, answers by the others, and opens it when it is free', async () => {
	const taken = await freePort()
	const other = createServer()
	await new Promise<void>((resolve) => other.listen(taken, '127.0.0.1', resolve))
	const { settle, speak, port, troubles, close, answers } = answering({ retry: 200 })
	speak(PHASES)
	await settle([shelly({ port: taken }), { output: 'ecotracker', ...LOCAL }])
	const [text = ''] = troubles.find(([output]) => output === 'shelly-pro-3em')?.[1] ?? []
	assert.match(text, `port ${taken} on 127.0.0.1 is in use by another program or output: end that, or give another "port"`)
	assert.is((await ask(port('ecotracker'), '/v1/json')).status, 200)
	assert.match((await askUdp(port('shelly-pro-3em', 'udp'), '{"id":1,"method":"EM.GetStatus"}')) ?? '', '-42.2')
	await pause(500)
	assert.is(answers.ports('shelly-pro-3em').http, undefined)
	await new Promise((resolve) => other.close(resolve))
	await eventually(
		() => answers.ports('shelly-pro-3em').http === taken,
		() => JSON.stringify(troubles),
	)
	assert.is((await ask(taken, '/shelly')).status, 200)
	assert.equal(troubles.at(-1), ['shelly-pro-3em', []])
	await settle([shelly({ host: '192.0.2.77' })])
	assert.match(troubles.at(-1)?.[1].join() ?? '', 'this computer has no address 192.0.2.77')
	await close()
})

test('answers a hundred clients, each in a few milliseconds', async () => {
	const { settle, speak, port, close } = answering()
	await settle([shelly()])
	speak(PHASES)
	const at = `http://127.0.0.1:${port('shelly-pro-3em')}/rpc/EM.GetStatus?id=0`
	const times: number[] = []
	for (let round = 0; round < 300; round++) {
		const began = performance.now()
		await (await fetch(at)).text()
		times.push(performance.now() - began)
		if (round % 10 === 0) speak({ ...PHASES, power_net: round })
	}
	times.sort((one, other) => one - other)
	const median = times[150] ?? 0
	console.log(`      an answer: median ${median.toFixed(2)} ms, its client among it`)
	assert.ok(median <= stretched(2), `${median} ms`)
	const all = await Promise.all(
		Array.from({ length: 100 }, async () => {
			const powers: unknown[] = []
			for (let round = 0; round < 5; round++) powers.push((await ask(port('shelly-pro-3em'), '/rpc/EM.GetStatus')).json.total_act_power)
			return powers
		}),
	)
	assert.is(all.flat().filter((power) => power === 290).length, 500)
	await close()
})

test.run()
