import { readFileSync } from 'node:fs'
import mqtt, { type MqttClient } from 'mqtt'
import { type Cost, costOf } from './cost.ts'

/**
 * `node bare.js URL PAYLOADS TOPICS`: the floor. Bare MQTT.js publishes the payloads of a file (JSON, an array of texts) in turn by QoS 1, a hundred on
 * their way. Told a number of messages, it says what they cost it; nothing is said or heard while it measures.
 */
const WINDOW = 100
/** It sleeps before and after: the scheduler has counted all of a thread that sleeps. */
const SLEEP = 20

const [url = '', file = '', count = '1'] = process.argv.slice(2)
const payloads = JSON.parse(readFileSync(file, 'utf8')) as string[]
const names = Array.from({ length: Number(count) }, (_, meter) => `bare/m${meter}/reading`)
const sleep = () => new Promise((resolve) => setTimeout(resolve, SLEEP))
const client = await mqtt.connectAsync(url)

process.on('message', async (messages: number) => {
	await sleep()
	const cost: Cost = await costOf(process.pid, messages, () => publish(client, messages))
	process.send?.(cost)
})
process.send?.('ready')

/** Resolves when the broker has acknowledged as many. */
function publish(to: MqttClient, messages: number): Promise<void> {
	return new Promise((resolve) => {
		let [sent, acknowledged] = [0, 0]
		const next = () => {
			while (sent < messages && sent - acknowledged < WINDOW) {
				const payload = payloads[sent % payloads.length] as string
				to.publish(names[sent++ % names.length] as string, payload, { qos: 1 }, () => {
					if (++acknowledged === messages) resolve()
					else next()
				})
			}
		}
		next()
	})
}
