import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { stretched } from './pace.ts'
import { root } from './root.ts'

/** A real mosquitto that this test started. */
export type Mosquitto = { pid: number | undefined; stop(signal?: NodeJS.Signals): Promise<void> }

/** Starts mosquitto with a config file and waits until its ports answer. */
export async function startMosquitto(config: string, ports: number[]): Promise<Mosquitto> {
	const child: ChildProcess = spawn('mosquitto', ['-c', config], { stdio: ['ignore', 'pipe', 'pipe'] })
	let output = ''
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()))
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
	for (const port of ports) {
		for (let tries = 0; !(await answers(port)); tries++) {
			if (tries > stretched(100) || child.exitCode !== null) throw new Error(`mosquitto does not answer on ${port}: ${output}`)
			await new Promise((resolve) => setTimeout(resolve, 50))
		}
	}
	return {
		pid: child.pid,
		stop(signal = 'SIGTERM') {
			child.kill(signal)
			return ended
		},
	}
}

function answers(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1')
		socket.once('connect', () => {
			socket.destroy()
			resolve(true)
		})
		socket.once('error', () => resolve(false))
	})
}

/** The password of the user `hackday` in the recipe's configuration. */
export const PASSWORD = 'öpen-Sesame'

/** The configuration that users are given (tools/deploy/mosquitto.conf), with other ports and paths: anonymous, with password, WebSocket. */
export function recipe(folder: string, open: number, locked: number, webSocket: number): string {
	const passwords = `${folder}/passwords`
	execFileSync('mosquitto_passwd', ['-c', '-b', passwords, 'hackday', PASSWORD])
	const text = readFileSync(`${root}tools/deploy/mosquitto.conf`, 'utf8')
		.replace('1883', String(open))
		.replace('listener 1884', `listener ${locked} 127.0.0.1`)
		.replace('listener 9001', `listener ${webSocket} 127.0.0.1`)
		.replaceAll('/etc/mosquitto/cii2mqtt.passwd', passwords)
	return `${process.getuid?.() === 0 ? 'user root\n' : ''}${text}\n`
}

/** A certificate authority with a server's and a client's certificate, as files in the folder. */
export function makeCertificates(folder: string): {
	ca: string
	cert: string
	key: string
	clientCert: string
	clientKey: string
	otherCa: string
} {
	const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
	const authority = (name: string) =>
		openssl(
			'req',
			'-x509',
			'-newkey',
			'rsa:2048',
			'-nodes',
			'-days',
			'2',
			'-keyout',
			`${name}.key`,
			'-out',
			`${name}.crt`,
			'-subj',
			`/CN=${name}`,
		)
	const signed = (name: string, subject: string) => {
		openssl(
			'req',
			'-newkey',
			'rsa:2048',
			'-nodes',
			'-keyout',
			`${name}.key`,
			'-out',
			`${name}.csr`,
			'-subj',
			subject,
			'-addext',
			'subjectAltName=DNS:localhost,IP:127.0.0.1',
		)
		openssl(
			'x509',
			'-req',
			'-in',
			`${name}.csr`,
			'-CA',
			'ca.crt',
			'-CAkey',
			'ca.key',
			'-CAcreateserial',
			'-days',
			'2',
			'-out',
			`${name}.crt`,
			'-copy_extensions',
			'copy',
		)
	}
	authority('ca')
	authority('other')
	signed('server', '/CN=localhost')
	signed('client', '/CN=cii2mqtt')
	const path = (file: string) => `${folder}/${file}`
	return {
		ca: path('ca.crt'),
		cert: path('server.crt'),
		key: path('server.key'),
		clientCert: path('client.crt'),
		clientKey: path('client.key'),
		otherCa: path('other.crt'),
	}
}
