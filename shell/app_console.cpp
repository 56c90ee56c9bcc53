// The console: one line of the scenario language is one step, like any other.
#include "core/base/hash.h"
#include "shell/app_parts.h"
#include "shell/assets.h"
#include "shell/present/json_writer.h"

namespace vmp {

std::optional<std::string> App::Parts::run_console(std::string_view line) {
  const auto step =
      parse_step(line, session.scenario(), [this](std::string_view name) { return find_trace(name); });
  if (!step) return error_words(step.error());
  state.console.history.add(std::string(line));
  ui::RunStep run{*step};
  handle(run);
  return std::nullopt;
}

Completion App::Parts::complete_line(std::string_view line, std::size_t cursor) {
  refresh_model();
  CompletionNames names;
  for (const auto& trace : m_traces) names.traces.push_back(trace->name);
  for (const EmbeddedFile& file : embedded_traces()) names.traces.emplace_back(file.name);
  const auto find = [this](std::string_view name) { return find_trace(name); };
  return complete(line, cursor, model, session.scenario(), find, names);
}

void App::Parts::handle(const ui::OpenConsole&) {
  if (!platform.show_console()) state.popup = "console";
}

void App::Parts::handle(const ui::GiveLine&) {
  ui::ConsoleState& console = state.console;
  if (console.line().empty()) return;
  console.error = run_console(console.line()).value_or("");
  if (console.error.empty()) {
    console.set_line("");
  } else {
    platform.announce(console.error);
  }
}

// While the picture's own console is open.
void App::Parts::refresh_console() {
  if (!ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup) && state.popup != "console") return;
  ui::ConsoleState& console = state.console;
  Hasher hasher;
  hasher.add(console.line());
  hasher.add(std::uint64_t{console.cursor});
  hasher.add(session.version());
  if (m_completed == hasher.value()) return;
  m_completed = hasher.value();
  console.completion = complete_line(console.line(), console.cursor);
}

std::string App::completion_json(std::string_view line, std::size_t cursor) {
  const Completion completion = m_parts->complete_line(line, cursor);
  JsonWriter json;
  json.begin_object();
  json.member("start", std::uint64_t{completion.start});
  json.member("end", std::uint64_t{completion.end});
  json.member("hint", completion.hint);
  json.member("complete", completion.complete);
  json.member("error", completion.error);
  json.member("errorAt", std::uint64_t{completion.error_at});
  json.key("items");
  json.begin_array();
  for (const CompletionItem& item : completion.items) {
    json.begin_object();
    json.member("text", item.text);
    json.member("hint", item.hint);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

std::string App::console_history(bool older, std::string_view line) {
  ConsoleHistory& history = m_parts->state.console.history;
  return older ? history.older(line) : history.newer(line);
}

}  // namespace vmp
