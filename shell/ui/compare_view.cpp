// Two futures side by side: where they part, a small picture of each memory, what the programs saw, and what
// each costs. A strip of steps leads to any moment of both.
#include <cmath>

#include "shell/present/fill.h"
#include "shell/present/format.h"
#include "shell/present/frame_grid.h"
#include "shell/ui/popup.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr std::string_view kTitle = "Two futures";
constexpr std::string_view kLeft = "This one";
constexpr std::string_view kRight = "The other one";
constexpr std::string_view kStay = "Stay with this one";
constexpr std::string_view kGoOn = "Go on with this one";
constexpr std::string_view kAfter = "after step {0} of {1}";
constexpr std::string_view kOutput = "The programs";
constexpr std::string_view kNoOutput = "no output yet";
constexpr std::string_view kBetterRight = "better";
constexpr std::string_view kBetterLeft = "worse";
constexpr std::string_view kColumnLeft = "this";
constexpr std::string_view kColumnRight = "the other";
constexpr std::string_view kColumnDifference = "difference";
constexpr std::string_view kTooLarge = "too many frames for a small picture";

constexpr float kStrip = 26;
constexpr float kRow = 24;
constexpr float kLabelLine = 18;
constexpr float kButton = 34;
constexpr float kSideBySide = 900;
constexpr float kLine = 20;
constexpr std::size_t kMostOutput = 6;

class CompareWindow {
 public:
  CompareWindow(Context& context, const BranchModel& model) : m_context(context), m_model(model) {}

  void draw(Rect rect) {
    Painter& paint = m_context.paint;
    const Color color = m_model.parting ? m_context.theme().text : m_context.theme().ok;
    const float tall = paint.wrapped_height(rect.w, m_model.parting_text, paint.type().text, kLine);
    paint.write_wrapped(rect.cut_top(tall, 8), m_model.parting_text, {paint.type().text, color}, kLine);
    draw_strip(rect.cut_top(kStrip, 10));
    if (rect.w >= kSideBySide) {
      const float third = (rect.w - 48) / 3.2F;
      const auto with_button = [&](const FutureView& view, const FutureView& other, bool right) {
        Rect column = rect.cut_left(third, 24);
        draw_button(column.cut_bottom(kButton, 10), right);
        draw_future(column, view, other, right);
      };
      with_button(m_model.left, m_model.right, false);
      with_button(m_model.right, m_model.left, true);
      draw_table(rect);
      return;
    }
    // One above the other, and all of it scrolls but for the buttons.
    Rect buttons = rect.cut_bottom(kButton, 10);
    draw_button(buttons.cut_left((buttons.w - 16) / 2, 16), false);
    draw_button(buttons, true);
    const float half = (rect.w - 14 - 16) / 2;
    const float futures = std::max(future_height(half, m_model.left), future_height(half, m_model.right));
    const float content = table_height() + 16 + futures;
    const ScrollArea area(m_context, "compare", rect, content);
    Rect all{rect.x, rect.y - area.offset(), rect.w - 14, content};
    draw_table(all.cut_top(table_height(), 16));
    draw_future(all.cut_left(half, 16), m_model.left, m_model.right, false);
    draw_future(all, m_model.right, m_model.left, true);
  }

  void take_keys() {
    const auto pressed = [](ImGuiKey key, bool repeat = true) { return ImGui::IsKeyPressed(key, repeat); };
    const std::size_t last = m_model.strip.size();
    std::optional<std::size_t> beat;
    if (pressed(ImGuiKey_LeftArrow) && m_model.beat > 0) beat = m_model.beat - 1;
    if (pressed(ImGuiKey_RightArrow) && m_model.beat < last) beat = m_model.beat + 1;
    if (pressed(ImGuiKey_Home, false)) beat = 0;
    if (pressed(ImGuiKey_End, false)) beat = last;
    if (pressed(ImGuiKey_PageUp, false) && m_model.parting) beat = *m_model.parting + 1;
    if (beat) m_context.ask(ShowBeat{*beat, true});
    if (pressed(ImGuiKey_1, false)) take(false);
    if (pressed(ImGuiKey_2, false) || pressed(ImGuiKey_Enter, false)) take(true);
  }

 private:
  void draw_button(Rect rect, bool right) {
    if (button(m_context, rect, right ? kGoOn : kStay, right ? Look::Chosen : Look::Plain)) take(right);
  }
  void take(bool right) {
    m_context.ask(TakeFuture{right});
    Popup::close();
  }

