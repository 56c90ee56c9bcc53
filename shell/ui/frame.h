// One frame of the whole interface.
#pragma once

#include "shell/ui/context.h"

namespace vmp::ui {

// Between ImGui::NewFrame() and ImGui::Render(), into a window of that many logical pixels. `motion`: how far
// the path of the present step is drawn, 0 to 1. What the views ask for is added to `requests`.
void draw_frame(const Model& model, UiState& state, const Type& type, float motion, float width, float height,
                std::vector<Request>& requests);

}  // namespace vmp::ui
