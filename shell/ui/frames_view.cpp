// Physical memory: every frame, numbered as entries name it (in hexadecimal), in the colours of whoever owns
// it.
#include "core/sim/narrate.h"
#include "shell/present/frame_grid.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

void draw_cluster(Context& context, Rect rect, std::uint64_t first, std::uint64_t count) {
  const FrameTable& frames = context.kernel().frames();
  const Theme& theme = context.theme();
  std::uint64_t used = 0;
  Color color = theme.kernel;
  for (std::uint64_t i = first; i < std::min(first + count, frames.size()); ++i) {
    const FrameInfo& info = frames[frames.nth(i)];
    if (info.use == FrameUse::Free) continue;
    ++used;
    if (info.use == FrameUse::TableNode) color = theme.hue(hue_of(info.node_owner)).lattice_line;
    if (info.use == FrameUse::Page && !info.users.empty())
      color = theme.hue(hue_of(info.users.front().process)).fill;
  }
  const float part = static_cast<float>(used) / static_cast<float>(count);
  context.paint.fill(rect, used == 0 ? theme.raised : mix(theme.raised, color, 0.25F + 0.75F * part), 1);
}

// What the footer is about: the frame under the pointer, else the one the step reached.
std::optional<FrameNumber> frame_told_of(const Context& context) {
  if (const auto* frame = std::get_if<FrameTarget>(&context.state.hover)) return frame->frame;
  if (!context.highlight.frames.empty()) return context.highlight.frames.front();
  if (const auto* chosen = std::get_if<FrameTarget>(&context.state.selected)) return chosen->frame;
  if (context.model.walk.target) return context.model.walk.target->frame;
  return std::nullopt;
}

void draw_footer(Context& context, Rect rect) {
  Painter& paint = context.paint;
  const auto frame = frame_told_of(context);
  if (!frame) {
    paint.write(rect.cut_top(17), "Point at a frame to see who maps it.", paint.label());
    return;
  }
  paint.write(rect.cut_top(17), describe_frame(context.kernel(), *frame),
              {paint.type().label, context.theme().text});
  const std::vector<std::string> pointers = describe_pointers(context.kernel(), *frame);
  if (pointers.empty()) return;
  std::string text = pointers.size() == 1 ? "one entry points here: "
                                          : std::to_string(pointers.size()) + " entries point here: ";
  for (std::size_t i = 0; i < pointers.size(); ++i) text += (i == 0 ? "" : "; ") + pointers[i];
  paint.write(rect.cut_top(17), text, paint.label());
}

void draw_rings(Context& context, Rect rect, FrameNumber frame) {
  Painter& paint = context.paint;
  const Theme& theme = context.theme();
  constexpr float d = 3;
  const Rect ring{rect.x - d, rect.y - d, rect.w + 2 * d, rect.h + 2 * d};
  for (const AccessPath& path : context.model.paths) {
    for (const FrameNumber node : path.nodes) {
      if (node != frame) continue;
      const FrameInfo& info = context.kernel().frames()[frame];
      const Color level = theme.level[std::min<std::size_t>(info.node_level, kLevelHues - 1)];
      if (path.current) {
        paint.stroke(ring, level, 2.5F, 8);
      } else {
        paint.stroke(ring, theme.hue(hue_of(path.process)).fill.alpha(0.7F), 1.2F, 8);
      }
    }
    if (path.current && path.frame == frame) paint.stroke(ring, theme.hot, 2.5F, 9);
  }
  if (context.highlight.has(frame)) paint.stroke(ring, theme.hot, 2, 9);
}

// The longest that fits; that the machine thrashes comes first.
void draw_summary(Context& context, Rect row) {
  Painter& paint = context.paint;
  const Model& model = context.model;
  const auto fits = [&](const std::string& text) { return paint.width(text, paint.type().label) <= row.w; };
  if (!model.thrashing.empty()) {
    paint.write(row, fits(model.thrashing) ? model.thrashing : model.thrashing_short,
                {paint.type().label, context.theme().error}, Align::Right);
    if (context.over(row)) tip(context, model.thrashing);
    return;
  }
  const std::string both = model.memory_summary + " · " + model.time;
  paint.write(row,
              fits(both)                   ? both
              : fits(model.memory_summary) ? model.memory_summary
                                           : model.memory_short,
              paint.label(), Align::Right);
  if (context.over(row)) tip(context, model.time);
}

}  // namespace

void draw_memory(Context& context, Rect rect) {
  Painter& paint = context.paint;
  const Kernel& kernel = context.kernel();
  paint.panel(rect, context.theme().panel);
  Rect inner = rect.inset(16, 12);
  Rect header = inner.cut_top(24, 8);
  const float title = paint.write(header, "Physical memory", paint.title());
  header.cut_left(title + 12);
  draw_summary(context, header);
  const bool slim = inner.w < 420;
  Rect legend = slim ? inner.cut_bottom(20) : Rect{};
  Rect footer = inner.cut_bottom(36, 6);
  if (!slim) legend = footer.cut_right(190, 12);
  draw_footer(context, footer);
  draw_legend(context, legend);

  const GridGeometry grid = make_grid(inner, kernel.memory().frame_count());
  for (std::uint64_t cell = 0; cell < grid.cells; ++cell) {
    const Rect box = grid.cell(cell);
    const FrameNumber frame = kernel.frames().nth(cell * grid.items_per_cell);
    if (grid.items_per_cell > 1 || context.model.frames.empty()) {
      draw_cluster(context, box, cell * grid.items_per_cell, grid.items_per_cell);
      if (context.highlight.has_any(frame, grid.items_per_cell) ||
          context.model.touched.has_any(frame, grid.items_per_cell)) {
        paint.stroke(box, context.theme().hot, 1.5F, 1);
      }
    } else {
      draw_frame_cell(context, box, frame, grid.detail);
      draw_rings(context, box, frame);
    }
    context.point_at(box, FrameTarget{frame});
    if (context.clicked(box)) {
      context.state.selected = FrameTarget{frame};
      show_detail(context.state, DetailTab::Bytes);
    }
  }
  const auto cell_of = [&](FrameNumber frame) { return grid.cell_of_item(frame - kernel.frames().nth(0)); };
  for (const AccessPath& path : context.model.paths) {
    for (const FrameNumber node : path.nodes) context.anchors.frames[node] = cell_of(node);
    if (path.frame) context.anchors.frames[*path.frame] = cell_of(*path.frame);
  }
  for (const Transfer& transfer : context.model.transfers) {
    context.anchors.frames[transfer.frame] = cell_of(transfer.frame);
  }
}

}  // namespace vmp::ui
