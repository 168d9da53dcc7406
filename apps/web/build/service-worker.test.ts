import { expect, test } from 'vitest'
import { buildOf } from './service-worker.ts'

const page = { name: 'index.html', content: '<p>' }
const script = { name: 'static/index-1.js', content: 'run()' }

test('a build is its page and its other files', () => {
  const { files } = buildOf([script, page, { name: 'theme.js', content: '' }])
  expect(files).toEqual(['/', '/static/index-1.js', '/theme.js'])
})

test('a build has another version when anything in it differs, and only then', () => {
  const { version } = buildOf([page, script])
  expect(buildOf([script, page]).version).toBe(version)
  expect(buildOf([{ ...page, content: '<b>' }, script]).version).not.toBe(version)
  expect(buildOf([page, { ...script, name: 'static/index-2.js' }]).version).not.toBe(version)
})
