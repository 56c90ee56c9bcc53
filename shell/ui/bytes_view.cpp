// The bytes of one frame, as they lie in RAM: the frame that was clicked, else the one the step reached. A
// click on a byte puts the cursor there; digits change it, and a bit of a table's entry is turned over by a
// click. Each change is a step like any other: going back undoes it.
#include <algorithm>

#include "shell/present/format.h"
#include "shell/present/frame_bytes.h"
#include "shell/present/memory_view.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kRow = 20;
constexpr std::string_view kScroll = "bytes";

void run(Context& context, const EditMemory& edit) {
  context.ask(RunStep{Step{.command = edit, .program_line = 0, .prints = false}});
}

std::optional<FrameNumber> shown_frame(const Context& context) {
  if (const auto* chosen = std::get_if<FrameTarget>(&context.state.selected)) {
    if (context.kernel().memory().contains(chosen->frame)) return chosen->frame;
  }
  if (context.model.walk.target) return context.model.walk.target->frame;
  return std::nullopt;
}

// Where things stand in a row: an offset, the bytes in groups of four, the same as text.
struct Grid {
  float character = 0;
  std::uint32_t per_row = 16;

  float byte_at(std::uint32_t i) const {
    return character * (4.5F + 3 * static_cast<float>(i) + static_cast<float>(i / 4));
  }
  float text() const { return byte_at(per_row) + character; }
  float width() const { return text() + character * static_cast<float>(per_row); }
};

Grid grid_for(const Context& context, float width) {
  Grid grid{context.paint.width("0", context.paint.type().mono), 16};
  if (grid.width() > width) grid.per_row = 8;
  return grid;
}

Color entry_color(const Context& context, const FrameInfo& info, std::uint64_t raw) {
  const Theme& theme = context.theme();
  if (raw == 0) return theme.dim.alpha(0.55F);
  return theme.level[std::min<std::size_t>(info.node_level, kLevelHues - 1)];
}

class BytesDrawing {
 public:
  BytesDrawing(Context& context, FrameNumber frame, const Grid& grid)
      : m_context(context),
        m_frame(frame),
        m_grid(grid),
        m_info(context.kernel().frames()[frame]),
        m_bytes(context.kernel().memory().frame_bytes(frame)) {}

  void draw_row(Rect line, std::uint32_t offset) {
    Painter& paint = m_context.paint;
    paint.write({line.x, line.y, 4 * m_grid.character, line.h}, format_hex(offset, 3), paint.mono_dim());
    for (std::uint32_t i = 0; i < m_grid.per_row; ++i) draw_byte(line, offset + i, m_grid.byte_at(i));
    paint.write({line.x + m_grid.text(), line.y, line.w, line.h}, text_bytes(m_bytes, offset, m_grid.per_row),
                paint.mono_dim());
  }

 private:
  void draw_byte(Rect line, std::uint32_t offset, float x) {
    Painter& paint = m_context.paint;
    const Rect cell{line.x + x - m_grid.character / 2, line.y, 3 * m_grid.character, line.h};
    std::optional<ByteCursor>& cursor = m_context.state.byte_cursor;
    const bool here = cursor && cursor->offset == offset;
    std::string digits = format_hex(m_bytes[offset], 2);
    if (here && cursor->first_digit) digits = format_hex(*cursor->first_digit, 1) + "_";
    if (here) {
      paint.fill(cell, m_context.theme().accent, 4);
    } else if (m_context.over(cell)) {
      paint.fill(cell, m_context.theme().raised, 4);
      ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    const Color color = here ? m_context.theme().accent_text : color_of(offset);
    paint.write(cell, digits, {paint.type().mono, color}, Align::Center);
    if (m_context.clicked(cell)) cursor = ByteCursor{m_frame, offset};
    if (m_info.use == FrameUse::TableNode) {
      const std::uint32_t entry = m_context.kernel().format().entry_bytes;
      m_context.point_at(cell, EntryTarget{address_of(m_frame) + (offset - offset % entry)});
    }
  }

  Color color_of(std::uint32_t offset) const {
    const Theme& theme = m_context.theme();
    if (m_info.use != FrameUse::TableNode) return m_bytes[offset] == 0 ? theme.dim.alpha(0.55F) : theme.text;
    const std::uint32_t size = m_context.kernel().format().entry_bytes;
    std::uint64_t raw = 0;
    for (std::uint32_t i = 0; i < size; ++i) raw |= m_bytes[offset - offset % size + i];
    return entry_color(m_context, m_info, raw);
  }

  Context& m_context;
  FrameNumber m_frame;
  Grid m_grid;
  const FrameInfo& m_info;
  const PageBytes& m_bytes;
};

// Arrows move, two hex digits change the byte, Escape or Enter leave.
void take_keys(Context& context, const Grid& grid, Rect rect) {
  ByteCursor& cursor = *context.state.byte_cursor;
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key); };
  const auto move = [&](ImGuiKey key, std::int64_t by) {
    if (!pressed(key)) return;
    const std::int64_t to = std::int64_t{cursor.offset} + by;
    if (to < 0 || to >= static_cast<std::int64_t>(kPageSize)) return;
    cursor.offset = static_cast<std::uint32_t>(to);
    cursor.first_digit.reset();
    const float top = static_cast<float>(cursor.offset / grid.per_row) * kRow;
    ScrollArea::reveal(context.state, kScroll, top, top + kRow, rect.h);
  };
  move(ImGuiKey_LeftArrow, -1);
  move(ImGuiKey_RightArrow, 1);
  move(ImGuiKey_UpArrow, -static_cast<std::int64_t>(grid.per_row));
  move(ImGuiKey_DownArrow, grid.per_row);
  for (std::uint8_t digit = 0; digit < 16; ++digit) {
    const auto key = static_cast<ImGuiKey>(digit < 10 ? ImGuiKey_0 + digit : ImGuiKey_A + digit - 10);
    const auto pad = static_cast<ImGuiKey>(ImGuiKey_Keypad0 + digit);
    if (!pressed(key) && !(digit < 10 && pressed(pad))) continue;
    if (!cursor.first_digit) {
      cursor.first_digit = digit;
      continue;
    }
    run(context, edit_of_byte(cursor.frame, cursor.offset,
                              static_cast<std::uint8_t>(*cursor.first_digit << 4 | digit)));
    cursor.first_digit.reset();
    if (cursor.offset + 1 < kPageSize) ++cursor.offset;
  }
  if (pressed(ImGuiKey_Backspace)) cursor.first_digit.reset();
  if (ImGui::IsKeyPressed(ImGuiKey_Escape, false) || ImGui::IsKeyPressed(ImGuiKey_Enter, false))
    context.state.byte_cursor.reset();
}

