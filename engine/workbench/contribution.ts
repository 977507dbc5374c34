import { randomBytes } from 'node:crypto'
import { strToU8, zipSync } from 'fflate'
import { applyEdits, modify } from 'jsonc-parser'
import type { CaptureHeader } from '../../schema/types/capture.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { lineText } from '../profile/short-forms.ts'
import { sharedSamples } from './own-samples.ts'
import { isRefused, type Refused } from './refusal.ts'

/** Files in a zip have one time, so that the same content gives the same bytes. */
const TIME = new Date(1980, 0, 1)

/** Makes a zip that can be unpacked over the project: the profile, its recordings without ids, what is expected of them, and their README. */
export async function contributionOf(profile: CompiledProfile, text: string): Promise<Uint8Array | Refused> {
	const { name } = profile
	const samples = await sharedSamples(profile, randomBytes(16).toString('hex'))
	if (isRefused(samples)) return samples
	const files: Record<string, string> = {
		[`profiles/${name}.json`]: besideSchema(text),
		[`meters/${name}/README.md`]: readme(profile, samples),
	}
	for (const { name: sample, capture, expected } of samples) {
		files[`meters/${name}/${sample}.capture.jsonl`] = capture
		files[`meters/${name}/${sample}.expected.json`] = expected
	}
	const packed = Object.fromEntries(Object.entries(files).map(([path, content]) => [path, strToU8(content)]))
	return zipSync(packed, { level: 6, mtime: TIME })
}

/** A profile names its schema by its path, where it names it: this one's is that of the project. */
function besideSchema(text: string): string {
	if (!/"\$schema"\s*:/.test(text)) return text
	return applyEdits(text, modify(text, ['$schema'], '../schema/profile.schema.json', {}))
}

/** Writes the README that stands beside the recordings: filled in as far as profile and recordings tell. */
function readme({ name, document }: CompiledProfile, samples: { name: string; header: CaptureHeader }[]): string {
	const { title = name, meter = {}, transport, decoder } = document
	const rows: [string, string | undefined][] = [
		['operator', meter.operator],
		['meter', [meter.manufacturer, meter.model].filter((part) => part !== undefined).join(' ') || undefined],
		['interface', meter.interface ?? [decoder.link, decoder.application].filter((part) => part !== undefined).join(', ')],
		[
			'line',
			transport.kind === 'serial'
				? lineText(transport)
				: transport.kind === 'mqtt'
					? `MQTT, ${[transport.topic].flat().join(', ')}`
					: transport.kind,
		],
		['adapter', undefined],
		['encryption', samples.some(({ header }) => header.testKeys) ? 'yes; the recordings are closed with published test keys' : undefined],
	]
	return `# ${title}

| | |
|---|---|
${rows.map(([what, text]) => `| ${what} | ${inCell(text ?? '…')} |`).join('\n')}

${samples.map(({ name: sample, header }) => `- \`${sample}\`: ${inCell(header.source)} (${inCell(header.license)})`).join('\n') || 'There is no recording yet.'}

Who recorded it, and when: …
`
}

const inCell = (text: string) => text.replace(/[|\r\n]/g, ' ')
