import type { Finding } from '../engine/document/finding.ts'
import { MAX_FILE, readRegular } from '../engine/files/regular.ts'
import { isPath, isVariable } from '../engine/text/names.ts'
import { visible } from '../engine/text/visible.ts'

export type Format = 'pretty' | 'json' | 'github'

/** Prints findings: for people with the source line and a caret, as a JSON array, or as GitHub's annotations. */
export function printFindings(findings: Finding[], format: Format, files: number): void {
	if (format === 'json') console.log(JSON.stringify(findings, undefined, 2))
	else if (format === 'github') for (const finding of findings) console.log(githubLine(finding))
	else {
		for (const group of grouped(findings)) {
			for (const finding of group.slice(0, SHOWN)) console.log(prettyText(finding))
			const more = group.slice(SHOWN)
			if (more.length > 0)
				console.log(`${more[0]?.file}: ${more.length} more ${more[0]?.code}, at lines ${more.map(({ line }) => line).join(', ')}\n`)
		}
		const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length
		console.log(`${files} ${files === 1 ? 'file' : 'files'}: ${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}`)
	}
}

/** Warnings of one kind that are shown whole, a file; the others are counted. */
const SHOWN = 3

/** Findings in their order, warnings of one code and file together. */
function grouped(findings: Finding[]): Finding[][] {
	const groups: Finding[][] = []
	for (const finding of findings) {
		const last = groups.at(-1)
		const [first] = last ?? []
		if (last && finding.severity === 'warning' && first?.code === finding.code && first.file === finding.file) last.push(finding)
		else groups.push([finding])
	}
	return groups
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

function prettyText(finding: Finding): string {
	const { file, line, column, code, severity, message, hint } = finding
	const head = `${visible(file)}:${line}:${column} ${severity} ${code}\n  ${visible(message)}`
	const source = sourceLine(finding)
	const excerpt =
		source === undefined ? '' : `\n  ${String(line).padStart(4)} | ${visible(source.text)}\n       | ${' '.repeat(source.caret)}^`
	return `${head}${excerpt}${hint === undefined ? '' : `\n  → ${visible(hint)}`}\n`
}

/** The line of the file, cut to what fits around the column. */
function sourceLine({ file, line, column }: Finding): { text: string; caret: number } | undefined {
	try {
		const text = masked(readRegular(file, MAX_FILE)).split('\n')[line - 1]
		if (text === undefined) return undefined
		const start = Math.max(0, column - 80)
		return { text: text.slice(start, start + 110).replace(/\t/g, ' '), caret: column - 1 - start }
	} catch {
		return undefined
	}
}

const TEXT = /"(?:[^"\\\n]|\\.)*"?/.source
/** The value of a key that is called like a secret, whatever else is wrong with the line. */
const SECRET = new RegExp(
	`((?:pass\\w*|pwd|secret|token|\\w*key|encryption|authentication|\\$env|\\$file)"?\\s*[:=]\\s*)(${TEXT}|[{[][^\\]}]*[\\]}]?|[^\\s"{[][^,}\\n]*)`,
	'gi',
)
/** A secret by reference. */
const REFERENCE = /^\{\s*"\$(?:env"\s*:\s*"([^"]*)"|file"\s*:\s*"([^"]*)")\s*\}$/
/** User and password of an address. */
const USER = /(:\/\/)([^"\n]*)(?=@)|(")([^"\s]*:[^"\s]*)(?=@)/g
/** An address with an @ behind its path: nobody knows where its password ends. */
const MIXED = /(:\/\/)([^"\n]*[/?#][^"\n]*@[^"\n]*)/g
/** What is asked for at an address. */
const QUERY = /(:\/\/[^"?#\n]*[?#])([^"\n]*)/g
/** Keys as digits. */
const DIGITS = /(?:[0-9A-F]{2}[ :-]?){16,}/gi

/** Covers the secrets of a file; every character keeps its place. */
function masked(text: string): string {
	const cover = (part = '') => part.replace(/[^"\n]/g, '•')
	return text
		.replace(SECRET, (all, key: string, value: string) => (isReference(key, value) ? all : key + cover(value)))
		.replace(MIXED, (_, scheme: string, rest: string) => scheme + cover(rest))
		.replace(USER, (_, scheme?: string, user?: string, quote?: string, bare?: string) => (scheme ?? quote ?? '') + cover(user ?? bare))
		.replace(QUERY, (_, place: string, query: string) => place + cover(query))
		.replace(DIGITS, cover)
}

/** Tells a secret by reference, or the name in one, as it should stand. */
function isReference(key: string, value: string): boolean {
	const [, variable, path] = REFERENCE.exec(value) ?? []
	const name = value.replace(/^"|"$/g, '')
	if (/\$env/.test(key)) return isVariable(name)
	if (/\$file/.test(key)) return isPath(name)
	return variable !== undefined ? isVariable(variable) : path !== undefined && isPath(path)
}

function githubLine({ file, line, column, code, severity, message, hint }: Finding): string {
	const escaped = visible(`${message}${hint === undefined ? '' : ` (${hint})`}`).replace(/%/g, '%25')
	const path = visible(file).replace(/[%:,]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
	return `::${severity} file=${path},line=${line},col=${column},title=${code}::${escaped}`
}
