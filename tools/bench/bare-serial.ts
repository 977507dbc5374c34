import mqtt from 'mqtt'
import { SerialPort } from 'serialport'

/** `node bare-serial.js URL DEVICE`: the floor of latency. Publishes what comes on a line, up to the end of a P1 telegram, by QoS 1 of bare MQTT.js. */
const [url = '', path = ''] = process.argv.slice(2)
const client = await mqtt.connectAsync(url, { protocolVersion: 5 })
const port = new SerialPort({ path, baudRate: 115_200 })
let held = Buffer.alloc(0)
port.on('data', (chunk: Buffer) => {
	held = Buffer.concat([held, chunk])
	const end = held.indexOf('!')
	if (end < 0 || held.indexOf('\n', end) < 0) return
	client.publish('bare/reading', held, { qos: 1 })
	held = Buffer.alloc(0)
})
port.on('open', () => process.send?.('ready'))
