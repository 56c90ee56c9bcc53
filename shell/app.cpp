#include "shell/app.h"

#include "shell/app_parts.h"
#include "shell/present/format.h"
#include "shell/ui/frame.h"

namespace vmp {

App::App(Platform& platform, AppOptions options)
    : m_parts(std::make_unique<Parts>(platform, std::move(options))) {}

App::~App() = default;

void App::set_pixel_ratio(float ratio) {
  m_parts->type = ui::bake_type(ratio);
}

float App::zoom() const {
  return zoom_of(m_parts->state.appearance);
}

void App::frame(float width, float height) {
  Parts& parts = *m_parts;
  const float seconds = ImGui::GetIO().DeltaTime;
  parts.state.system = parts.platform.system_look();
  parts.work_on_import();
  parts.advance_time(seconds);
  handle_keys(parts);
  parts.refresh_tour();
  parts.refresh_model();
  parts.refresh_details();
  parts.state.looked_at = {};
  parts.refresh_comparison();
  parts.refresh_console();
  parts.refresh_prediction();
  parts.refresh_branches();
  std::vector<ui::Request> requests;
  ui::draw_frame(parts.model, parts.state, parts.type, parts.motion(), width, height, requests);
  for (ui::Request& request : requests) std::visit([&](auto& asked) { parts.handle(asked); }, request);
  parts.keep_appearance();
  parts.look_changed = parts.note_look();
}

bool App::work(float seconds) {
  Parts& parts = *m_parts;
  parts.work_on_import();
  parts.advance_time(seconds);
  parts.refresh_model();
  return parts.state.playing || parts.importing();
}

bool App::wants_frame() const {
  return m_parts->moving() || m_parts->look_changed;
}

std::optional<Rect> App::picture_due(float width, float height) {
  return m_parts->picture_due(width, height);
}

void App::picture_taken(const Picture& picture) {
  m_parts->picture_taken(picture);
}

void App::open_file(std::string name, std::string bytes) {
  m_parts->open_file(std::move(name), std::move(bytes));
}

bool App::holds_control() const {
  return m_parts->state.grabbed;
}

void App::swap_folder_saved() {
  m_parts->state.swap_place.saved = true;
}

void App::swap_folder_failed(const std::string& why) {
  m_parts->leave_kept_swap(why);
}

std::string App::scenario_text() const {
  return m_parts->session.text();
}

std::string App::state_text() const {
  const Session& session = m_parts->session;
  const Timeline& timeline = session.timeline();
  std::string text = "scenario " + session.name() + ", step " + std::to_string(timeline.position()) + " of " +
                     std::to_string(timeline.size());
  for (const Process& process : timeline.machine().kernel().processes()) {
    text += "; " + process.name + (process.running() ? " running, " : " ended, ") +
            format_count(process.resident_pages, "resident page");
  }
  if (m_parts->state.swap_place.kept)
    text += "; swap device: " + ui::words_of(m_parts->state.swap_place) + ", " +
            format_count(timeline.machine().kernel().swap().used_count(), "slot") + " used";
  text += m_parts->prediction_text() + m_parts->branch_text() + m_parts->tour_text();
  if (m_parts->state.banner) text += "; message: " + m_parts->state.banner->text;
  return text;
}

}  // namespace vmp
