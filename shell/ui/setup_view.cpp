// The window in which the machine is set up: every setting a slider or a row of words, changed by mouse,
// finger or keyboard. The steps made so far are made again at once, so that the rest of the page shows the
// other machine at the same moment.
#include <cmath>

#include "shell/present/format.h"
#include "shell/ui/popup.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kLabel = 22;    // a line of words
constexpr float kTrack = 28;    // a slider: as tall as a finger needs
constexpr float kChip = 30;     // a choice
constexpr float kAbove = 4;     // a choice, under its label
constexpr float kGap = 6;       // between choices
constexpr float kBelow = 12;    // between rows
constexpr float kHeading = 34;  // of a section
constexpr float kLine = 18;     // of an error
constexpr float kFooter = 150;
constexpr float kKnob = 8;

struct Row {
  Setting setting;
  bool place = false;  // where swapped pages lie: no setting of the machine
  bool first = false;  // of its section
  std::string error;
};

std::vector<Row> rows_of(const SetupState& setup, const SwapPlace& place, const MachineConfig& config) {
  std::vector<Row> rows;
  std::string_view section;
  for (Setting& setting : settings_of(config)) {
    const bool swap = setting.id == SettingId::SwapSlots;
    Row row;
    row.setting = std::move(setting);
    row.first = row.setting.section != section;
    section = row.setting.section;
    if (setup.error && setup.error->id == row.setting.id) row.error = setup.error->text;
    rows.push_back(std::move(row));
    if (!swap || (place.place.empty() && place.refusal.empty())) continue;
    Setting where;
    where.section = section;
    where.label = "Swapped pages lie in";
    where.choices = {"memory", place.place};
    where.at = place.kept ? 1 : 0;
    where.value = where.choices[where.at];
    rows.push_back({std::move(where), true, false, place.refusal});
  }
  return rows;
}

class SetupWindow {
 public:
  SetupWindow(Context& context, const MachineConfig& config)
      : m_context(context), m_config(config), m_setup(context.state.setup) {}