  // One mark a beat, coloured where the two differ; the first of those is the tallest.
  void draw_strip(Rect rect) {
    Painter& paint = m_context.paint;
    const Theme& theme = m_context.theme();
    const std::string words = fill(kAfter, {group_digits(m_model.beat), group_digits(m_model.strip.size())});
    paint.write(rect.cut_right(paint.width(words, paint.type().label), 14), words, paint.label());
    const auto count = static_cast<float>(std::max<std::size_t>(1, m_model.strip.size()));
    const float pitch = rect.w / count;
    const float gap = pitch > 6 ? 2.0F : 0.0F;
    for (std::size_t i = 0; i < m_model.strip.size(); ++i) {
      const BeatDifference difference = m_model.strip[i];
      const bool first = m_model.parting == i;
      const float tall = first ? kStrip : difference == BeatDifference::None ? 8.0F : 16.0F;
      const Rect mark{rect.x + static_cast<float>(i) * pitch, rect.center().y - tall / 2,
                      std::max(1.0F, pitch - gap), tall};
      Color color = difference == BeatDifference::None   ? theme.line
                    : difference == BeatDifference::Cost ? theme.process[1].fill
                    : difference == BeatDifference::Own  ? theme.accent
                                                         : theme.error;
      if (i >= m_model.beat) color = color.alpha(0.4F);
      paint.fill(mark, color, 2);
    }
    const float now = rect.x + static_cast<float>(m_model.beat) * pitch;
    paint.fill({now - 1.5F, rect.y, 3, rect.h}, theme.hot, 1, Layer::Top);
    if (!m_context.over(rect)) return;
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    const ImVec2 start = ImGui::GetIO().MouseClickedPos[0];
    if (!ImGui::IsMouseDown(ImGuiMouseButton_Left) || !rect.contains({start.x, start.y})) return;
    const float part = std::clamp((ImGui::GetMousePos().x - rect.x) / rect.w, 0.0F, 1.0F);
    const auto beat = static_cast<std::size_t>(std::lround(part * count));
    if (beat != m_model.beat) m_context.ask(ShowBeat{beat, false});
  }

  static float picture_height(float width, const FutureView& view) {
    if (view.frames.empty()) return 24;
    return std::clamp(width * 0.5F, 80.0F, 200.0F);
  }
  float name_height(float width, const FutureView& view) const {
    return m_context.paint.wrapped_height(width, view.name, m_context.paint.type().text, kLine);
  }
  float future_height(float width, const FutureView& view) const {
    const Painter& paint = m_context.paint;
    const auto lines = static_cast<float>(std::min(view.output.size(), kMostOutput) + 1);
    return 24 + name_height(width, view) +
           paint.wrapped_height(width, view.memory, paint.type().label, kLabelLine) + 6 +
           picture_height(width, view) + 10 + 24 + lines * kLine;
  }

  void draw_future(Rect rect, const FutureView& view, const FutureView& other, bool right) {
    Painter& paint = m_context.paint;
    paint.write(rect.cut_top(24), right ? kRight : kLeft, paint.strong());
    rect.cut_top(paint.write_wrapped(rect, view.name, paint.dim(), kLine));
    rect.cut_top(paint.write_wrapped(rect, view.memory, paint.label(), kLabelLine), 0);
    rect.cut_top(6);
    draw_picture(rect.cut_top(picture_height(rect.w, view), 10), view);
    paint.write(rect.cut_top(24), kOutput, paint.label_strong());
    if (view.output.empty()) paint.write(rect.cut_top(kLine), kNoOutput, paint.label());
    const std::size_t size = view.output.size();
    for (std::size_t i = size > kMostOutput ? size - kMostOutput : 0; i < size; ++i) {
      const bool same = i < other.output.size() && other.output[i] == view.output[i];
      if (rect.h < kLine) break;
      const Color color = same ? m_context.theme().dim : m_context.theme().error;
      paint.write(rect.cut_top(kLine), view.output[i], {paint.type().mono, color});
    }
  }

