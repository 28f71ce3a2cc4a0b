#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { checkText } from '../dist/check.js'

const USAGE = `Usage: castcart check <file> …
  Checks show documents (JSON) and logs (one event a line) and says what is wrong with them.
  Editors check while you type with "$schema": "./node_modules/castcart/dist/show.schema.json".`

/** Prints what was found in one file; whether it is right. */
function report(file) {
  const { problems, summary } = read(file)
  for (const problem of problems) console.error(`${file}: ${problem}`)
  if (problems.length === 0) console.log(`${file}: ok, ${summary}`)
  return problems.length === 0
}

function read(file) {
  try {
    return checkText(readFileSync(file, 'utf8'))
  } catch (error) {
    return { problems: [`cannot be read: ${error.message}`], summary: '' }
  }
}

const [command, ...files] = process.argv.slice(2)
if (command !== 'check' || files.length === 0) {
  console.log(USAGE)
  process.exitCode = command === '--help' || command === 'help' ? 0 : 2
} else if (!files.map(report).every(Boolean)) process.exitCode = 1
