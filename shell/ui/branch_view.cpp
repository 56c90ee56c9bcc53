// What if? The window in which a fork is chosen: another machine, other steps, or a future left behind.
#include <cmath>

#include "shell/present/fill.h"
#include "shell/ui/popup.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr std::string_view kTitle = "What if?";
constexpr std::string_view kWhat =
    "Choose what is to be different. Both futures are made and shown side by side; nothing changes until you "
    "go on with one.";

constexpr std::string_view kSpoken = "{0}: {1}";

constexpr float kHeading = 34;
constexpr float kChip = 30;
constexpr float kSpace = 6;
constexpr float kLine = 18;

class ForkWindow {
 public:
  explicit ForkWindow(Context& context) : m_context(context), m_state(context.state.branch) {}

  void draw(Rect rect) {
    const float width = rect.w - 14;  // beside the mark of the scroll
    const float tall = for_each({0, 0, width, 0}, [](Part, std::size_t, Rect) {});
    take_keys(rect, width);
    const ScrollArea area(m_context, "branch", rect, tall);
    for_each({rect.x, rect.y - area.offset(), width, 0},
             [&](Part part, std::size_t i, Rect box) { draw_part(part, i, box); });
  }

 private:
  enum class Part : std::uint8_t { Section, Row, Choice };

  // Calls visit(part, index of the choice, rect) down the window; the height it takes.
  template <class Visit>
  float for_each(Rect rect, Visit visit) const {
    const std::vector<BranchChoice>& choices = m_state.choices;
    float x = rect.x;
    float y = rect.y;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      const BranchChoice& choice = choices[i];
      const bool new_section = i == 0 || choices[i - 1].section != choice.section;
      const bool new_row = new_section || choices[i - 1].row != choice.row || choice.row.empty();
      if (new_row && i > 0) y += kChip + kSpace;
      if (new_section) {
        visit(Part::Section, i, Rect{rect.x, y, rect.w, kHeading});
        y += kHeading + 2;
      }
      if (new_row) x = rect.x;
      if (new_row && !choice.row.empty()) {
        visit(Part::Row, i, Rect{rect.x, y, rect.w, 22});
        y += 24;
      }
      const float wanted = choice.row.empty() ? rect.w : button_width(m_context.paint, choice.label);
      const float w = std::min(rect.w, std::ceil(wanted));
      if (x + w > rect.right() && x > rect.x) {
        x = rect.x;
        y += kChip + kSpace;
      }
      visit(Part::Choice, i, Rect{x, y, w, kChip});
      x += w + kSpace;
    }
    return choices.empty() ? 0 : y + kChip + kSpace - rect.y;
  }

  void draw_part(Part part, std::size_t index, Rect box) {
    Painter& paint = m_context.paint;
    const BranchChoice& choice = m_state.choices[index];
    switch (part) {
      case Part::Section:
        paint.write({box.x, box.y + 8, box.w, 22}, choice.section, paint.strong());
        paint.line({box.x, box.bottom() - 2}, {box.right(), box.bottom() - 2}, m_context.theme().line);
        break;
      case Part::Row:
        paint.write(box, choice.row, paint.dim());
        break;
      case Part::Choice:
        if (button(m_context, box, choice.label)) m_context.ask(ForkInto{index});
        if (m_state.keyboard && m_state.choice == index)
          paint.stroke(box.inset(-2), m_context.theme().accent, 2, 8, Layer::Top);
        break;
    }
  }

  void take_keys(Rect rect, float width) {
    const std::size_t count = m_state.choices.size();
    if (count == 0) return;
    const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key); };
    const bool back = pressed(ImGuiKey_UpArrow) || pressed(ImGuiKey_LeftArrow);
    const bool on = pressed(ImGuiKey_DownArrow) || pressed(ImGuiKey_RightArrow);
    if (back || on) {
      if (m_state.keyboard && back && m_state.choice > 0) --m_state.choice;
      if (m_state.keyboard && on && m_state.choice + 1 < count) ++m_state.choice;
      m_state.keyboard = true;
      const BranchChoice& choice = m_state.choices[m_state.choice];
      m_context.ask(Say{fill(kSpoken, {choice.row.empty() ? choice.section : choice.row, choice.label})});
      for_each({0, 0, width, 0}, [&](Part part, std::size_t i, Rect box) {
        if (part == Part::Choice && i == m_state.choice)
          ScrollArea::reveal(m_context.state, "branch", box.y - kHeading, box.bottom() + kSpace, rect.h);
      });
    }
    if (m_state.keyboard && ImGui::IsKeyPressed(ImGuiKey_Enter, false))
      m_context.ask(ForkInto{m_state.choice});
  }

  Context& m_context;
  BranchState& m_state;
};

}  // namespace

void draw_branch(Context& context) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const bool slim = screen.x < 560;
  const Rect wanted = slim ? Rect{8, 8, screen.x - 16, screen.y - 16}
                           : Rect{screen.x - 560, 58, 540, std::min(640.0F, screen.y - 70)};
  Popup popup(context, "branch", wanted);
  BranchState& state = context.state.branch;
  if (!popup) {
    state.choosing = state.keyboard = false;
    return;
  }
  state.choosing = true;
  Context& inside = popup.inside();
  Rect rect = popup.area().inset(18, 14);
  Rect head = rect.cut_top(30, 4);
  if (icon_button(inside, head.cut_right(30, 8), Icon::Close, Look::Quiet)) Popup::close();
  inside.paint.write(head, kTitle, inside.paint.title());
  const float tall = inside.paint.wrapped_height(rect.w, kWhat, inside.paint.type().label, kLine);
  inside.paint.write_wrapped(rect.cut_top(tall, 4), kWhat, inside.paint.label(), kLine);
  ForkWindow(inside).draw(rect);
}

}  // namespace vmp::ui
