import { expect, test } from 'vitest'
import { FontWatch } from './font-watch.ts'

/** A font set whose fonts arrive when the test says. */
function fakeFonts() {
  const asked: string[] = []
  let answer: (faces: unknown[]) => void = () => {}
  const load = (font: string): Promise<unknown[]> => {
    asked.push(font)
    return new Promise((resolve) => (answer = resolve))
  }
  const fonts = Object.assign(new EventTarget(), { status: 'loaded', load })
  return {
    fonts: fonts as unknown as FontFaceSet,
    asked,
    arrive: (faces: unknown[]) => answer(faces),
  }
}

function watch() {
  const told: string[] = []
  const fake = fakeFonts()
  const watched = new FontWatch({
    fonts: fake.fonts,
    onLoaded: () => told.push('loaded'),
    onSettled: () => told.push('settled'),
  })
  return { ...fake, watched, told }
}

test('asks once for each font and is unsettled until it is there', async () => {
  const { watched, asked, arrive, told } = watch()
  expect(watched.isSettled).toBe(true)
  watched.use('hand')
  watched.use('hand')
  expect(asked).toHaveLength(1)
  expect(watched.isSettled).toBe(false)
  arrive([{}])
  await expect.poll(() => told).toEqual(['loaded', 'settled'])
  expect(watched.isSettled).toBe(true)
})

test('a font nobody has is settled without another look', async () => {
  const { watched, arrive, told } = watch()
  watched.use('mono')
  arrive([])
  await expect.poll(() => told).toEqual(['settled'])
})

test('follows fonts that others load, until disposed', () => {
  const { watched, fonts, told } = watch()
  fonts.dispatchEvent(new Event('loadingdone'))
  expect(told).toEqual(['loaded', 'settled'])
  watched.dispose()
  fonts.dispatchEvent(new Event('loadingdone'))
  expect(told).toHaveLength(2)
})

test('without a document everything is settled', () => {
  const watched = new FontWatch({ fonts: null, onLoaded: () => {}, onSettled: () => {} })
  watched.use('hand')
  expect(watched.isSettled).toBe(true)
})
