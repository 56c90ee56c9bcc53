// The window that opens on a page: what it is, and what can be done there. Every button is a step on the
// timeline.
#include "core/sim/explain.h"
#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/ui/popup.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kWidth = 372;
constexpr float kRow = 30;

std::string_view state_name(const PageExplanation& page) {
  switch (page.state) {
    case PageState::Unmapped:
      return "in no segment";
    case PageState::Untouched:
      return "set aside, never touched: it has no frame";
    case PageState::Resident:
      return page.copy_on_write ? "in RAM, copy-on-write" : page.sharers > 1 ? "in RAM, shared" : "in RAM";
    case PageState::NoAccess:
      return "in RAM, no access allowed";
    case PageState::Swapped:
      return "on the swap device";
  }
  return {};
}

void draw_facts(Context& context, Rect& rect, const Process& process, VirtualAddress address) {
  Painter& paint = context.paint;
  const PageTableFormat& format = context.kernel().format();
  const PageExplanation page = explain_page(context.kernel(), process, page_of(address));
  std::string title = "Page " + hex_page(page.page) + " of " + process.name;
  if (page.segment != nullptr) title += ", " + std::string(name_of(page.segment->kind));
  paint.write(rect.cut_top(22, 2), title, paint.title());
  std::string state(state_name(page));
  if (context.state.viewpoint == Viewpoint::Program) {
    state = page.segment != nullptr ? "the program may use it: " + to_string(page.segment->permissions)
                                    : "not the program's";
  } else if (page.frame) {
    state += ", frame " + hex_frame(*page.frame);
  } else if (page.slot) {
    state += ", slot " + std::to_string(page.slot->value());
  }
  paint.write(rect.cut_top(20, 2), state, paint.dim());
  if (context.state.viewpoint == Viewpoint::Program) return;
  const std::string entry = page.entry_address
                                ? "entry at " + hex_address(*page.entry_address) + " = " +
                                      hex_entry(page.pte, format) + "  " + flag_letters(format, page.pte)
                                : std::string("no table node covers it yet");
  paint.write(rect.cut_top(18), entry, paint.mono_dim());
}

// Takes digits from the keyboard; returns true if the number changed.
bool type_digits(std::uint64_t& number, std::uint32_t base, std::uint64_t most) {
  const std::uint64_t before = number;
  for (int digit = 0; digit < 16 && digit < static_cast<int>(base); ++digit) {
    const auto key = static_cast<ImGuiKey>(digit < 10 ? ImGuiKey_0 + digit : ImGuiKey_A + digit - 10);
    const auto pad = static_cast<ImGuiKey>(ImGuiKey_Keypad0 + digit);
    if (!ImGui::IsKeyPressed(key) && !(digit < 10 && ImGui::IsKeyPressed(pad))) continue;
    const std::uint64_t next = number * base + static_cast<std::uint64_t>(digit);
    if (next <= most) number = next;
  }
  if (ImGui::IsKeyPressed(ImGuiKey_Backspace)) number /= base;
  return number != before;
}

void draw_field(Context& context, Rect rect, std::string_view text, bool& active) {
  context.paint.fill(rect, context.theme().background, 5);
  context.paint.stroke(rect, active ? context.theme().accent : context.theme().line, active ? 1.5F : 1.0F, 5);
  const float width =
      context.paint.write(rect.inset(8, 0), text, {context.paint.type().mono_text, context.theme().text});
  if (active) {
    const float x = rect.x + 9 + width;
    context.paint.line({x, rect.y + 7}, {x, rect.bottom() - 7}, context.theme().text, 1.2F, Layer::Text);
  }
  if (context.clicked(rect)) active = true;
}

// A row: words, a number to type or to step, a button at its end. Returns true for the button.
bool number_row(Context& context, Rect row, std::string_view words, std::uint64_t& number, std::uint32_t base,
                std::uint64_t most, std::uint64_t step, PopoverField field, std::string_view action) {
  PagePopover& popover = *context.state.popover;
  context.paint.write(row.cut_left(58), words, context.paint.label());
  const bool pressed = !action.empty() && button(context, row.cut_right(92, 8), action, Look::Chosen);
  if (button(context, row.cut_right(30, 6), "+") && number <= most - step) number += step;
  if (button(context, row.cut_right(30, 6), "−") && number >= step) number -= step;
  bool active = popover.field == field;
  const std::string text = base == 16 ? "0x" + format_hex(number, 8) : std::to_string(number);
  draw_field(context, row, text, active);
  if (active) {
    popover.field = field;
    type_digits(number, base, most);
  }
  return pressed;
}

std::string free_name(const Kernel& kernel) {
  for (char letter = 'A'; letter <= 'Z'; ++letter) {
    const std::string name(1, letter);
    if (kernel.find_process(name) == nullptr) return name;
  }
  return "child" + std::to_string(kernel.processes().size() + 1);
}

