#pragma once

// The four fonts, in the program itself so that a page needs no further request and a window no installed
// font. The implementation is generated at build time by .ci/fonts.mjs, from the npm packages that
// package.json pins: TrueType files cut down to the glyphs listed there.
namespace vmp {

struct FontData {
  const unsigned char* bytes;
  unsigned size;
};

FontData inter_regular();
FontData inter_semibold();
FontData mono_regular();
FontData mono_semibold();

}  // namespace vmp
