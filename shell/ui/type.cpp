#include "shell/ui/type.h"

#include <cmath>

#include "shell/ui/fonts.h"

namespace vmp::ui {
namespace {

// Basic Latin and Latin-1, punctuation and arrows, shapes and signs: what the fonts were cut down to.
constexpr ImWchar kRanges[] = {0x0020, 0x00FF, 0x2010, 0x2044, 0x20AC, 0x20AC, 0x2122, 0x2122,
                               0x2190, 0x22FF, 0x25A0, 0x25FF, 0x2713, 0x2717, 0};

// Dear ImGui measures a font from its ascent to its descent, designers by its em; this many times the em is
// the former.
constexpr float kInter = 1.21F;
constexpr float kMono = 1.32F;

ImFont* bake(FontData data, float size, float pixel_ratio) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.OversampleH = 2;
  config.OversampleV = 1;
  config.PixelSnapH = true;
  config.GlyphRanges = kRanges;
  // The bytes are only read; ImGui's interface wants them mutable because it may own and free them.
  void* bytes = const_cast<unsigned char*>(data.bytes);
  return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(bytes, static_cast<int>(data.size),
                                                    std::round(size * pixel_ratio), &config);
}

}  // namespace

Type bake_type(float pixel_ratio) {
  ImGuiIO& io = ImGui::GetIO();
  io.Fonts->Clear();
  io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors;
  io.FontGlobalScale = 1.0F / pixel_ratio;
  Type type;
  type.text = bake(inter_regular(), 14 * kInter, pixel_ratio);
  type.strong = bake(inter_semibold(), 14 * kInter, pixel_ratio);
  type.label = bake(inter_regular(), 12 * kInter, pixel_ratio);
  type.label_strong = bake(inter_semibold(), 12 * kInter, pixel_ratio);
  type.title = bake(inter_semibold(), 16 * kInter, pixel_ratio);
  type.mono = bake(mono_regular(), 12 * kMono, pixel_ratio);
  type.mono_text = bake(mono_regular(), 14 * kMono, pixel_ratio);
  type.value = bake(mono_semibold(), 20 * kMono, pixel_ratio);
  type.big_value = bake(mono_semibold(), 26 * kMono, pixel_ratio);
  return type;
}

}  // namespace vmp::ui
