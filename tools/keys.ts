import type { Command } from 'commander'
import { fromHex } from '../engine/bytes/hex.ts'
import { fromEnvironment } from '../engine/config/secrets.ts'
import { MAX_FILE, readRegular } from '../engine/files/regular.ts'
import type { Keys } from '../engine/telegram/telegram.ts'
import { isPath } from '../engine/text/names.ts'

/** How commands take a meter's keys. */
export type KeyOptions = { key?: string; keyFile?: string; authKey?: string; authKeyFile?: string }

/** Adds the options by which a command takes a meter's keys. */
export function withKeys(command: Command): Command {
	return command
		.option('--key-file <file>', 'file with the encryption key (32 or 64 hex digits); or CII_KEY in the environment')
		.option('--auth-key-file <file>', 'file with the authentication key; or CII_AUTH_KEY in the environment')
		.option('--key <hex>', 'encryption key itself: other users of this machine see it while the command runs')
		.option('--auth-key <hex>', 'authentication key itself: as --key')
}

/** Reads the keys of the options, of the files that they name, or of the environment. Gives in words what is wrong, without the key. */
export function keysOf(options: KeyOptions): Keys | string {
	const keys: Keys = {}
	const { key, keyFile, authKey, authKeyFile } = options
	if (key !== undefined || authKey !== undefined)
		console.error(
			'a key on the command line is seen by other users of this machine and kept by the shell: --key-file, --auth-key-file, CII_KEY and CII_AUTH_KEY take it unseen',
		)
	for (const [name, option, text, file, variable] of [
		['encryption', '--key', key, keyFile, 'CII_KEY'] as const,
		['authentication', '--auth-key', authKey, authKeyFile, 'CII_AUTH_KEY'] as const,
	]) {
		const inFile = file === undefined ? undefined : contentOf(file)
		if (inFile && 'fault' in inFile) return `${option}-file: ${inFile.fault}`
		const found = text ?? inFile?.text ?? fromEnvironment(variable)
		if (found === undefined || (found === '' && text === undefined && !inFile)) continue
		const bytes = fromHex(found)
		if (!bytes || (bytes.length !== 16 && bytes.length !== 32)) {
			const place = text !== undefined ? option : inFile ? `${option}-file` : variable
			return `${place}: a key has 32 hex digits (64 for suite 2); this has ${found.length} characters${bytes ? '' : ', not all of them hex digits'}`
		}
		keys[name] = bytes
	}
	return keys
}

function contentOf(file: string): { text: string } | { fault: string } {
	try {
		return { text: readRegular(file, MAX_FILE).trim() }
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException
		const cause = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? message})`
		return { fault: `the file ${isPath(file) ? file : 'that is named here'} ${cause}` }
	}
}
