import { connect, createServer, type Socket } from 'node:net'

/** What the proxy does to the bytes of both directions. `hole`: it takes them and passes nothing on. */
export type Toxics = { delay?: number; slice?: number; hole?: boolean }

/** A TCP proxy that spoils connections. `reset` breaks those that stand; `resets` counts them. */
export type Proxy = { port: number; toxics: Toxics; resets: number; reset(): void; close(): Promise<void> }

/** Opens a proxy to a port of this machine, on `port` or any free one: delays in milliseconds, slices of so many bytes (one each `delay`). */
export async function proxy(target: number, port = 0): Promise<Proxy> {
	const sockets = new Set<Socket>()
	const server = createServer((near) => {
		const far = connect(target, '127.0.0.1')
		for (const [from, to] of [
			[near, far],
			[far, near],
		] as const) {
			sockets.add(from)
			let queue = Promise.resolve()
			from.on('data', (chunk: Buffer) => {
				queue = queue.then(() => pass(chunk, to))
			})
			from.on('error', () => to.destroy())
			from.on('close', () => {
				sockets.delete(from)
				to.destroy()
			})
		}
	})

	async function pass(chunk: Buffer, to: Socket): Promise<void> {
		const { delay = 0, slice = chunk.length, hole = false } = self.toxics
		if (hole) return
		for (let at = 0; at < chunk.length; at += slice) {
			if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
			to.write(chunk.subarray(at, at + slice))
		}
	}

	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
	const address = server.address()
	const self: Proxy = {
		port: typeof address === 'object' && address ? address.port : 0,
		toxics: {},
		resets: 0,
		reset() {
			if (sockets.size > 0) self.resets++
			for (const socket of sockets) socket.resetAndDestroy()
		},
		close() {
			for (const socket of sockets) socket.destroy()
			return new Promise((resolve) => server.close(() => resolve()))
		},
	}
	return self
}
