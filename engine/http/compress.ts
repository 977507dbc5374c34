import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const [brotli, gzipped] = [promisify(brotliCompress), promisify(gzip)]

/** Encodings that we have, the better first. */
export type Encoding = 'br' | 'gzip'

/** Bytes below which nothing is gained. */
const LEAST = 1024

/** Tells how an answer may be encoded; undefined where only as it is. */
export function encodingFor(accepted: string | undefined): Encoding | undefined {
	const offers = (accepted ?? '').split(',').map((text) => {
		const [name = '', ...parts] = text.split(';').map((part) => part.trim().toLowerCase())
		return { name, isRefused: parts.some((part) => /^q=0(\.0*)?$/.test(part)) }
	})
	return (['br', 'gzip'] as const).find((encoding) => offers.some(({ name, isRefused }) => name === encoding && !isRefused))
}

/** Encodes bytes; `quality`: 11 for what is kept, 4 for an answer that somebody waits for. Gives undefined where they do not get smaller. */
export async function encoded(bytes: Buffer, encoding: Encoding, quality: 4 | 11): Promise<Buffer | undefined> {
	if (bytes.length < LEAST) return undefined
	const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants
	const smaller =
		encoding === 'br'
			? await brotli(bytes, { params: { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_SIZE_HINT]: bytes.length } })
			: await gzipped(bytes, { level: quality === 11 ? 9 : 6 })
	return smaller.length < bytes.length ? smaller : undefined
}