  void draw(Rect rect) {
    const std::vector<Row> rows = rows_of(m_setup, m_context.state.swap_place, m_config);
    m_setup.row = std::min(m_setup.row, rows.size() - 1);
    const float width = rect.w - 14;  // beside the mark of the scroll
    float content = 0;
    for (const Row& row : rows) content += height(row, width);
    take_keys(rows, width, rect.h);
    const ScrollArea area(m_context, "setup", rect, content);
    float y = rect.y - area.offset();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const float tall = height(rows[i], width);
      if (y + tall > rect.y && y < rect.bottom()) draw_row(rows[i], i, {rect.x, y, width, tall});
      y += tall;
    }
    if (!ImGui::IsMouseDown(ImGuiMouseButton_Left) && m_setup.dragged) end_drag();
  }

 private:
  // Calls visit(index, rect) for each choice, wrapped into lines; the height they take.
  template <class Visit>
  float for_each_choice(const Row& row, Rect rect, Visit visit) const {
    const Painter& paint = m_context.paint;
    float x = rect.x;
    float y = rect.y;
    for (std::size_t i = 0; i < row.setting.choices.size(); ++i) {
      if (row.setting.choices[i].empty()) continue;
      const float w = std::min(rect.w, button_width(paint, row.setting.choices[i]));
      if (x + w > rect.right() && x > rect.x) {
        x = rect.x;
        y += kChip + kGap;
      }
      visit(i, Rect{x, y, w, kChip});
      x += w + kGap;
    }
    return y + kChip - rect.y;
  }

  float height(const Row& row, float width) const {
    float tall = kLabel + kBelow + (row.first ? kHeading : 0);
    tall += row.setting.is_slider()
                ? kTrack
                : kAbove + for_each_choice(row, {0, 0, width, 0}, [](std::size_t, Rect) {});
    if (!row.error.empty()) tall += 4 + m_context.paint.wrapped_height(width, row.error, error_font(), kLine);
    return tall;
  }
  ImFont* error_font() const { return m_context.paint.type().label; }

  void draw_row(const Row& row, std::size_t index, Rect rect) {
    Painter& paint = m_context.paint;
    const Theme& theme = m_context.theme();
    if (row.first) {
      const Rect heading = rect.cut_top(kHeading);
      paint.write({heading.x, heading.y + 8, heading.w, 22}, row.setting.section, paint.strong());
      paint.line({heading.x, heading.bottom() - 2}, {heading.right(), heading.bottom() - 2}, theme.line);
    }
    if (m_setup.keyboard && m_setup.row == index)
      paint.stroke({rect.x - 6, rect.y - 2, rect.w + 12, rect.h - 4}, theme.accent, 1.5F);
    Rect words = rect.cut_top(kLabel);
    // That a place for swapped pages is not to be had is a fact, no mistake.
    const bool mistake = !row.error.empty() && !row.place;
    const Color color = mistake ? theme.error : theme.text;
    if (row.setting.is_slider()) {
      const std::string text = typed_text(row, index);
      const Ink ink{paint.type().mono_text, color};
      paint.write(words.cut_right(paint.width(text, ink.font), 10), text, ink);
    }
    paint.write(words, row.setting.label, paint.dim());
    if (row.setting.is_slider()) {
      draw_slider(row, index, rect.cut_top(kTrack));
    } else {
      rect.cut_top(kAbove);
      rect.cut_top(for_each_choice(row, rect, [&](std::size_t choice, Rect box) {
        const bool chosen = choice == row.setting.at;
        if (button(m_context, box, row.setting.choices[choice], chosen ? Look::Chosen : Look::Plain) &&
            !chosen)
          choose(row, index, choice);
      }));
    }
    if (!row.error.empty())
      paint.write_wrapped({rect.x, rect.y + 2, rect.w, rect.h}, row.error,
                          {error_font(), row.place ? theme.dim : theme.error}, kLine);
  }

  std::string typed_text(const Row& row, std::size_t index) const {
    return m_setup.typed && m_setup.row == index && m_setup.keyboard ? group_digits(*m_setup.typed) + " …"
                                                                     : row.setting.value;
  }

  void draw_slider(const Row& row, std::size_t index, Rect rect) {
    Painter& paint = m_context.paint;
    const Theme& theme = m_context.theme();
    const Setting& setting = row.setting;
    const Rect track = rect.inset(kKnob, 0);
    const float y = std::round(rect.center().y);
    const auto x_of = [&](std::size_t stop) {
      const std::size_t last = std::max<std::size_t>(1, setting.size() - 1);
      return track.x + track.w * static_cast<float>(stop) / static_cast<float>(last);
    };
    const float now = x_of(setting.at);
    paint.fill({track.x, y - 2, track.w, 4}, theme.line, 2);
    paint.fill({track.x, y - 2, now - track.x, 4}, theme.accent, 2);
    if (setting.id == SettingId::Frames) {  // too few for any two processes
      std::size_t first = 0;
      while (first < setting.size() && setting.stops[first] < least_frames(m_config)) ++first;
      if (first > 0 && first < setting.size())
        paint.fill({track.x, y - 2, x_of(first) - track.x - 2, 4}, theme.error, 2);
    }
    paint.dot({now, y}, kKnob, row.error.empty() ? theme.hot : theme.error, Layer::Text);
    const bool over = m_context.over(rect);
    if (over) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (over && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
      m_setup.dragged = setting.id;
      m_context.state.grabbed = true;
      ++m_setup.gesture;
      touch_row(index);
    }
    if (m_setup.dragged != setting.id || !ImGui::IsMouseDown(ImGuiMouseButton_Left)) return;
    const float part = std::clamp((ImGui::GetMousePos().x - track.x) / std::max(1.0F, track.w), 0.0F, 1.0F);
    const auto stop = static_cast<std::size_t>(std::lround(part * static_cast<float>(setting.size() - 1)));
    if (stop != setting.at) ask(setting.id, setting.stops[stop], false);
  }

  // A machine whose steps take long was only shown while the slider moved.
  void end_drag() {
    m_setup.dragged.reset();
    m_context.state.grabbed = false;
    if (m_setup.wanted) m_context.ask(ChangeMachine{*m_setup.wanted, m_setup.gesture, true});
  }

  void touch_row(std::size_t index) {
    m_setup.row = index;
    m_setup.keyboard = false;
    m_setup.typed.reset();
  }
  void choose(const Row& row, std::size_t index, std::size_t choice) {
    touch_row(index);
    ++m_setup.gesture;
    set(row, choice);
  }
  void set(const Row& row, std::size_t index) {
    if (row.place) {
      m_context.ask(ChooseSwapDevice{index == 1});
    } else {
      ask(row.setting.id, row.setting.value_at(index), true);
    }
  }
  void ask(SettingId id, std::uint64_t value, bool ended) {
    m_context.ask(ChangeMachine{changed(m_config, id, value), m_setup.gesture, ended});
  }

  // Up and down choose the row, left and right change it, digits type a number.
  void take_keys(const std::vector<Row>& rows, float width, float view) {
    const auto pressed = [](ImGuiKey key, bool repeat = true) { return ImGui::IsKeyPressed(key, repeat); };
    const bool up = pressed(ImGuiKey_UpArrow);
    const bool down = pressed(ImGuiKey_DownArrow);
    if (up || down) {
      if (m_setup.keyboard && up && m_setup.row > 0) --m_setup.row;
      if (m_setup.keyboard && down && m_setup.row + 1 < rows.size()) ++m_setup.row;
      m_setup.keyboard = true;
      m_setup.typed.reset();
      reveal(rows, width, view);
      const Setting& setting = rows[m_setup.row].setting;
      m_context.ask(Say{std::string(setting.label) + ": " + setting.value});
    }
    const Row& row = rows[m_setup.row];
    const std::size_t last = row.setting.size() - 1;
    std::optional<std::size_t> wanted;
    if (pressed(ImGuiKey_LeftArrow) && row.setting.at > 0) wanted = row.setting.at - 1;
    if (pressed(ImGuiKey_RightArrow) && row.setting.at < last) wanted = row.setting.at + 1;
    if (pressed(ImGuiKey_Home, false)) wanted = 0;
    if (pressed(ImGuiKey_End, false)) wanted = last;
    if (wanted) {
      // A key that is held is one gesture.
      const bool held = !pressed(ImGuiKey_LeftArrow, false) && !pressed(ImGuiKey_RightArrow, false) &&
                        !pressed(ImGuiKey_Home, false) && !pressed(ImGuiKey_End, false);
      if (!held) ++m_setup.gesture;
      m_setup.keyboard = true;
      m_setup.typed.reset();
      const bool empty_choice = row.place && row.setting.choices[*wanted].empty();
      if (*wanted != row.setting.at && !empty_choice) set(row, *wanted);
    }
    if (row.setting.is_slider()) take_digits(row);
    if (pressed(ImGuiKey_Z, false)) m_context.ask(UndoMachine{});
    if (pressed(ImGuiKey_Y, false)) m_context.ask(RedoMachine{});
  }

  void take_digits(const Row& row) {
    constexpr std::uint64_t kMost = 99'999'999;
    std::optional<std::uint64_t> typed = m_setup.typed;
    for (int digit = 0; digit < 10; ++digit) {
      const bool key = ImGui::IsKeyPressed(static_cast<ImGuiKey>(ImGuiKey_0 + digit)) ||
                       ImGui::IsKeyPressed(static_cast<ImGuiKey>(ImGuiKey_Keypad0 + digit));
      if (key) typed = std::min(kMost, typed.value_or(0) * 10 + static_cast<std::uint64_t>(digit));
    }
    if (typed && ImGui::IsKeyPressed(ImGuiKey_Backspace)) *typed /= 10;
    if (ImGui::IsKeyPressed(ImGuiKey_Enter, false)) m_setup.typed.reset();
    if (!typed || typed == m_setup.typed) return;
    if (!m_setup.typed) ++m_setup.gesture;
    m_setup.typed = typed;
    m_setup.keyboard = true;
    ask(row.setting.id, *typed, true);
  }

  void reveal(const std::vector<Row>& rows, float width, float view) {
    float from = 0;
    for (std::size_t i = 0; i < m_setup.row; ++i) from += height(rows[i], width);
    ScrollArea::reveal(m_context.state, "setup", from, from + height(rows[m_setup.row], width), view);
  }

  Context& m_context;
  const MachineConfig m_config;
  SetupState& m_setup;
};

