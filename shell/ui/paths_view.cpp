// The curves: from the accessed page through its table nodes to the frame, and from a frame to its slot when
// a page is moved. The current access is strong and grows in the order of the walk; each other process's last
// access is faint.
#include <cmath>

#include "shell/ui/views.h"

namespace vmp::ui {
namespace {

struct Stroke {
  Color color;
  float thickness = 1;
  float casing = 0;
};

void draw_curve(Painter& paint, Point start, Point bend_start, Point bend_end, Point end,
                const Stroke& stroke, float part) {
  paint.arrow(start, bend_start, bend_end, end, stroke.color, stroke.thickness, part, Layer::Curve,
              stroke.casing);
}

// From the edge of one box to the edge of another, leaving and arriving at right angles.
void connect(Painter& paint, Rect from, Rect to, const Stroke& stroke, float part) {
  const float dx = to.center().x - from.center().x;
  const float dy = to.center().y - from.center().y;
  const bool above = std::abs(dx) <= (from.w + to.w) * 0.4F;
  const bool diagonal = std::abs(dx) <= (from.w + to.w) * 0.8F && std::abs(dy) >= (from.h + to.h) * 0.4F;
  if (above || diagonal) {
    const bool down = dy > 0;
    const float way = down ? 1.0F : -1.0F;
    // Between rows that all but touch there is no room for an arrow: it starts and ends inside the boxes.
    const float room = down ? to.y - from.bottom() : from.y - to.bottom();
    const float reach = room < 30 ? std::min(14.0F, to.h * 0.2F) : -3;
    const Point start{from.center().x, (down ? from.bottom() : from.y) - std::max(0.0F, reach) * way};
    const Point end{to.center().x, (down ? to.y : to.bottom()) + reach * way};
    const float bend = std::max(16.0F, std::abs(end.y - start.y) * 0.5F) * way;
    draw_curve(paint, start, {start.x, start.y + bend}, {end.x, end.y - bend}, end, stroke, part);
    return;
  }
  const float side = dx > 0 ? 1.0F : -1.0F;
  const bool same_row = std::abs(dy) < 8;
  // Along one row the curve bows up, over what lies between; between neighbours it starts and ends inside the
  // boxes.
  const bool neighbours = same_row && std::abs(dx) < (from.w + to.w) * 0.5F + 24;
  const float reach = neighbours ? std::min(from.w * 0.25F, 16.0F) : 0;
  const float lift = same_row ? from.h * 0.16F : 0;
  const float bow = same_row ? std::min(from.h * 0.22F, 26.0F) : 0;
  const Point start{(dx > 0 ? from.right() : from.x) - reach * side, from.center().y - lift};
  const Point end{(dx > 0 ? to.x - 3 : to.right() + 3) + reach * side, to.center().y - lift};
  const float bend = std::max(10.0F, std::abs(end.x - start.x) * 0.45F) * side;
  draw_curve(paint, start, {start.x + bend, start.y - bow}, {end.x - bend, end.y - bow}, end, stroke, part);
}

template <class Map, class Key>
const Rect* find(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

std::vector<Rect> stations_of(const Anchors& anchors, const AccessPath& path) {
  std::vector<Rect> stations;
  for (const FrameNumber node : path.nodes) {
    if (const Rect* box = find(anchors.frames, node)) stations.push_back(*box);
  }
  const Rect* last = path.frame  ? find(anchors.frames, *path.frame)
                     : path.slot ? find(anchors.slots, *path.slot)
                                 : nullptr;
  if (last != nullptr) stations.push_back(*last);
  return stations;
}

// From the page out of its column: a line under the words beside the page, then a curve, faint where it
// crosses the columns of others.
void leave_column(Context& context, const AccessPath& path, Rect to, Stroke stroke, float part) {
  const Rect* page = find(context.anchors.pages, std::pair{path.process, path.page});
  const Rect* column = find(context.anchors.columns, path.process);
  if (page == nullptr || column == nullptr) return;
  Painter& paint = context.paint;
  const Rect spaces = context.anchors.spaces;
  const float y = page->bottom() + 1.5F;
  const float edge = std::min(column->right() - kSegmentMargin, spaces.right());
  paint.line({page->x, y}, {page->x + (edge - page->x) * std::min(1.0F, part * 3), y}, stroke.color,
             stroke.thickness, Layer::Curve);
  const float rest = (part - 0.33F) / 0.67F;
  if (rest <= 0) return;
  const Point start{edge, y};
  const bool below = to.y > page->bottom() + 40 && std::abs(to.center().x - edge) < 200;
  const Point end = below ? Point{to.center().x, to.y - 3} : Point{to.x - 3, to.center().y};
  const float bend = std::max(20.0F, std::abs(end.x - start.x) * 0.45F);
  const Point bend_end = below ? Point{end.x, end.y - bend} : Point{end.x - bend, end.y};
  const auto piece = [&](Rect clip, const Stroke& with) {
    paint.clip(clip);
    draw_curve(paint, start, {start.x + bend, start.y}, bend_end, end, with, rest);
    paint.unclip();
  };
  const float far = spaces.right();
  const Rect others{edge + kSegmentMargin, spaces.y, std::max(0.0F, far - edge - kSegmentMargin), spaces.h};
  Stroke faint = stroke;
  faint.color = stroke.color.alpha(0.4F);
  faint.casing = 0;
  piece({0, 0, others.x, 1e5F}, stroke);
  if (!others.empty()) piece(others, faint);
  if (!others.empty()) piece({others.x, others.bottom(), others.w, 1e5F}, stroke);
  piece({std::max(far, others.x), 0, 1e5F, 1e5F}, stroke);
}

void draw_path(Context& context, const AccessPath& path) {
  const std::vector<Rect> stations = stations_of(context.anchors, path);
  if (stations.empty()) return;
  const Color hue = context.theme().hue(hue_of(path.process)).fill;
  const Stroke stroke = path.current ? Stroke{hue, 2.6F, 0.75F} : Stroke{hue.alpha(0.55F), 1.5F, 0.4F};
  const auto legs = static_cast<float>(stations.size());
  const auto part_of = [&](std::size_t leg) {
    return path.current ? std::clamp(context.motion * legs - static_cast<float>(leg), 0.0F, 1.0F) : 1.0F;
  };
  leave_column(context, path, stations.front(), stroke, part_of(0));
  for (std::size_t i = 0; i + 1 < stations.size(); ++i) {
    const float part = part_of(i + 1);
    if (part > 0) connect(context.paint, stations[i], stations[i + 1], stroke, part);
  }
}

}  // namespace

void draw_paths(Context& context) {
  if (context.state.viewpoint == Viewpoint::Program) return;
  for (auto path = context.model.paths.rbegin(); path != context.model.paths.rend(); ++path) {
    draw_path(context, *path);
  }
  for (const Transfer& transfer : context.model.transfers) {
    const Rect* frame = find(context.anchors.frames, transfer.frame);
    const Rect* slot = find(context.anchors.slots, transfer.slot);
    if (frame == nullptr || slot == nullptr) continue;
    const Theme& theme = context.theme();
    const Rect& from = transfer.out ? *frame : *slot;
    const Rect& to = transfer.out ? *slot : *frame;
    connect(context.paint, from, to, {transfer.out ? theme.error : theme.ok, 2, 0.75F}, context.motion);
  }
}

}  // namespace vmp::ui
