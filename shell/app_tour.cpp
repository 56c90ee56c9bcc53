// The guided tour: when it comes by itself, and what is on screen meanwhile.
#include <algorithm>

#include "shell/app_parts.h"
#include "shell/present/tour.h"

namespace vmp {
namespace {

// Of the first lesson: both programs have read what they had stored at the same address.
constexpr std::size_t kWorthSeeing = 8;

// Once a visit is noted, none is the first. Where none can be noted, each would be.
bool is_first_visit(Platform& platform) {
  constexpr std::string_view kTourSetting = "tour";
  return !platform.setting(kTourSetting) && platform.keep_setting(kTourSetting, "seen");
}

}  // namespace

void App::Parts::offer_tour(const AppOptions& options, bool resumed) {
  const bool asked = !options.scenario.empty() || options.step || !options.window.empty() || state.banner;
  if (!asked && !options.minimal && !resumed && is_first_visit(platform)) state.popup = "tour";
}

void App::Parts::refresh_tour() {
  const bool on = state.tour.on || state.popup == "tour";
  if (on && !m_toured_from && model.columns.empty()) {
    m_toured_from = session.timeline().position();
    state.playing = false;
    session.seek(std::min(kWorthSeeing, session.timeline().size()));
    m_step_age = 1000;
  } else if (!on && m_toured_from) {
    session.seek(*std::exchange(m_toured_from, std::nullopt));
    m_step_age = 1000;
  }
}

std::string App::Parts::tour_text() const {
  return state.tour.on ? "; tour: " + std::string(tour_stops()[state.tour.stop].title) : std::string();
}

}  // namespace vmp
