// Writes a C++ file that holds the playground's four fonts, each cut down to the glyphs it may draw.
// Usage: node .ci/fonts.mjs OUTPUT.cpp
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const packages = fileURLToPath(new URL('../node_modules/@expo-google-fonts/', import.meta.url));
const fonts = [
  ['inter_regular', 'inter/400Regular/Inter_400Regular.ttf'],
  ['inter_semibold', 'inter/600SemiBold/Inter_600SemiBold.ttf'],
  ['mono_regular', 'jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf'],
  ['mono_semibold', 'jetbrains-mono/600SemiBold/JetBrainsMono_600SemiBold.ttf'],
];

// Basic Latin and Latin-1, then the signs of the interface. Inter has all of them; JetBrains Mono lacks ‑ ‒ ⇒ ○ ✓ ✗.
const range = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join('');
const glyphs =
  range(0x20, 0x7e) + range(0xa0, 0xff) + '‐‑‒–—‘’“”„•…′″‹›€™←↑→↓↔↕⇒−≈≠≤≥■□▪▲△▶▷▼▽◀◁◆◇○●✓✗';

function cppArray(name, bytes) {
  const lines = [];
  for (let i = 0; i < bytes.length; i += 32) lines.push([...bytes.subarray(i, i + 32)].join(',') + ',');
  return `alignas(16) constexpr unsigned char k_${name}[] = {\n${lines.join('\n')}\n};\n`;
}

const arrays = [];
const functions = [];
for (const [name, file] of fonts) {
  // ImGui draws glyph by glyph and unhinted: hints and ligatures would be dead weight in the download.
  const bytes = await subsetFont(await readFile(packages + file), glyphs, {
    targetFormat: 'sfnt',
    keepFeatures: [],
    noHinting: true,
  });
  arrays.push(cppArray(name, bytes));
  functions.push(`FontData ${name}() {\n  return {k_${name}, sizeof(k_${name})};\n}\n`);
}

const output = process.argv[2];
await mkdir(dirname(output), { recursive: true });
await writeFile(
  output,
  `// Written by .ci/fonts.mjs.\n#include "shell/ui/fonts.h"\n\nnamespace vmp {\nnamespace {\n\n` +
    `${arrays.join('\n')}\n}  // namespace\n\n${functions.join('\n')}\n}  // namespace vmp\n`,
);
