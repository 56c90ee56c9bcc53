#include "shell/app_parts.h"

#include "shell/assets.h"
#include "shell/elf_import.h"
#include "shell/file_kind.h"
#include "shell/file_swap.h"

namespace vmp {
namespace {

constexpr std::chrono::microseconds kImportBudget{8000};  // of one frame
constexpr float kSecondsPerStep = 1.6F;                   // while playing, at speed 1
constexpr float kSecondsToRead = 4;                       // an answer, likewise
constexpr float kPathSeconds = 0.55F;                     // until a step's path is drawn, at speed 1

constexpr std::string_view kAppearanceSetting = "appearance";

std::string title_of(const EmbeddedFile& file) {
  constexpr std::string_view kTitle = "\ntitle ";
  const std::size_t start = file.text.find(kTitle);
  if (start == std::string_view::npos) return std::string(file.name);
  const std::string_view rest = file.text.substr(start + kTitle.size());
  return std::string(rest.substr(0, rest.find('\n')));
}

// What lies in a folder of its own is found by name, but is no lesson for the menu.
bool is_lesson(const EmbeddedFile& file) {
  return file.name.find('/') == std::string_view::npos;
}

// Without a name given, the lesson made for a first visit; without that, any.
std::string first_scenario() {
  constexpr std::string_view kFirstVisit = "isolation";
  std::string name;
  for (const EmbeddedFile& file : embedded_scenarios()) {
    if (name.empty() || file.name == kFirstVisit) name = std::string(file.name);
  }
  return name;
}

}  // namespace

App::Parts::Parts(Platform& platform_given, AppOptions options) : platform(platform_given) {
  state.minimal = options.minimal;
  state.appearance = appearance_from(
      !options.appearance.empty() ? options.appearance : platform.setting(kAppearanceSetting).value_or(""));
  m_kept_appearance = state.appearance;
  if (!options.swap_file.empty()) {
    session.set_swap_maker(
        [path = options.swap_file](std::uint32_t slots) { return FileSwap::open(path, slots); });
  }
  for (const EmbeddedFile& file : embedded_scenarios()) {
    if (is_lesson(file)) state.scenarios.push_back({std::string(file.name), title_of(file)});
  }
  load_built_in(first_scenario());
  std::string trouble;
  const bool resumed = begin_swap(options, trouble);
  if (!resumed && !options.scenario.empty()) load_built_in(options.scenario);
  m_first_step = options.step;
  if (!resumed && options.step) {
    session.seek(*options.step);
    settle_swap();
  }
  if (!trouble.empty()) show_error(trouble);
  m_saved_work = options.minimal ? std::nullopt : platform.load_work();
  if (m_saved_work && *m_saved_work != session.text() && !state.banner) {
    state.banner = ui::Banner{ui::Banner::Kind::Offer, "You were here before. Continue where you were?", 0};
  }
  open_window(options.window);
  offer_tour(options, resumed);
}

void App::Parts::load_built_in(const std::string& name) {
  std::string names;
  for (const EmbeddedFile& file : embedded_scenarios()) {
    if (file.name == name) {
      load_text(name, file.text);
      return;
    }
    if (is_lesson(file)) names += (names.empty() ? "" : ", ") + std::string(file.name);
  }
  show_error("There is no scenario called \"" + name + "\". There are: " + names + ".");
}

void App::Parts::load_text(const std::string& name, std::string_view text) {
  Result<Scenario, ParseError> scenario = parse_scenario(
      text, [this](std::string_view trace) { return find_trace(trace); },
      [this](std::string_view file) { return find_file(file); });
  if (!scenario) {
    show_error(to_string(scenario.error(), name));
    return;
  }
  if (const auto refusal = session.load(name, std::move(scenario.value()))) {
    show_error(name + ": " + *refusal);
    return;
  }
  forget_look();
  m_keep_work = true;
  arrived();
}

std::shared_ptr<const Trace> App::Parts::find_trace(std::string_view name) {
  for (const auto& trace : m_traces) {
    if (trace->name == name) return trace;
  }
  for (const EmbeddedFile& file : embedded_traces()) {
    if (file.name != name) continue;
    Result<Trace, TraceError> trace = read_trace(std::string(name), TraceFormat::Lackey, file.text);
    if (!trace) return nullptr;
    m_traces.push_back(std::make_shared<const Trace>(std::move(trace.value())));
    return m_traces.back();
  }
  return nullptr;
}

void App::Parts::open_file(std::string name, std::string bytes) {
  m_import.reset();
  switch (file_kind(name, bytes)) {
    case FileKind::Empty:
      show_error(name + " is empty.");
      return;
    case FileKind::Unknown:
      show_error(name +
                 " is neither a scenario (its first line would be \"vms 1\") nor a recording of memory "
                 "references nor an "
                 "ELF program.");
      return;
    case FileKind::Scenario:
      load_text(name, bytes);
      go_to_first_step();
      return;
    case FileKind::Elf:
      open_elf(name, bytes);
      return;
    case FileKind::Lackey:
      m_import.emplace(std::move(name), TraceFormat::Lackey, std::move(bytes));
      break;
    case FileKind::Pages:
      m_import.emplace(std::move(name), TraceFormat::Pages, std::move(bytes));
      break;
  }
  state.banner = ui::Banner{ui::Banner::Kind::Progress, "Reading " + m_import->name(), 0};
}

// Scenarios opened later may name the file, too. No text can hold it, so the work is not kept for the next
// visit.
void App::Parts::open_elf(const std::string& name, std::string_view bytes) {
  const auto file = std::make_shared<const std::vector<std::uint8_t>>(bytes.begin(), bytes.end());
  auto scenario = scenario_of_elf(name, file);
  if (!scenario) {
    show_error(scenario.error());
    return;
  }
  m_files.insert_or_assign(word_for_file(name), file);
  if (const auto refusal = session.load(name, std::move(scenario.value()))) {
    show_error(name + ": " + *refusal);
    return;
  }
  forget_look();
  m_keep_work = false;
  arrived();
}

FileBytes App::Parts::find_file(std::string_view name) const {
  const auto found = m_files.find(name);
  return found == m_files.end() ? nullptr : found->second;
}

void App::Parts::forget_look() {
  state.playing = false;
  state.banner.reset();
  state.selected = {};
  state.hover = {};
  state.popover.reset();
  state.scroll.clear();
  forget_answers();
  twin.first.clear();
}

void App::Parts::work_on_import() {
  if (!m_import) return;
  if (const auto error = m_import->advance(kImportBudget)) {
    m_import.reset();
    show_error(*error);
    return;
  }
  state.banner = ui::Banner{ui::Banner::Kind::Progress, "Reading " + m_import->name(), m_import->progress()};
  if (!m_import->finished()) return;
  const std::string name = m_import->name();
  const auto refusal = session.load(name, m_import->take_scenario());
  m_import.reset();
  state.banner.reset();
  state.playing = false;
  m_keep_work = false;
  if (refusal) show_error(name + ": " + *refusal);
  go_to_first_step();
  arrived();
}

// A file named at the start, as a scenario named there, is opened at the step that was asked for.
void App::Parts::go_to_first_step() {
  if (!m_first_step) return;
  session.seek(*m_first_step);
  m_first_step.reset();
  settle_swap();
}

void App::Parts::advance_time(float seconds) {
  m_step_age += seconds * state.speed;
  if (!state.playing) return;
  if (session.timeline().position() == session.timeline().size()) {
    state.playing = false;
  } else if (!state.predict.asks() &&
             m_step_age >= (state.predict.answer ? kSecondsToRead : kSecondsPerStep)) {
    step_forward();
  }
}

float App::Parts::motion() const {
  return state.appearance.still || state.system.reduced_motion ? 1.0F
                                                               : std::min(1.0F, m_step_age / kPathSeconds);
}

bool App::Parts::moving() const {
  return (state.playing && !state.predict.asks()) || m_import.has_value() || motion() < 1 ||
         m_picture.has_value() || references_wait();
}

void App::Parts::make_step() {
  if (!session.forward()) return;
  m_step_age = 0;
  arrived();
}

void App::Parts::toggle_play() {
  const bool at_end = session.timeline().position() == session.timeline().size();
  state.playing = !state.playing && !at_end;
  if (state.playing && !state.predict.asks()) step_forward();
}

void App::Parts::arrived() {
  state.show_fault = true;
  twin.first.erase("log");  // follows the present step again
  refresh_model();
  if (!model.headline.empty()) platform.announce(model.headline);
  settle_swap();
  save();
}

void App::Parts::save() {
  if (state.minimal || !m_keep_work || !session.modified()) return;
  platform.save_work(session.text());
}

void App::Parts::refresh_model() {
  if (m_model_version == session.version()) return;
  m_model_version = session.version();
  state.cells.clear();
  model = build_model(session.timeline(), session.lesson());
  model.scenario = session.name();
  model.modified = session.modified();
}

void App::Parts::keep_appearance() {
  if (state.appearance == m_kept_appearance) return;
  m_kept_appearance = state.appearance;
  platform.keep_setting(kAppearanceSetting, to_setting(state.appearance));
}

bool App::Parts::note_look() {
  const bool missing =
      (state.looked_at.policy && !model.policy) ||
      (state.looked_at.plots &&
       (model.plots.empty() || m_plot_key.shown != state.plot.shown || m_plot_key.sum != state.plot.sum));
  const bool changed = missing || !(m_last_hover == state.hover) || m_model_version != session.version() ||
                       !state.popup.empty();
  m_last_hover = state.hover;
  return changed;
}

void App::Parts::show_error(std::string text) {
  platform.announce(text);
  state.banner = ui::Banner{ui::Banner::Kind::Error, std::move(text), 0};
}
void App::Parts::show_note(std::string text) {
  platform.announce(text);
  state.banner = ui::Banner{ui::Banner::Kind::Note, std::move(text), 0};
}

}  // namespace vmp