void ask_for(Context& context, Command command) {
  context.ask(RunStep{Step{.command = std::move(command), .program_line = 0, .prints = false}});
  Popup::close();
}

void draw_actions(Context& context, Rect rect, const Process& process) {
  PagePopover& popover = *context.state.popover;
  const std::uint64_t highest = process.space.layout().user_end.value() - 1;
  std::uint64_t address = popover.address.value();
  const auto access = [&](AccessKind kind, std::uint64_t value) {
    ask_for(context,
            AccessMemory{process.name,
                         Access{.kind = kind, .address = popover.address, .size = 4, .value = value}});
  };
  const auto key = [](ImGuiKey wanted) { return ImGui::IsKeyPressed(wanted, false); };
  if (key(ImGuiKey_UpArrow)) popover.field = PopoverField::Address;
  if (key(ImGuiKey_DownArrow)) popover.field = PopoverField::Value;
  const bool read = number_row(context, rect.cut_top(kRow, 8), "address", address, 16, highest, 4,
                               PopoverField::Address, "Read");
  popover.address = VirtualAddress(address);
  if (read || key(ImGuiKey_R) || key(ImGuiKey_Enter)) access(AccessKind::Read, 0);
  if (number_row(context, rect.cut_top(kRow, 8), "value", popover.value, 10, 0xFFFFFFFF, 1,
                 PopoverField::Value, "Write") ||
      key(ImGuiKey_W)) {
    access(AccessKind::Write, popover.value);
  }
  const VirtualAddress page = address_of(page_of(popover.address));
  Rect row = rect.cut_top(kRow, 8);
  const float third = (row.w - 16) / 3;
  if (button(context, row.cut_left(third, 8), "Execute") || key(ImGuiKey_X)) access(AccessKind::Execute, 0);
  if (button(context, row.cut_left(third, 8), "Make r--")) {
    ask_for(context,
            ProtectMemory{process.name, page, kPageSize, {.read = true, .write = false, .execute = false}});
  }
  if (button(context, row, "Make rw-")) {
    ask_for(context,
            ProtectMemory{process.name, page, kPageSize, {.read = true, .write = true, .execute = false}});
  }
  row = rect.cut_top(kRow, 8);
  if (button(context, row.cut_left(third, 8), "Unmap page") || key(ImGuiKey_U))
    ask_for(context, UnmapMemory{process.name, page, kPageSize});
  if (button(context, row.cut_left(third, 8), "Fork " + process.name) || key(ImGuiKey_K)) {
    ask_for(context, ForkProcess{process.name, free_name(context.kernel())});
  }
  if (button(context, row, "Exit " + process.name)) ask_for(context, ExitProcess{process.name, 0});
}

// Opened by a key: at the word a process touched last, else at its code. Pressed again: the next process.
void open_popover_at(Context& context, std::optional<ProcessId> after) {
  const std::vector<ColumnModel>& columns = context.model.columns;
  const auto count = columns.size();
  std::size_t first = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (after ? columns[i].process == *after : columns[i].active) first = after ? i + 1 : i;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const ColumnModel& column = columns[(first + i) % count];
    if (!column.running || column.items.empty()) continue;
    VirtualAddress address = column.items.back().segment->segment.range.start;
    for (const Watch& watch : context.model.watches) {
      if (watch.process != column.process) continue;
      address = watch.address;
      break;
    }
    context.state.popover =
        PagePopover{.process = column.process, .address = address, .field = PopoverField::Address};
    return;
  }
}

}  // namespace

void draw_page_popover(Context& context) {
  if (context.state.popup == "act") {
    open_popover_at(context, std::nullopt);
    context.state.popup = context.state.popover ? "page" : "";
  }
  if (!context.state.popover) return;
  ImVec2 mouse = ImGui::GetMousePos();
  if (!ImGui::IsMousePosValid(&mouse))
    mouse = {context.layout.spaces.center().x, context.layout.spaces.center().y};
  Popup popup(context, "page", {mouse.x + 14, mouse.y - 60, kWidth, 252});
  if (!popup) return;
  const Process* process = context.kernel().find_process(context.state.popover->process);
  if (process == nullptr || !process->running()) {
    Popup::close();
    return;
  }
  if (ImGui::IsKeyPressed(ImGuiKey_P, false)) {
    open_popover_at(context, context.state.popover->process);
    return;
  }
  Rect rect = popup.area().inset(16, 14);
  Rect facts = rect.cut_top(66, 12);
  draw_facts(popup.inside(), facts, *process, context.state.popover->address);
  draw_actions(popup.inside(), rect, *process);
}

}  // namespace vmp::ui
