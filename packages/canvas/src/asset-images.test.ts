import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AssetImages } from './asset-images.ts'

/** Stands for the browser's image element; the test decides how decoding ends. */
class FakeImage {
  static made: FakeImage[] = []
  src = ''
  decoding = ''
  width = 100
  height = 100
  succeed = (): void => {}
  fail = (): void => {}

  constructor() {
    FakeImage.made.push(this)
  }

  decode(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.succeed = resolve
      this.fail = () => reject(new Error('cannot be decoded'))
    })
  }
}

beforeEach(() => {
  FakeImage.made = []
  vi.stubGlobal('Image', FakeImage)
})
afterEach(() => void vi.unstubAllGlobals())

function open(pixelsMax?: number) {
  const told: string[] = []
  const images = new AssetImages({
    url: (asset) => `/assets/${asset}`,
    ...(pixelsMax ? { pixelsMax } : {}),
  })
  images.on('change', (asset) => told.push(asset))
  return { images, told }
}

test('asking starts loading once, and the change is told when it is there', async () => {
  const { images, told } = open()
  expect([images.get('a'), images.get('a')]).toEqual(['loading', 'loading'])
  expect(FakeImage.made.map(({ src }) => src)).toEqual(['/assets/a'])
  FakeImage.made[0]?.succeed()
  await expect.poll(() => told).toEqual(['a'])
  expect(images.get('a')).toBe(FakeImage.made[0])
})

test('a picture that cannot be had stays missing until asked for again', async () => {
  const { images, told } = open()
  images.get('a')
  FakeImage.made[0]?.fail()
  await expect.poll(() => images.get('a')).toBe('missing')
  expect(FakeImage.made).toHaveLength(1)
  images.retry('other')
  expect(told).toEqual(['a'])
  images.retry()
  expect(told).toEqual(['a', 'a'])
  expect(images.get('a')).toBe('loading')
})

test('a shape without an asset is missing its picture', () => {
  const { images } = open()
  expect(images.get('')).toBe('missing')
  expect(FakeImage.made).toEqual([])
})

test('the least recently used pictures are let go', async () => {
  const { images, told } = open(25_000)
  for (const asset of ['a', 'b']) images.get(asset)
  for (const image of FakeImage.made) image.succeed()
  await expect.poll(() => told).toHaveLength(2)
  images.get('a')
  images.get('c')
  FakeImage.made[2]?.succeed()
  await expect.poll(() => told).toHaveLength(3)
  expect(images.get('a')).not.toBe('loading')
  expect(images.get('c')).not.toBe('loading')
  expect(images.get('b')).toBe('loading')
})
