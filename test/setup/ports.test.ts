import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { listPorts, portTitle, rightsProblem } from '../../engine/setup/ports.ts'
import type { Problem } from '../../schema/types/api.ts'
import { scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('lists ports')
const folder = scratch('setup-ports')
test.after(() => folder.remove())

/** A folder as Linux has it: a USB adapter with a name that stays, one without, a built-in port that is there, and one that is not. */
function machine() {
	const [dev, sys] = [`${folder.path}/dev`, `${folder.path}/sys/class/tty`]
	const usb = `${folder.path}/sys/devices/usb1/1-1`
	mkdirSync(`${dev}/serial/by-id`, { recursive: true })
	mkdirSync(`${usb}/1-1:1.0/ttyUSB0`, { recursive: true })
	mkdirSync(`${folder.path}/sys/devices/uart`, { recursive: true })
	for (const [name, text] of [
		['product', 'FT232R USB UART\n'],
		['manufacturer', 'FTDI\n'],
		['serial', 'A50285BI\n'],
	] as const)
		writeFileSync(`${usb}/${name}`, text)
	for (const name of ['ttyUSB0', 'ttyUSB1', 'ttyAMA0', 'ttyS0', 'ttyS4', 'tty1', 'null']) {
		writeFileSync(`${dev}/${name}`, '')
		mkdirSync(`${sys}/${name}`, { recursive: true })
	}
	symlinkSync(`${usb}/1-1:1.0/ttyUSB0`, `${sys}/ttyUSB0/device`)
	symlinkSync(`${folder.path}/sys/devices/uart`, `${sys}/ttyAMA0/device`)
	writeFileSync(`${sys}/ttyS0/type`, '4\n')
	writeFileSync(`${sys}/ttyS4/type`, '0\n')
	symlinkSync('../../ttyUSB0', `${dev}/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0`)
	writeFileSync(`${folder.path}/group`, 'root:x:0:\ndialout:x:20:pi\n')
	return { dev, sys, groups: `${folder.path}/group` }
}

if (process.platform === 'linux')
	test('names serial devices by the name that stays, with maker and product, and the meter that reads each', async () => {
		const roots = machine()
		const found = await listPorts((path) => (path.includes('by-id') ? 'house' : undefined), roots)
		assert.equal(
			found.map(({ device }) => device.replace(`${roots.dev}/`, '')),
			['ttyUSB0', 'ttyAMA0', 'ttyS0', 'ttyUSB1'],
		)
		const [first] = found
		assert.equal(first, {
			path: `${roots.dev}/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0`,
			device: `${roots.dev}/ttyUSB0`,
			product: 'FT232R USB UART',
			maker: 'FTDI',
			serialNumber: 'A50285BI',
			usedBy: 'house',
		})
		assert.is(first && portTitle(first), 'FTDI FT232R USB UART')
		assert.equal(await listPorts(() => undefined, { dev: `${folder.path}/none`, sys: '/none', groups: '/none' }), [])
	})

/** Whether another user may read this file: a clone may be root's alone. */
function isReadable(): boolean {
	return spawnSync('test', ['-r', fileURLToPath(import.meta.url)], { uid: 65534, gid: 65534 }).status === 0
}

// Root may open everything: this file asks again as another user.
const asked = process.env.CII_ASKED_DEVICE
if (asked !== undefined) console.log(JSON.stringify(rightsProblem(asked, { groups: process.env.CII_ASKED_GROUPS ?? '' })))
else if (process.getuid?.() === 0 && isReadable())
	test('says the command that gives the rights to a device', () => {
		const device = `${folder.path}/ttyUSB9`
		const groups = `${folder.path}/groups`
		writeFileSync(device, '')
		writeFileSync(groups, 'root:x:0:\ndialout:x:20:pi\n')
		chmodSync(folder.path, 0o755)
		const ask = (mode: number, group: number) => {
			chmodSync(device, mode)
			chownSync(device, 0, group)
			const env = { ...process.env, CII_ASKED_DEVICE: device, CII_ASKED_GROUPS: groups, HOME: '/tmp' }
			const { stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
				uid: 65534,
				gid: 65534,
				env,
			})
			const line = stdout
				.toString()
				.split('\n')
				.find((one) => one.startsWith('{'))
			return line !== undefined ? (JSON.parse(line) as Problem) : { code: '', text: stderr.toString() }
		}
		const closed = ask(0o660, 20)
		assert.is(closed.code, 'port-rights', closed.text)
		assert.match(closed.text, /^The user nobody may not open .*ttyUSB9\.$/)
		const inContainer = existsSync('/.dockerenv')
		assert.match(
			closed.hint ?? '',
			inContainer ? /--device .*ttyUSB9 --group-add 20$/ : /sudo usermod -aG dialout nobody — Then sign in again/,
		)
		assert.match(ask(0o600, 0).hint ?? '', inContainer ? /--user 0$/ : /sudo setfacl -m u:nobody:rw/)
		assert.is(rightsProblem(device), undefined)
		assert.is(rightsProblem('/dev/ttyNOPE'), undefined)
	})

if (asked === undefined) test.run()
