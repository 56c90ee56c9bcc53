// The curves: from the accessed page through its table nodes to the frame, and from a frame to its slot when
// a page is moved. The current access is strong and grows in the order of the walk; each other process's last
// access is faint.
#include <cmath>

#include "shell/ui/views.h"

namespace vmp::ui {
namespace {

// From the edge of one box to the edge of another, leaving and arriving at right angles.
void connect(Painter& paint, Rect from, Rect to, Color color, float thickness, float part) {
  const float dx = to.center().x - from.center().x;
  const float dy = to.center().y - from.center().y;
  if (std::abs(dx) > (from.w + to.w) * 0.5F) {
    const float side = dx > 0 ? 1.0F : -1.0F;
    // Along one row the curve bows up, over what lies between.
    const float lift = std::abs(dy) < 8 ? from.h * 0.16F : 0;
    const float bow = std::abs(dy) < 8 ? std::min(from.h * 0.2F, 26.0F) : 0;
    const Point start{dx > 0 ? from.right() : from.x, from.center().y - lift};
    const Point end{dx > 0 ? to.x - 3 : to.right() + 3, to.center().y - lift};
    const float bend = std::abs(end.x - start.x) * 0.45F * side;
    paint.arrow(start, {start.x + bend, start.y - bow}, {end.x - bend, end.y - bow}, end, color, thickness,
                part);
    return;
  }
  const float side = dy > 0 ? 1.0F : -1.0F;
  const Point start{from.center().x, dy > 0 ? from.bottom() : from.y};
  const Point end{to.center().x, dy > 0 ? to.y - 3 : to.bottom() + 3};
  const float bend = std::abs(end.y - start.y) * 0.5F * side;
  paint.arrow(start, {start.x, start.y + bend}, {end.x, end.y - bend}, end, color, thickness, part);
}

std::vector<Rect> stations_of(const Anchors& anchors, const AccessPath& path) {
  std::vector<Rect> stations;
  const auto page = anchors.pages.find({path.process, path.page});
  if (page == anchors.pages.end()) return stations;
  stations.push_back(page->second);
  for (const FrameNumber node : path.nodes) {
    const auto found = anchors.frames.find(node);
    if (found != anchors.frames.end()) stations.push_back(found->second);
  }
  if (path.frame) {
    const auto found = anchors.frames.find(*path.frame);
    if (found != anchors.frames.end()) stations.push_back(found->second);
  } else if (path.slot) {
    const auto found = anchors.slots.find(*path.slot);
    if (found != anchors.slots.end()) stations.push_back(found->second);
  }
  return stations;
}

}  // namespace

void draw_paths(Context& context) {
  if (context.state.viewpoint == Viewpoint::Program) return;
  for (auto path = context.model.paths.rbegin(); path != context.model.paths.rend(); ++path) {
    const std::vector<Rect> stations = stations_of(context.anchors, *path);
    if (stations.size() < 2) continue;
    const Color hue = context.theme().hue(hue_of(path->process)).fill;
    const auto legs = static_cast<float>(stations.size() - 1);
    for (std::size_t i = 0; i + 1 < stations.size(); ++i) {
      const float part = path->current ? context.motion * legs - static_cast<float>(i) : 1.0F;
      if (part <= 0) break;
      connect(context.paint, stations[i], stations[i + 1], path->current ? hue : hue.alpha(0.5F),
              path->current ? 2.6F : 1.5F, std::min(part, 1.0F));
    }
  }
  for (const Transfer& transfer : context.model.transfers) {
    const auto frame = context.anchors.frames.find(transfer.frame);
    const auto slot = context.anchors.slots.find(transfer.slot);
    if (frame == context.anchors.frames.end() || slot == context.anchors.slots.end()) continue;
    const Color color = context.theme().error;
    if (transfer.out) {
      connect(context.paint, frame->second, slot->second, color, 2, context.motion);
    } else {
      connect(context.paint, slot->second, frame->second, context.theme().ok, 2, context.motion);
    }
  }
}

}  // namespace vmp::ui
