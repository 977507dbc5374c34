/** A port on which a device answers. */
export type Door = {
	/** What people call it: `port 80`, `UDP port 1010`. */
	readonly label: string
	/** Opens it, and gives the port that it has. Rejects with the system's error where it cannot be opened. */
	open(): Promise<number>
	/** Closes it at once, with all that is connected. */
	close(): Promise<void>
}

/** Bytes of a request: a device that others know has no longer ones. */
export const MAX_REQUEST = 8192
/** Connections of one device; those beyond are refused. */
export const MAX_CONNECTIONS = 1000

/** Says why a port cannot be opened, and what to do. `setting`: what in the config takes the port's place. */
export function doorTrouble(label: string, host: string, setting: string, error: NodeJS.ErrnoException): string {
	switch (error.code) {
		case 'EADDRINUSE':
			return `${label} on ${host} is in use by another program or output: end that, or give another "${setting}" of the output in the config. It is tried again`
		case 'EACCES':
		case 'EPERM':
			return `${label} on ${host} needs rights: give the service the capability CAP_NET_BIND_SERVICE (systemd: AmbientCapabilities=CAP_NET_BIND_SERVICE), or another "${setting}" of the output in the config, from 1024. It is tried again`
		case 'EADDRNOTAVAIL':
		case 'ENOTFOUND':
		case 'EINVAL':
			return `${label}: this computer has no address ${host}: name one that it has as "host" of the output in the config. It is tried again`
		default:
			return `${label} on ${host} cannot be opened (${error.message}). It is tried again`
	}
}
