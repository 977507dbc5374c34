import { readdirSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { fromHex } from '../../engine/bytes/hex.ts'
import { testKeys } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { adapterProfiles, adaptersIn, type HeardMessage } from '../../engine/setup/adapters.ts'
import { Evidence } from '../../engine/setup/evidence.ts'
import { pushedLines } from '../../engine/setup/lines.ts'
import { propose } from '../../engine/setup/proposals.ts'
import { type Capture, readCapture } from '../../engine/transport/capture.ts'
import type { Proposal } from '../../schema/types/api.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('proposes profiles', { limit: 240_000 })
const library = readLibrary([builtinProfiles])
const began = Date.UTC(2026, 10, 28)

/** Every recording, with the name of its profile. */
const recordings = readdirSync(`${root}meters`, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.flatMap(({ name }) =>
		readdirSync(`${root}meters/${name}`)
			.filter((file) => file.endsWith('.capture.jsonl'))
			.map((file) => ({ profile: name, file, capture: readCapture(`${root}meters/${name}/${file}`) })),
	)

function proposed(capture: Capture): Promise<Proposal[]> {
	const evidence = new Evidence(began)
	let before = 0
	for (const line of capture.lines) {
		if (!('hex' in line)) continue
		if (line.t - before >= 1000) evidence.silence()
		evidence.take(fromHex(line.hex) ?? new Uint8Array(0), began + line.t)
		before = line.t
	}
	evidence.silence()
	const keys = testKeys(capture)
	const detected = evidence.detected(keys)
	const [line] = pushedLines()
	if (!detected || !line) return Promise.resolve([])
	const place = { kind: 'tcp', host: 'bridge', port: 1 } as const
	return propose({ evidence, detected, keys, library, place, line, began, taken: [], tagged: false })
}

test('proposes the own profile of each recorded meter first', async () => {
	const missing: string[] = []
	const bytes = recordings.filter(({ capture }) => capture.lines.every((line) => 'hex' in line))
	assert.ok(bytes.length > 50)
	for (const { profile, file, capture } of bytes) {
		const found = await proposed(capture)
		if (found[0]?.profile !== profile) missing.push(`${profile}/${file}: ${found.map((one) => one.profile).join(', ')}`)
		for (const one of found) assert.is(one.reading.meter, one.name, profile)
	}
	assert.equal(missing, [])
})

test('hears each recorded adapter as itself', async () => {
	const missing: string[] = []
	const profiles = adapterProfiles(library)
	const messages = recordings.filter(({ capture }) => capture.lines.every((line) => 'topic' in line))
	assert.ok(messages.length > 15)
	for (const { profile, file, capture } of messages) {
		const heard = capture.lines.flatMap((line): HeardMessage[] =>
			'topic' in line
				? [{ topic: line.topic, payload: new TextEncoder().encode(line.payload), retain: line.retain === true, received: began + line.t }]
				: [],
		)
		const found = await adaptersIn(heard, profiles, [])
		if (!found.some((one) => one.profile === profile))
			missing.push(`${profile}/${file}: ${found.map((one) => `${one.profile} ${one.topic}`).join(', ')}`)
	}
	assert.equal(missing, [])
})

test.run()
