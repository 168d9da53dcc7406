import { describe, expect, test } from 'vitest'
import { ASSET_BYTES_MAX } from './limits.ts'
import { pictureType, readPicture } from './picture.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const dataUrl = (type: string, text: string) =>
  `data:${type};base64,${Buffer.from(text, 'latin1').toString('base64')}`

describe('pictureType', () => {
  test.each([
    ['image/png', '\x89PNG\r\n\x1a\nrest'],
    ['image/jpeg', '\xff\xd8\xff\xe0rest'],
    ['image/gif', 'GIF89arest'],
    ['image/webp', 'RIFF\0\0\0\0WEBPrest'],
    ['image/avif', '\0\0\0\x20ftypavifrest'],
    ['image/svg+xml', '<svg xmlns="x"/>'],
    ['image/svg+xml', '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a --><!DOCTYPE svg>\n<svg>'],
    [null, '<html><svg></html>'],
    [null, '<!-- never closed <svg>'],
    [null, 'BM a bitmap'],
    [null, ''],
  ])('sees %s in %j', (type, text) => {
    expect(pictureType(bytes(text))).toBe(type)
  })

  test('looks through a thousand comments once', () => {
    expect(pictureType(bytes(`${'<!---->'.repeat(1000)}<svg`))).toBeNull()
  })
})

describe('readPicture', () => {
  test('believes the bytes, not the file', () => {
    const gif = readPicture(dataUrl('application/octet-stream', 'GIF89a'))
    expect(gif).toMatchObject({ ok: true, type: 'image/gif' })
  })

  test('reads an SVG written out in the address', () => {
    const escaped = readPicture('data:image/svg+xml;charset=utf-8,%3Csvg%3E%C3%A9%3C/svg%3E')
    expect(escaped).toEqual({
      ok: true,
      type: 'image/svg+xml',
      bytes: new Uint8Array(Buffer.from('<svg>é</svg>')),
    })
    expect(readPicture('data:image/svg+xml,<svg width="100%">')).toMatchObject({ ok: true })
  })

  test.each([
    [undefined, 'picture missing from the file'],
    [7, 'picture missing from the file'],
    ['https://example.org/a.png', 'damaged picture'],
    ['data:image/png;base64', 'damaged picture'],
    ['data:image/png;base64,*', 'damaged picture'],
    [dataUrl('image/png', '<html>'), 'picture of an unknown type'],
  ])('says why there is none in %j', (url, reason) => {
    expect(readPicture(url)).toEqual({ ok: false, reason })
  })

  test('refuses more bytes than a server takes', () => {
    const large = `data:image/gif;base64,R0lGODlh${'A'.repeat(Math.ceil((ASSET_BYTES_MAX * 4) / 3))}`
    expect(readPicture(large)).toEqual({ ok: false, reason: 'picture over 25 MiB' })
  })
})
