#include "shell/ui/frame.h"

#include "shell/ui/views.h"

namespace vmp::ui {
namespace {

LayoutRequest layout_request(const Model& model, const UiState& state, float width, float height) {
  return {.width = width,
          .height = height,
          .minimal = state.minimal,
          .viewpoint = state.viewpoint,
          .has_swap = model.has_swap(),
          .has_banner = state.banner.has_value(),
          .processes = model.expected_processes,
          .tab = state.narrow_tab,
          .has_question = state.predict.shows(),
          .has_callout = state.tour.on};
}

// A narrow screen may stand on a tab that is no longer offered.
void leave_hidden_tab(const Model& model, UiState& state) {
  const bool program = state.viewpoint == Viewpoint::Program;
  const bool hidden =
      (state.narrow_tab == NarrowTab::Swap && (program || !model.has_swap())) ||
      (program && (state.narrow_tab == NarrowTab::Memory || state.narrow_tab == NarrowTab::Walk));
  if (hidden) state.narrow_tab = NarrowTab::Spaces;
}

void draw_panels(Context& context) {
  const Layout& layout = context.layout;
  if (!layout.lesson.empty()) draw_lesson(context, layout.lesson);
  if (!layout.spaces.empty()) draw_spaces(context, layout.spaces);
  if (!layout.memory.empty()) draw_memory(context, layout.memory);
  if (!layout.swap.empty()) draw_swap(context, layout.swap);
  if (!layout.walk.empty()) draw_walk(context, layout.walk);
  if (!layout.details.empty()) draw_details(context, layout.details);
  draw_question(context, layout.question);
  draw_paths(context);
  draw_headline(context, layout.headline);
  draw_narrow_tabs(context, layout.tabs);
  draw_banner(context, layout.banner);
  draw_toolbar(context, layout.toolbar);
}

}  // namespace

void draw_frame(const Model& model, UiState& state, const Type& type, float motion, float width, float height,
                std::vector<Request>& requests) {
  leave_hidden_tab(model, state);
  const Layout layout = lay_out(layout_request(model, state, width, height));
  const Theme& theme = theme_of(theme_for(state.appearance.theme, state.system));
  const Highlight highlight = highlight_of(model.kernel(), state.hover);

  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, packed(theme.background));
  ImGui::Begin("playground", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(3);
  Target next_hover;
  {
    Painter paint(ImGui::GetWindowDrawList(), theme, type, true);
    Anchors anchors;
    Context context{.model = model,
                    .layout = layout,
                    .state = state,
                    .paint = paint,
                    .highlight = highlight,
                    .requests = requests,
                    .anchors = anchors,
                    .motion = motion,
                    .pointer = ImGui::IsWindowHovered(),
                    .next_hover = {}};
    if (state.byte_cursor) state.byte_cursor->on_screen = false;
    draw_panels(context);
    if (state.byte_cursor && !state.byte_cursor->on_screen) state.byte_cursor.reset();
    draw_popups(context);
    next_hover = context.next_hover;
  }
  state.hover = next_hover;
  ImGui::End();
}

}  // namespace vmp::ui
