import type { flows as english } from './en.ts'

export const flows: Record<keyof typeof english, string> = {}
