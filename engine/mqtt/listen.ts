import { once } from 'node:events'
import type { Server } from 'node:net'

/** Opens a server's port and returns its number. Rejects with the system's error when it is taken. */
export async function listen(server: Server, port: number, host: string): Promise<number> {
	server.listen(port, host)
	await once(server, 'listening')
	// A connection that cannot be accepted (too many open files) does not end the process.
	server.on('error', () => undefined)
	const address = server.address()
	return typeof address === 'object' && address ? address.port : port
}
