import { fail, finished } from './suite.ts'

/** Runs test files one after the other in this process, for the runner: their paths below test/ are the arguments. */
for (const file of process.argv.slice(2)) {
	console.log(`file  ${file}`)
	try {
		await import(new URL(`../${file}`, import.meta.url).href)
		await finished()
	} catch (error) {
		fail(`${file} cannot be loaded`, error)
	}
	console.log(`end   ${file}`)
}
