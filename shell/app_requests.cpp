// What the views and the keyboard ask for.
#include <array>

#include "shell/app_parts.h"

namespace vmp {

void App::Parts::handle(const ui::Back&) {
  state.playing = false;
  if (!session.back()) return;
  m_step_age = 1000;
  arrived();
}

void App::Parts::handle(const ui::Seek& seek) {
  state.playing = false;
  session.seek(seek.position);
  m_step_age = 1000;
  arrived();
}

void App::Parts::handle(ui::RunStep& run) {
  state.playing = false;
  session.execute(std::move(run.step));
  m_step_age = 0;
  arrived();
}

void App::Parts::handle(const ui::ChooseScenario& choice) {
  load_built_in(choice.name);
}

void App::Parts::handle(const ui::CopyScenario&) {
  platform.copy_text(session.text());
  show_note("The scenario's text is in the clipboard: machine, programs and every step.");
}

void App::Parts::handle(const ui::SaveScenario&) {
  const std::string name = session.name().empty() ? "scenario" : session.name();
  platform.save_file(name.ends_with(".vms") ? name : name + ".vms", session.text());
}

void App::Parts::handle(const ui::RestoreLesson&) {
  session.restore_lesson();
  arrived();
}

void App::Parts::handle(const ui::ContinueWork&) {
  if (!m_saved_work) return;
  load_text("saved work", *m_saved_work);
  session.seek(session.timeline().size());
  arrived();
}

void App::Parts::handle(const ui::ForgetWork&) {
  platform.forget_work();
  m_saved_work.reset();
  state.banner.reset();
}

void App::Parts::handle(const ui::CancelImport&) {
  m_import.reset();
  state.banner.reset();
}

namespace {

// The number keys: 0 for the walk, the others for the tabs of the details.
void choose_detail(App::Parts& parts) {
  constexpr std::array kTabs{
      std::pair{ImGuiKey_1, ui::DetailTab::Log},    std::pair{ImGuiKey_2, ui::DetailTab::Tree},
      std::pair{ImGuiKey_3, ui::DetailTab::Tlb},    std::pair{ImGuiKey_4, ui::DetailTab::Bytes},
      std::pair{ImGuiKey_5, ui::DetailTab::Policy}, std::pair{ImGuiKey_6, ui::DetailTab::Plots}};
  if (ImGui::IsKeyPressed(ImGuiKey_0, false)) {
    parts.state.strip = ui::DetailTab::Walk;
    parts.state.narrow_tab = NarrowTab::Walk;
  }
  for (const auto& [key, tab] : kTabs) {
    if (!ImGui::IsKeyPressed(key, false)) continue;
    parts.open_detail(tab);
    if (tab == ui::DetailTab::Policy && parts.model.policy) parts.platform.announce(parts.model.policy->next);
    if (tab == ui::DetailTab::Plots) parts.choose_plot(0);
  }
}

// A colon or a backquote, wherever the keyboard has them.
bool asks_for_console() {
  const ImVector<ImWchar>& typed = ImGui::GetIO().InputQueueCharacters;
  return typed.contains(':') || typed.contains('`');
}

}  // namespace

void handle_keys(App::Parts& parts) {
  if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyCtrl || io.KeyAlt || io.KeySuper) return;
  if (parts.state.byte_cursor) return;  // the keys edit
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key); };
  const auto once = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, false); };
  const Session& session = parts.session;
  if (pressed(ImGuiKey_RightArrow)) parts.handle(ui::Forward{});
  if (pressed(ImGuiKey_LeftArrow)) parts.handle(ui::Back{});
  if (once(ImGuiKey_Space)) parts.toggle_play();
  if (once(ImGuiKey_Home)) parts.handle(ui::Seek{0});
  if (once(ImGuiKey_End)) parts.handle(ui::Seek{session.timeline().size()});
  if (once(ImGuiKey_PageUp)) parts.handle(ui::Seek{session.previous_checkpoint()});
  if (once(ImGuiKey_PageDown)) parts.handle(ui::Seek{session.next_checkpoint()});
  if (once(ImGuiKey_Equal) || once(ImGuiKey_KeypadAdd))
    parts.state.speed = std::min(4.0F, parts.state.speed * 2);
  if (once(ImGuiKey_Minus) || once(ImGuiKey_KeypadSubtract))
    parts.state.speed = std::max(0.5F, parts.state.speed / 2);
  if (once(ImGuiKey_V)) {
    const bool machine = parts.state.viewpoint == Viewpoint::Machine;
    parts.state.viewpoint = machine ? Viewpoint::Program : Viewpoint::Machine;
  }
  if (parts.state.predict.asks()) {
    for (int i = 0; i < static_cast<int>(kMostOptions); ++i) {
      if (once(static_cast<ImGuiKey>(ImGuiKey_1 + i)) || once(static_cast<ImGuiKey>(ImGuiKey_Keypad1 + i)))
        return parts.handle(ui::Predict{static_cast<std::size_t>(i)});
    }
  }
  choose_detail(parts);
  if (parts.state.looked_at.plots) {
    if (once(ImGuiKey_UpArrow)) parts.choose_plot(-1);
    if (once(ImGuiKey_DownArrow)) parts.choose_plot(1);
    if (pressed(ImGuiKey_Comma)) parts.move_on_plot(-1);
    if (pressed(ImGuiKey_Period)) parts.move_on_plot(1);
  }
  if (once(ImGuiKey_T)) ui::turn_colours(parts.state);
  if (once(ImGuiKey_A)) parts.state.popup = "look";
  if (once(ImGuiKey_P)) parts.state.popup = "act";
  if (once(ImGuiKey_X)) parts.handle(ui::ShowText{});
  if (parts.state.minimal) return;
  if (asks_for_console()) parts.handle(ui::OpenConsole{});
  if (once(ImGuiKey_Q)) parts.handle(ui::SwitchPrediction{});
  if (once(ImGuiKey_B)) parts.state.popup = "branch";
  if (once(ImGuiKey_M)) parts.state.popup = "setup";
  if (once(ImGuiKey_Z)) parts.handle(ui::UndoMachine{});
  if (once(ImGuiKey_Y)) parts.handle(ui::RedoMachine{});
  if (once(ImGuiKey_O)) parts.handle(ui::OpenFile{});
  if (once(ImGuiKey_C)) parts.handle(ui::CopyScenario{});
  if (once(ImGuiKey_S)) parts.handle(ui::SaveScenario{});
  if (once(ImGuiKey_G)) parts.handle(ui::SavePicture{});
  if (once(ImGuiKey_L)) parts.state.popup = "chooser";
  if (once(ImGuiKey_Slash) || once(ImGuiKey_F1)) parts.state.popup = "help";
}

}  // namespace vmp