  // Who has which frame.
  void draw_picture(Rect rect, const FutureView& view) {
    Painter& paint = m_context.paint;
    const Theme& theme = m_context.theme();
    if (view.frames.empty()) {
      paint.write(rect, kTooLarge, paint.label());
      return;
    }
    const GridGeometry grid = make_grid(rect, view.frames.size());
    for (std::uint64_t i = 0; i < grid.cells; ++i) {
      const Rect box = grid.cell(i);
      const FrameCard& card = view.frames[i * grid.items_per_cell];
      const float round = std::min(4.0F, box.w * 0.15F);
      if (card.use == FrameUse::Kernel || card.use == FrameUse::ZeroPage) {
        paint.fill(box, theme.kernel, round);
      } else if (card.hues.empty()) {
        paint.stroke(box, theme.line, 1, round);
      } else if (card.use == FrameUse::TableNode) {
        const ProcessHue& hue = theme.hue(card.hues.front());
        paint.lattice(box, hue.lattice, hue.lattice_line.alpha(0.75F), round);
      } else if (card.hues.size() > 1) {
        paint.stripes(box, theme.hue(card.hues[0]).fill, theme.hue(card.hues[1]).fill, round,
                      std::max(3.0F, box.w * 0.15F));
      } else {
        paint.fill(box, theme.hue(card.hues.front()).fill, round);
      }
    }
  }

  float table_height() const { return kRow * static_cast<float>(m_model.rows.size() + 1) + 30; }

  void draw_table(Rect rect) {
    Painter& paint = m_context.paint;
    const Theme& theme = m_context.theme();
    const float number = std::clamp(rect.w * 0.18F, 60.0F, 100.0F);
    const float words = std::clamp(rect.w * 0.32F, 116.0F, 190.0F);
    const auto columns = [&](Rect row) {
      struct {
        Rect label, left, right, difference;
      } cells;
      cells.difference = row.cut_right(words, 8);
      cells.right = row.cut_right(number, 8);
      cells.left = row.cut_right(number, 8);
      cells.label = row;
      return cells;
    };
    const auto head = columns(rect.cut_top(kRow));
    paint.write(head.left, kColumnLeft, paint.label(), Align::Right);
    paint.write(head.right, kColumnRight, paint.label(), Align::Right);
    paint.write(head.difference, kColumnDifference, paint.label());
    for (const BranchRow& row : m_model.rows) {
      const auto cells = columns(rect.cut_top(kRow));
      const bool same = row.better == Better::Same;
      paint.line({rect.x, cells.label.y}, {rect.right(), cells.label.y}, theme.line.alpha(0.5F));
      paint.write(cells.label, row.label, {paint.type().label, same ? theme.dim : theme.text});
      paint.write(cells.left, row.left, same ? paint.mono_dim() : paint.mono(), Align::Right);
      paint.write(cells.right, row.right, same ? paint.mono_dim() : paint.mono(), Align::Right);
      const Color color = row.better == Better::Right  ? theme.ok
                          : row.better == Better::Left ? theme.error
                                                       : theme.dim;
      Rect difference = cells.difference;
      const bool judged = row.better == Better::Right || row.better == Better::Left;
      const std::string_view verdict = row.better == Better::Right ? kBetterRight : kBetterLeft;
      const float room =
          paint.width(row.difference, paint.type().label) + paint.width(verdict, paint.type().label);
      const float taken = paint.write(difference, row.difference, {paint.type().label, color});
      difference.cut_left(taken, 6);
      if (judged && room + 6 <= words) paint.write(difference, verdict, {paint.type().label, color});
    }
    rect.cut_top(6);
    paint.write(rect.cut_top(22), m_model.output_text, paint.label_strong());
  }

  Context& m_context;
  const BranchModel& m_model;
};

}  // namespace

void draw_compare(Context& context) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const bool slim = screen.x < 760;
  const float width = slim ? screen.x - 16 : std::min(1240.0F, screen.x - 40);
  const float height = slim ? screen.y - 16 : std::min(660.0F, screen.y - 40);
  BranchState& state = context.state.branch;
  Popup popup(context, "compare", {(screen.x - width) / 2, (screen.y - height) / 2, width, height});
  if (!popup || !state.model) {
    state.comparing = false;
    return;
  }
  Context& inside = popup.inside();
  Rect rect = slim ? popup.area().inset(12, 12) : popup.area().inset(24, 18);
  Rect head = rect.cut_top(30, 4);
  if (icon_button(inside, head.cut_right(30, 8), Icon::Close, Look::Quiet)) Popup::close();
  inside.paint.write(head, kTitle, inside.paint.title());
  CompareWindow window(inside, *state.model);
  window.take_keys();
  window.draw(rect);
}

}  // namespace vmp::ui