Rect wanted_place(const Context& context) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  switch (context.layout.shape) {
    case Shape::Wide:  // over the lesson: the memory stays in view
      return {12, 58, 440, screen.y - 70};
    case Shape::Medium:
    case Shape::Minimal:
      return {screen.x - 460, 58, 440, screen.y - 70};
    case Shape::Narrow:
      break;
  }
  return {8, 8, screen.x - 16, screen.y - 16};
}

}  // namespace

void draw_setup(Context& context) {
  SetupState& setup = context.state.setup;
  Popup popup(context, "setup", wanted_place(context));
  if (!popup) {
    if (setup.open) {
      const std::uint64_t gesture = setup.gesture;
      setup = {};
      setup.gesture = gesture;
      context.state.grabbed = false;
    }
    return;
  }
  setup.open = true;
  Context& inside = popup.inside();
  Rect rect = popup.area().inset(18, 14);
  Rect head = rect.cut_top(30, 4);
  if (icon_button(inside, head.cut_right(30, 8), Icon::Close, Look::Quiet)) Popup::close();
  inside.paint.write(head, "Set up the machine", inside.paint.title());
  const std::string_view what = "The steps made so far are made again on every machine you choose.";
  const float tall = inside.paint.wrapped_height(rect.w, what, inside.paint.type().label, kLine);
  inside.paint.write_wrapped(rect.cut_top(tall, 4), what, inside.paint.label(), kLine);
  const Rect footer = rect.cut_bottom(std::min(kFooter, rect.h * 0.5F), 8);
  const MachineConfig config = setup.wanted.value_or(context.model.timeline->config());
  SetupWindow(inside, config).draw(rect);
  draw_comparison(inside, footer);
}

}  // namespace vmp::ui
