// What the page's controls may ask for, by name: the same requests as the views make. An answer is a sentence
// for people, or nothing if all went well.
#include <array>

#include "core/sim/text_number.h"
#include "shell/app_parts.h"
#include "shell/present/twin_text.h"

namespace vmp {
namespace {

using Answer = std::optional<std::string>;
using Parts = App::Parts;

// Cuts the first word off.
std::string_view cut_word(std::string_view& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

template <class Asked>
Answer ask(Parts& parts, std::string_view) {
  parts.handle(Asked{});
  return std::nullopt;
}

Answer seek(Parts& parts, std::string_view argument) {
  const auto position = parse_number(argument);
  if (!position) return "\"" + std::string(argument) + "\" is no position.";
  parts.handle(ui::Seek{static_cast<std::size_t>(*position)});
  return std::nullopt;
}

Answer previous(Parts& parts, std::string_view) {
  parts.handle(ui::Seek{parts.session.previous_checkpoint()});
  return std::nullopt;
}

Answer next(Parts& parts, std::string_view) {
  parts.handle(ui::Seek{parts.session.next_checkpoint()});
  return std::nullopt;
}

Answer set_speed(Parts& parts, std::string_view argument) {
  constexpr std::array<std::pair<std::string_view, float>, 4> kSpeeds{
      {{"0.5", 0.5F}, {"1", 1.0F}, {"2", 2.0F}, {"4", 4.0F}}};
  for (const auto& [name, speed] : kSpeeds) {
    if (name != argument) continue;
    parts.state.speed = speed;
    return std::nullopt;
  }
  return "There is no speed \"" + std::string(argument) + "\".";
}

Answer set_viewpoint(Parts& parts, std::string_view) {
  const bool machine = parts.state.viewpoint == Viewpoint::Machine;
  parts.state.viewpoint = machine ? Viewpoint::Program : Viewpoint::Machine;
  return std::nullopt;
}

Answer set_theme(Parts& parts, std::string_view argument) {
  for (std::size_t i = 0; i < kThemeChoices; ++i) {
    const auto choice = static_cast<ThemeChoice>(i);
    if (name_of(choice) != argument) continue;
    parts.state.appearance.theme = choice;
    parts.keep_appearance();
    return std::nullopt;
  }
  return "There are no colours \"" + std::string(argument) + "\".";
}

Answer set_size(Parts& parts, std::string_view argument) {
  const auto percent = parse_number(argument);
  if (!percent || *percent < kLeastTextPercent || *percent > kMostTextPercent)
    return "There is no size \"" + std::string(argument) + "\".";
  parts.state.appearance.text_percent = static_cast<unsigned>(*percent);
  parts.keep_appearance();
  return std::nullopt;
}

Answer toggle_motion(Parts& parts, std::string_view) {
  parts.state.appearance.still = !parts.state.appearance.still;
  parts.keep_appearance();
  return std::nullopt;
}

Answer toggle_help(Parts& parts, std::string_view) {
  parts.twin.help_open = !parts.twin.help_open;
  return std::nullopt;
}

Answer toggle_setup(Parts& parts, std::string_view) {
  parts.twin.setup_open = !parts.twin.setup_open;
  return std::nullopt;
}

Answer answer_question(Parts& parts, std::string_view argument) {
  const auto option = parse_number(argument);
  if (!option || !parts.state.predict.asks()) return "There is no such question.";
  parts.handle(ui::Predict{static_cast<std::size_t>(*option)});
  return std::nullopt;
}

Answer toggle_branches(Parts& parts, std::string_view) {
  parts.twin.branch_open = !parts.twin.branch_open;
  return std::nullopt;
}

Answer fork_into(Parts& parts, std::string_view argument) {
  const auto choice = parse_number(argument);
  if (!choice || *choice >= parts.state.branch.choices.size()) return "There is no such fork.";
  parts.handle(ui::ForkInto{static_cast<std::size_t>(*choice)});
  return std::nullopt;
}

Answer close_futures(Parts& parts, std::string_view) {
  parts.state.branch.comparing = false;
  parts.state.popup.clear();
  return std::nullopt;
}

Answer take_future(Parts& parts, std::string_view argument) {
  parts.handle(ui::TakeFuture{argument == "right"});
  return close_futures(parts, argument);
}

Answer choose_lesson(Parts& parts, std::string_view argument) {
  parts.handle(ui::ChooseScenario{std::string(argument)});
  return std::nullopt;
}

// "ID INDEX", of settings_of(): to which stop or choice.
Answer change_setting(Parts& parts, std::string_view argument) {
  const auto id = parse_number(cut_word(argument));
  const auto index = parse_number(argument);
  const MachineConfig config = parts.state.setup.wanted.value_or(parts.session.scenario().config());
  for (const Setting& setting : settings_of(config)) {
    if (!id || static_cast<std::uint64_t>(setting.id) != *id) continue;
    if (!index || *index >= setting.size()) return std::string(setting.label) + " has no such value.";
    parts.handle(ui::ChangeMachine{.config = changed(config, setting.id, setting.value_at(*index)),
                                   .gesture = ++parts.state.setup.gesture});
    if (parts.state.setup.error) return parts.state.setup.error->text;
    return std::nullopt;
  }
  return "This machine has no such setting.";
}

// "TABLE ROW": shows the part of a long table from that row on.
Answer show_rows(Parts& parts, std::string_view argument) {
  const std::string table(cut_word(argument));
  const auto row = parse_number(argument);
  if (!row) return "\"" + std::string(argument) + "\" is no row.";
  parts.twin.first.insert_or_assign(table, *row);
  return std::nullopt;
}

Answer show_clusters(Parts& parts, std::string_view argument) {
  parts.twin.first.erase(std::string(argument));
  return std::nullopt;
}

Answer choose_swap_place(Parts& parts, std::string_view argument) {
  parts.handle(ui::ChooseSwapDevice{argument == "kept"});
  return std::nullopt;
}

Answer give_line(Parts& parts, std::string_view argument) {
  return parts.run_console(argument);
}

Answer copy_text(Parts& parts, std::string_view) {
  parts.platform.copy_text(to_text(parts.make_twin()));
  parts.platform.announce("This page is in the clipboard, as text.");
  return std::nullopt;
}

Answer save_text(Parts& parts, std::string_view) {
  parts.platform.save_file(parts.session.name() + ".txt", to_text(parts.make_twin()));
  return std::nullopt;
}

struct NamedCommand {
  std::string_view name;
  Answer (*run)(Parts& parts, std::string_view argument);
};
constexpr std::array<NamedCommand, 38> kCommands{{
    {"console", give_line},
    {"open-console", ask<ui::OpenConsole>},
    {"forward", ask<ui::Forward>},
    {"back", ask<ui::Back>},
    {"play", ask<ui::TogglePlay>},
    {"seek", seek},
    {"previous", previous},
    {"next", next},
    {"speed", set_speed},
    {"viewpoint", set_viewpoint},
    {"theme", set_theme},
    {"size", set_size},
    {"still", toggle_motion},
    {"help", toggle_help},
    {"setup", toggle_setup},
    {"setting", change_setting},
    {"undo", ask<ui::UndoMachine>},
    {"redo", ask<ui::RedoMachine>},
    {"swap-place", choose_swap_place},
    {"branch", toggle_branches},
    {"fork", fork_into},
    {"take", take_future},
    {"close-futures", close_futures},
    {"predict", ask<ui::SwitchPrediction>},
    {"answer", answer_question},
    {"lesson", choose_lesson},
    {"restore", ask<ui::RestoreLesson>},
    {"open", ask<ui::OpenFile>},
    {"copy", ask<ui::CopyScenario>},
    {"save", ask<ui::SaveScenario>},
    {"copy-text", copy_text},
    {"save-text", save_text},
    {"rows", show_rows},
    {"cluster", show_clusters},
    {"continue", ask<ui::ContinueWork>},
    {"forget", ask<ui::ForgetWork>},
    {"cancel", ask<ui::CancelImport>},
    {"dismiss", ask<ui::DismissBanner>},
}};

}  // namespace

std::optional<std::string> App::command(std::string_view name, std::string_view argument) {
  for (const NamedCommand& command : kCommands) {
    if (command.name != name) continue;
    Answer answer = command.run(*m_parts, argument);
    m_parts->refresh_model();
    m_parts->refresh_prediction();
    m_parts->refresh_branches();
    return answer;
  }
  return "There is no command \"" + std::string(name) + "\".";
}

}  // namespace vmp
