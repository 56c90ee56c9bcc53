// The question before a step, its answers to choose from, and afterwards what was right and why.
#include <cmath>

#include "shell/present/fill.h"
#include "shell/present/format.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr std::string_view kTitle = "Before you step";
constexpr std::string_view kTally = "{0} of {1} right";
constexpr std::string_view kShow = "Show me  →";
constexpr std::string_view kGoOn = "Next  →";

constexpr std::string_view kQuestion = "{0} {1}";

constexpr float kLine = 20;
constexpr float kHead = 28;
constexpr float kHeadLine = 22;   // of the verdict
constexpr float kHeadRoom = 150;  // beside the options
constexpr float kChip = 34;       // as tall as a finger needs
constexpr float kSpace = 5;
constexpr float kPadding = 14;
constexpr float kFooter = 30;

bool is_number(QuestionKind kind) {
  switch (kind) {
    case QuestionKind::Tlb:
    case QuestionKind::Fault:
    case QuestionKind::Source:
    case QuestionKind::Signal:
    case QuestionKind::Copy:
      return false;
    default:
      return true;
  }
}

class QuestionCard {
 public:
  explicit QuestionCard(Context& context)
      : m_context(context),
        m_state(context.state.predict),
        m_asked(m_state.answer ? m_state.answer->asked : *m_state.question),
        m_font(is_number(m_asked.kind) ? context.paint.type().mono_text : context.paint.type().text) {}

  float height(float width) const {
    const Painter& paint = m_context.paint;
    const float inner = width - 2 * kPadding;
    float tall = 2 * 10 + kHead + 4 + (has_footer(width) ? kFooter + 8 : 0);
    tall += paint.wrapped_height(inner, question(), paint.type().text, kLine) + 8;
    tall += for_each_option({0, 0, inner, 0}, [](std::size_t, Rect) {}) + 8;
    if (m_state.answer && !has_head_beside(inner)) tall += kHeadLine;
    if (m_state.answer) tall += paint.wrapped_height(inner, verdict().why, paint.type().text, kLine) + 4;
    return tall;
  }

  void draw(Rect card) {
    Painter& paint = m_context.paint;
    const Theme& theme = m_context.theme();
    paint.fill(card, theme.raised);
    if (!m_state.answer) paint.stroke(card, theme.accent, 1.5F);
    const float tall = height(card.w);
    const ScrollArea area(m_context, "question", card, tall);
    Rect inner = Rect{card.x, card.y - area.offset(), card.w, tall}.inset(kPadding, 10);
    draw_head(inner.cut_top(kHead, 4), has_footer(card.w));
    inner.cut_top(paint.write_wrapped(inner, question(), paint.text(), kLine));
    inner.cut_top(8);
    const bool beside = has_head_beside(inner.w);
    const Rect options = inner;
    Rect last;
    inner.cut_top(for_each_option(inner, [&](std::size_t i, Rect box) { draw_option(i, last = box); }));
    inner.cut_top(8);
    if (has_footer(card.w)) draw_action(inner.cut_bottom(kFooter));
    if (m_state.answer) {
      const bool right = m_state.answer->chosen == m_asked.right;
      const bool wrong = m_state.answer->chosen && !right;
      const Color color = right ? theme.ok : wrong ? theme.error : theme.text;
      const Rect head = beside ? Rect{last.right() + 12, last.y, options.right() - last.right() - 12, last.h}
                               : inner.cut_top(kHeadLine);
      paint.write(head, verdict().head, {paint.type().strong, color});
      paint.write_wrapped(inner, verdict().why, paint.text(), kLine);
    }
  }

 private:
  Verdict verdict() const { return verdict_of(m_asked, m_state.answer->chosen); }

  // Calls visit(index, rect) for each option, wrapped into lines; the height they take.
  template <class Visit>
  float for_each_option(Rect rect, Visit visit) const {
    constexpr float kLeast = 40;
    float x = rect.x;
    float y = rect.y;
    for (std::size_t i = 0; i < m_asked.options.size(); ++i) {
      const float wanted = m_context.paint.width(m_asked.options[i].label, m_font) + 24;
      const float w = std::min(rect.w, std::max(kLeast, std::ceil(wanted)));
      if (x + w > rect.right() + 0.5F && x > rect.x) {
        x = rect.x;
        y += kChip + kSpace;
      }
      visit(i, Rect{x, y, w, kChip});
      x += w + kSpace;
    }
    return y + kChip - rect.y;
  }

  // Where the last line of options leaves room behind it.
  bool has_head_beside(float width) const {
    Rect last;
    for_each_option({0, 0, width, 0}, [&](std::size_t, Rect box) { last = box; });
    return width - last.right() > kHeadRoom;
  }
  // Where the head has room, what to do next stands there.
  static bool has_footer(float width) { return width < 320; }
  std::string question() const { return fill(kQuestion, {m_asked.situation, m_asked.question}); }

  void draw_head(Rect row, bool footer) {
    Painter& paint = m_context.paint;
    if (!footer) draw_action(row.cut_right(button_width(paint, action()), 12));
    if (m_state.answered > 0) {
      const std::string tally = fill(kTally, {group_digits(m_state.right), group_digits(m_state.answered)});
      paint.write(row.cut_right(paint.width(tally, paint.type().label), 8), tally, paint.label());
    }
    paint.write(row, kTitle, paint.strong());
  }

  // The number is the key that chooses it.
  void draw_option(std::size_t index, Rect box) {
    Painter& paint = m_context.paint;
    const Theme& theme = m_context.theme();
    const bool open = !m_state.answer;
    const bool over = open && m_context.over(box);
    Color ground = over ? theme.line : mix(theme.raised, theme.line, 0.55F);
    Color ink = theme.text;
    if (!open && index == m_asked.right) {
      ground = mix(theme.raised, theme.ok, 0.32F);
    } else if (!open && m_state.answer->chosen == index) {
      ground = mix(theme.raised, theme.error, 0.28F);
    } else if (!open) {
      ink = theme.dim;
    }
    paint.fill(box, ground);
    if (!open && m_state.answer->chosen == index)
      paint.stroke(box, index == m_asked.right ? theme.ok : theme.error, 1.5F);
    Rect words = box.inset(6, 0);
    paint.write(words.cut_left(8, 2), std::to_string(index + 1), paint.label());
    paint.write(words, m_asked.options[index].label, {m_font, ink}, Align::Center);
    if (over) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (open && m_context.clicked(box)) m_context.ask(Predict{index});
  }

  std::string_view action() const { return m_state.answer ? kGoOn : kShow; }
  void draw_action(Rect row) {
    const Rect box = row.cut_left(button_width(m_context.paint, action()));
    const bool end = m_state.answer && m_context.model.position == m_context.model.size;
    if (end) return;
    if (button(m_context, box, action(), m_state.answer ? Look::Chosen : Look::Plain))
      m_context.ask(Forward{});
  }

  Context& m_context;
  const PredictState& m_state;
  const Prediction& m_asked;
  ImFont* m_font;
};

}  // namespace

float question_height(Context& context, float width) {
  return QuestionCard(context).height(width);
}

void draw_question(Context& context, Rect rect) {
  if (context.state.predict.shows() && !rect.empty()) QuestionCard(context).draw(rect);
}

}  // namespace vmp::ui
