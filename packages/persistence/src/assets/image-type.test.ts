import { expect, test } from 'vitest'
import { imageType } from './image-type.ts'

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

const box = '\0\0\0\x18ftyp'

test.each([
  ['image/png', '\x89PNG\r\n\x1a\n....'],
  ['image/jpeg', '\xff\xd8\xff\xe0..'],
  ['image/gif', 'GIF89a..'],
  ['image/gif', 'GIF87a..'],
  ['image/webp', 'RIFF\x01\x02\x03\x04WEBPVP8 '],
  ['image/avif', `${box}avif\0\0\0\0avifmif1`],
  ['image/avif', `${box}mif1\0\0\0\0mif1avif`],
  ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['image/svg+xml', '\xef\xbb\xbf \n<?xml version="1.0"?>\n<!-- a --><!-- <b> -->\n<svg>'],
  ['image/svg+xml', '<!DOCTYPE svg [ <!ENTITY a "b"> ]>\n<svg\n width="1">'],
  [null, ''],
  [null, '<!doctype html><body><svg></svg>'],
  [null, '<svgx>'],
  [null, '<html><svg>'],
  [null, '<!-- never closed <svg>'],
  [null, `${box}mp42\0\0\0\0mp42isom`],
  [null, `${box}heic\0\0\0\0mif1heic`],
  [null, 'RIFF\x01\x02\x03\x04WAVE'],
  [null, '%PDF-1.7'],
])('[A2] the type is %s for %j', (type, text) => {
  expect(imageType(latin1(text))).toBe(type)
})
