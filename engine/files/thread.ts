import { Worker, type WorkerOptions } from 'node:worker_threads'

/** Opens a thread: from the built file, or from the source by tsx, which does not know threads by itself. `base`: the URL of the one who opens it; `name`: its file beside, without extension. */
export function openThread(base: string, name: string, options: WorkerOptions): Worker {
	const extension = base.endsWith('.ts') ? 'ts' : 'js'
	const file = new URL(`./${name}.${extension}`, base)
	if (extension === 'js') return new Worker(file, options)
	const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(file.href)}) })`
	return new Worker(code, { ...options, eval: true })
}
