import type { CompiledProfile } from './profile.ts'

/** Gives a topic of those that a profile reads, for a message of which nobody has told the topic. */
export function exampleTopic({ document: { transport } }: CompiledProfile): string {
	const [written = ''] = [transport.topic ?? ''].flat()
	const named = (level: string) => transport.levels?.[level.slice(1)] ?? (level.slice(1) || 'any')
	return written
		.split('/')
		.map((level) => (level.startsWith('+') ? named(level) : level === '#' ? 'any' : level))
		.join('/')
}
