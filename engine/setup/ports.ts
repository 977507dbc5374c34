import { accessSync, constants, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename, join } from 'node:path'
import type { Port, Problem } from '../../schema/types/api.ts'

/** Where the system keeps its devices: others for tests. */
export type PortRoots = { dev: string; sys: string; groups: string }

const ROOTS: PortRoots = { dev: '/dev', sys: '/sys/class/tty', groups: '/etc/group' }
/** Names of serial devices under Linux; ttyS are looked at more closely, as most of them do not exist. */
const SERIAL = /^tty(USB|ACM|AMA|S|XRUSB|O|SC|THS|mxc|PS)\d+$/
/** Devices that are listed. */
const MOST = 64

/**
 * Lists the serial devices: by the name that stays (/dev/serial/by-id) where there is one, with maker and product. `userOf` names the meter that reads a device.
 */
export async function listPorts(userOf: (path: string) => string | undefined, roots: PortRoots = ROOTS): Promise<Port[]> {
	const found = process.platform === 'linux' ? linuxPorts(roots) : await otherPorts()
	return found.slice(0, MOST).map((port) => {
		const usedBy = userOf(port.path)
		const problem = rightsProblem(port.device, roots)
		return { ...port, ...(usedBy !== undefined && { usedBy }), ...(problem && { problem }) }
	})
}

/** Without udev, which containers do not have. */
function linuxPorts({ dev, sys }: PortRoots): Port[] {
	const stable = new Map(
		namesIn(join(dev, 'serial/by-id')).map((name) => [target(join(dev, 'serial/by-id', name)), join(dev, 'serial/by-id', name)]),
	)
	const devices = namesIn(dev).filter((name) => SERIAL.test(name) && isThere(name, sys))
	const ports = devices.map((name): Port => {
		const device = join(dev, name)
		return { path: stable.get(target(device)) ?? device, device, ...described(join(sys, name, 'device')) }
	})
	// USB first: built-in ports are seldom it.
	return ports.sort(
		(one, other) =>
			Number(other.path !== other.device) - Number(one.path !== one.device) ||
			one.device.localeCompare(other.device, 'en', { numeric: true }),
	)
}

/** A ttyS has a driver of type 0 where there is no such port. */
function isThere(name: string, sys: string): boolean {
	return !/^ttyS\d+$/.test(name) || !['0', ''].includes(textOf(join(sys, name, 'type')))
}

/** Maker, product and serial number: they stand at the USB device, some levels above the port. */
function described(device: string): Pick<Port, 'maker' | 'product' | 'serialNumber'> {
	let folder = target(device)
	for (let level = 0; level < 4; level++) {
		const product = textOf(join(folder, 'product'))
		if (product !== '') {
			const [maker, serialNumber] = [textOf(join(folder, 'manufacturer')), textOf(join(folder, 'serial'))]
			return { product, ...(maker !== '' && { maker }), ...(serialNumber !== '' && { serialNumber }) }
		}
		folder = join(folder, '..')
	}
	return {}
}

async function otherPorts(): Promise<Port[]> {
	const { SerialPort } = await import('serialport')
	const found = await SerialPort.list()
	return found.map(({ path, manufacturer, serialNumber }) => ({
		path,
		device: path,
		...(manufacturer !== undefined && { maker: manufacturer }),
		...(serialNumber !== undefined && { serialNumber }),
	}))
}

/** Says which command gives the rights to a device; undefined where they are there, or there is no such device. */
export function rightsProblem(device: string, { groups }: Pick<PortRoots, 'groups'> = ROOTS): Problem | undefined {
	try {
		accessSync(device, constants.R_OK | constants.W_OK)
		return undefined
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EACCES') return undefined
	}
	const stats = statSync(device, { throwIfNoEntry: false })
	if (!stats) return undefined
	const user = userName()
	const group = groupName(stats.gid, groups)
	const text = `${user === undefined ? 'This user' : `The user ${user}`} may not open ${device}.`
	const inContainer = statSync('/.dockerenv', { throwIfNoEntry: false }) !== undefined
	const groupMay = (stats.mode & 0o060) === 0o060
	if (inContainer) {
		const command = `--device ${device} ${groupMay ? `--group-add ${stats.gid}` : '--user 0'}`
		return { code: 'port-rights', text, hint: `Start the container with: ${command}`, params: { command } }
	}
	const mayGroup = groupMay && stats.gid !== 0 && group !== undefined
	const command = mayGroup ? `sudo usermod -aG ${group} ${user ?? '$USER'}` : `sudo setfacl -m u:${user ?? '$USER'}:rw ${device}`
	const then = mayGroup
		? 'Then sign in again, or restart the service.'
		: 'It holds until the device is unplugged; a udev rule makes it last.'
	return { code: 'port-rights', text, hint: `Run: ${command} — ${then}`, params: { command } }
}

/** Tells whether two paths are one device. */
export const sameDevice = (one: string, other: string) => target(one) === target(other)

function userName(): string | undefined {
	try {
		return userInfo().username
	} catch {
		// A container's user may have no name.
		return undefined
	}
}

function groupName(gid: number, file: string): string | undefined {
	const line = textOf(file)
		.split('\n')
		.find((one) => one.split(':')[2] === String(gid))
	return line?.split(':')[0]
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder)
	} catch {
		return []
	}
}

function target(path: string): string {
	try {
		return realpathSync(path)
	} catch {
		return path
	}
}

/** Reads a line of the system's own files; empty where it is missing. */
function textOf(file: string): string {
	try {
		return readFileSync(file, 'utf8').slice(0, 65_536).trim()
	} catch {
		return ''
	}
}

/** Names a device for people: its product, or its file. */
export const portTitle = ({ maker, product, device }: Port) => (product ? `${maker ? `${maker} ` : ''}${product}` : basename(device))
