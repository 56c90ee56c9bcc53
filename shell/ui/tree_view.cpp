// The page table as the tree it is: only the nodes that exist, and the pages under the node the last walk
// came through.
#include "core/sim/narrate.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kBox = 28;
constexpr float kStep = 34;

struct Placed {
  Rect box;
  std::size_t node = 0;
};

// Nodes on the way of the present access, by frame.
bool on_path(const Context& context, FrameNumber frame) {
  for (const AccessPath& path : context.model.paths) {
    if (!path.current) continue;
    for (const FrameNumber node : path.nodes) {
      if (node == frame) return true;
    }
  }
  return false;
}

void draw_box(Context& context, Rect box, std::string_view text, FrameNumber frame, Color color, bool thick,
              Target target) {
  Painter& paint = context.paint;
  paint.fill(box, context.theme().raised, 5);
  paint.stroke(box, color, thick ? 1.5F : 1.0F, 5);
  if (context.highlight.has(frame)) paint.stroke(box, context.theme().hot, 2, 5);
  context.point_at(box, std::move(target));
  const bool narrow = box.w < 80;
  Rect words = box.inset(narrow ? 6 : 10, 0);
  const std::string number = hex_frame(frame);
  paint.write(words.cut_right(paint.width(number, paint.type().mono), narrow ? 4 : 6), number,
              paint.mono_dim());
  // With four levels and more there is room for "[511] stack" no more, but for 511.
  if (narrow && text.starts_with('[')) text = text.substr(1, text.find(']') - 1);
  paint.write(words, text, {paint.type().label, context.theme().text});
}

// The node of level 0 that the access came through, else the first.
const TreeNode* shown_leaf_node(const Context& context) {
  const TreeNode* first = nullptr;
  for (const TreeNode& node : context.model.tree.nodes) {
    if (node.level != 0) continue;
    if (on_path(context, node.frame)) return &node;
    if (first == nullptr) first = &node;
  }
  return first;
}

class TreeDrawing {
 public:
  TreeDrawing(Context& context, Rect rect) : m_context(context), m_rect(rect) {
    const auto levels = static_cast<float>(context.kernel().format().levels);
    m_gap = levels > 4 ? 14 : 24;
    m_indent = (rect.w + m_gap) / levels;
  }

  // Draws node `index` and what hangs below it; returns the box it got.
  Rect draw(std::size_t index, std::string_view text, Target target) {
    const TreeModel& tree = m_context.model.tree;
    const TreeNode& node = tree.nodes[index];
    const auto depth = static_cast<float>(m_context.kernel().format().root_level() - node.level);
    const Rect box{m_rect.x + depth * m_indent, m_y, m_indent - m_gap, kBox};
    const bool path = on_path(m_context, node.frame);
    const Color level = m_context.theme().level[std::min<std::size_t>(node.level, kLevelHues - 1)];
    draw_box(m_context, box, text, node.frame, path ? level : m_context.theme().line, path,
             std::move(target));
    bool any = false;
    for (const TreeEntry& entry : node.entries) {
      if (!entry.child) continue;
      if (any) m_y += kStep;
      any = true;
      const bool child_path = on_path(m_context, tree.nodes[*entry.child].frame);
      const float y = m_y;
      const Rect child = draw(*entry.child, entry.text, EntryTarget{entry.address});
      const float elbow = box.right() + m_gap / 2;
      const Color color = child_path && path ? level : m_context.theme().kernel;
      const float thickness = child_path && path ? 2.0F : 1.2F;
      m_context.paint.line({box.right(), box.center().y}, {elbow, box.center().y}, color, thickness);
      m_context.paint.line({elbow, box.center().y}, {elbow, y + kBox / 2}, color, thickness);
      m_context.paint.line({elbow, y + kBox / 2}, {child.x, y + kBox / 2}, color, thickness);
    }
    return box;
  }
  float bottom() const { return m_y + kStep; }
  void start(float y) { m_y = y; }

 private:
  Context& m_context;
  Rect m_rect;
  float m_gap = 24;
  float m_indent = 0;
  float m_y = 0;
};

std::size_t leaf_parents(const TreeModel& tree) {
  std::size_t count = 0;
  for (const TreeNode& node : tree.nodes) count += node.level == 0 ? 1 : 0;
  return std::max<std::size_t>(count, 1);
}

void draw_leaves(Context& context, Rect rect, const TreeNode& node) {
  constexpr float kLeast = 112;
  const auto columns = std::max<std::size_t>(1, static_cast<std::size_t>((rect.w + 6) / (kLeast + 6)));
  const float width = (rect.w + 6) / static_cast<float>(columns) - 6;
  const ProcessHue& hue = context.theme().hue(hue_of(context.model.tree.process));
  for (std::size_t i = 0; i < node.entries.size(); ++i) {
    const TreeEntry& entry = node.entries[i];
    const Rect box{rect.x + static_cast<float>(i % columns) * (width + 6),
                   rect.y + static_cast<float>(i / columns) * kStep, width, kBox};
    const PageTarget page{context.model.tree.process, entry.first_page};
    const bool touched = context.model.touched.has(page);
    if (entry.frame) {
      draw_box(context, box, entry.text, *entry.frame, touched ? hue.fill : context.theme().line, touched,
               page);
      if (touched) context.paint.fill(box, hue.fill.alpha(0.18F), 5);
      continue;
    }
    context.paint.dashed(box, hue.fill);
    context.point_at(box, page);
    const std::string text =
        entry.slot ? "[" + std::to_string(entry.index) + "] in slot " + std::to_string(entry.slot->value())
                   : entry.text;
    context.paint.write(box.inset(10, 0), text, context.paint.label());
  }
}

float leaves_height(const TreeNode* node, float width) {
  if (node == nullptr) return 0;
  const auto columns = std::max<std::size_t>(1, static_cast<std::size_t>((width + 6) / 118));
  return static_cast<float>((node->entries.size() + columns - 1) / columns) * kStep;
}

}  // namespace

void draw_tree(Context& context, Rect rect) {
  const TreeModel& tree = context.model.tree;
  Painter& paint = context.paint;
  paint.write(rect.cut_top(18, 8), tree.summary.empty() ? "No process runs yet." : tree.summary,
              paint.label());
  if (tree.nodes.empty()) return;
  const TreeNode* leaf = shown_leaf_node(context);
  const float nodes = static_cast<float>(leaf_parents(tree)) * kStep;
  const float width = rect.w - 8;
  const float total = nodes + 30 + leaves_height(leaf, width);
  const ScrollArea area(context, "tree", rect, total);
  const float top = rect.y - area.offset();
  TreeDrawing drawing(context, {rect.x, top, width, nodes});
  drawing.start(top);
  const bool flat = context.kernel().format().is_flat();
  drawing.draw(0, flat ? "table" : "root", FrameTarget{tree.nodes.front().frame});
  float y = drawing.bottom() + 4;
  if (leaf != nullptr && !leaf->entries.empty()) {
    paint.write(
        {rect.x, y, width, 18},
        (flat ? "pages in the table from frame " : "pages in the node of frame ") + hex_frame(leaf->frame),
        paint.label());
    draw_leaves(context, {rect.x, y + 24, width, leaves_height(leaf, width)}, *leaf);
    y += 26 + leaves_height(leaf, width);
  }
  if (y + 18 <= rect.bottom()) {
    paint.write(
        {rect.x, y, width, 18},
        flat ? "an array: an untouched page has its entry, too" : "sparse: an untouched page costs nothing",
        paint.label());
  }
}

}  // namespace vmp::ui
