import type { Context } from 'hono'
import { buffer } from '../bytes/hex.ts'
import { visibleLines } from '../text/visible.ts'
import { encoded, encodingFor } from './compress.ts'
import type { PageFile } from './files.ts'
import type { Reply } from './reply.ts'

/** Characters of a file's name. */
const MAX_NAME = 120

/** Writes an answer: JSON, or a file to save; compressed where it is long and the browser can read it. */
export function responseOf(c: Context, { status, value, content, headers = {} }: Reply): Response | Promise<Response> {
	c.header('Cache-Control', 'no-store')
	for (const [name, text] of Object.entries(headers)) c.header(name, text)
	if (value === undefined && content === undefined) return c.body(null, 204)
	c.header('Content-Type', content?.type ?? 'application/json; charset=utf-8')
	if (content?.name !== undefined)
		c.header('Content-Disposition', `attachment; filename="${content.name.replace(/[^\w.-]/g, '_').slice(0, MAX_NAME)}"`)
	// Invisible characters of a text are escaped: its values stay the same.
	const body = content?.body ?? visibleLines(JSON.stringify(value))
	const bytes = typeof body === 'string' ? Buffer.from(body) : buffer(body)
	return sent(c, status, bytes, (encoding) => encoded(bytes, encoding, 4))
}

/** Writes a plain sentence for people. */
export function plainText(c: Context, status: number, text: string, headers: Record<string, string> = {}): Response | Promise<Response> {
	return responseOf(c, { status, content: { type: 'text/plain; charset=utf-8', body: text }, headers })
}

/** Writes a file of the page; 304 where the browser's copy is still good. */
export function fileResponse(c: Context, { type, body, etag, isHashed, encoded: packed }: PageFile): Promise<Response> | Response {
	const tag = `W/"${etag}"`
	c.header('Content-Type', type)
	c.header('ETag', tag)
	c.header('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
	c.header('Vary', 'Accept-Encoding')
	const known = c.req.header('if-none-match')?.split(',') ?? []
	if (known.some((one) => one.trim().replace(/^W\//, '') === `"${etag}"`)) return c.body(null, 304)
	return sent(c, 200, body, packed)
}

async function sent(
	c: Context,
	status: number,
	bytes: Buffer,
	pack: (encoding: 'br' | 'gzip') => Promise<Buffer | undefined>,
): Promise<Response> {
	c.header('Vary', 'Accept-Encoding')
	const encoding = encodingFor(c.req.header('accept-encoding'))
	const packed = encoding && (await pack(encoding))
	if (packed) c.header('Content-Encoding', encoding)
	c.status(status as Parameters<typeof c.status>[0])
	return c.body(new Uint8Array(packed ?? bytes))
}
