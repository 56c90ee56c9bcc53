// Type: two faces, a few sizes. Baked at the display's pixel ratio so that text is sharp on every screen;
// drawn in logical pixels.
#pragma once

#include <imgui.h>

namespace vmp::ui {

struct Type {
  ImFont* text = nullptr;    // 14 px
  ImFont* strong = nullptr;  // 14 px semibold
  ImFont* label = nullptr;   // 12 px
  ImFont* label_strong = nullptr;
  ImFont* title = nullptr;      // 16 px semibold
  ImFont* mono = nullptr;       // 12 px
  ImFont* mono_text = nullptr;  // 14 px
  ImFont* value = nullptr;      // 20 px semibold, monospaced
  ImFont* big_value = nullptr;  // 26 px
};

// Replaces the atlas of the current ImGui context. `pixel_ratio`: device pixels for one logical pixel.
Type bake_type(float pixel_ratio);

}  // namespace vmp::ui