// What the cursor is on: of a table's entry its meaning, and its flags to turn over; else the byte's bits.
void draw_close_up(Context& context, Rect rect) {
  const ByteCursor& cursor = *context.state.byte_cursor;
  Painter& paint = context.paint;
  const std::optional<EntryView> entry = entry_at(context.kernel(), cursor.frame, cursor.offset);
  const std::uint8_t byte = context.kernel().memory().frame_bytes(cursor.frame)[cursor.offset];
  const std::string words = entry ? entry->meaning
                                  : hex_address(address_of(cursor.frame) + cursor.offset) + ": " +
                                        std::to_string(byte) + ", a bit a click; or type two hex digits";
  paint.write(rect.cut_top(18, 4), words, paint.label_strong());
  const auto bit = [&](std::string_view name, bool set, const EditMemory& edit) {
    const float width = std::max(26.0F, paint.width(name, paint.type().label) + 14);
    if (button(context, rect.cut_left(width, 4), name, set ? Look::Chosen : Look::Plain)) run(context, edit);
  };
  rect.h = 24;
  if (entry) {
    for (const EntryBit& flag : entry->bits) bit(flag.name, flag.set, edit_of_bit(*entry, flag.position));
    return;
  }
  for (unsigned position = 8; position-- > 0;) {
    const bool set = (byte >> position & 1) != 0;
    const auto turned = static_cast<std::uint8_t>(byte ^ 1U << position);
    bit(set ? "1" : "0", set, edit_of_byte(cursor.frame, cursor.offset, turned));
  }
}

// A frame that comes into view is opened where something is: at the bytes the step reached, else at the first
// that are not zero.
void open_where_bytes_are(Context& context, FrameNumber frame, const Grid& grid) {
  const std::pair shown{frame, context.model.position};
  if (context.state.bytes_shown == shown) return;
  context.state.bytes_shown = shown;
  if (context.state.byte_cursor) return;
  const PageBytes& bytes = context.kernel().memory().frame_bytes(frame);
  auto offset = static_cast<std::uint64_t>(
      std::find_if(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; }) - bytes.begin());
  if (context.model.walk.target && context.model.walk.target->frame == frame)
    offset = context.model.walk.target->address - address_of(frame);
  if (offset >= kPageSize) offset = 0;
  const std::uint64_t row = offset / grid.per_row;
  context.state.scroll[std::string(kScroll)] = static_cast<float>(row > 0 ? row - 1 : 0) * kRow;
}

}  // namespace

void draw_bytes(Context& context, Rect rect) {
  Painter& paint = context.paint;
  const std::optional<FrameNumber> frame = shown_frame(context);
  std::optional<ByteCursor>& cursor = context.state.byte_cursor;
  if (cursor && cursor->frame != frame) cursor.reset();
  if (!frame) {
    paint.write(rect.cut_top(20), "Click a frame to see its bytes.", paint.label());
    return;
  }
  const Grid grid = grid_for(context, rect.w - 10);
  open_where_bytes_are(context, *frame, grid);
  paint.write(rect.cut_top(18, 4), describe_frame(context.kernel(), *frame), paint.label());
  if (cursor) {
    cursor->on_screen = true;
    draw_close_up(context, rect.cut_bottom(48, 6));
    take_keys(context, grid, rect);
  }
  const auto rows = static_cast<std::uint32_t>(kPageSize / grid.per_row);
  const ScrollArea area(context, kScroll, rect, static_cast<float>(rows) * kRow);
  BytesDrawing drawing(context, *frame, grid);
  for (std::uint32_t row = 0; row < rows; ++row) {
    const float y = rect.y - area.offset() + static_cast<float>(row) * kRow;
    if (y + kRow > rect.y && y < rect.bottom())
      drawing.draw_row({rect.x, y, rect.w - 8, kRow}, row * grid.per_row);
  }
}

}  // namespace vmp::ui
