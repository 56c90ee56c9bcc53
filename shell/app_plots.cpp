// What is made only while it is looked at: the policy's drawing and the plots, and what they are saved as.
// Plots that need every reference of the timeline are worked on a few milliseconds a frame.
#include <algorithm>
#include <array>
#include <cctype>

#include "shell/app_parts.h"

namespace vmp {
namespace {

constexpr std::uint64_t kMostEntries = 64;                // of a list of the policy
constexpr std::chrono::microseconds kReplayBudget{5000};  // of one frame
constexpr std::uint64_t kReferencesAtOnce = 200;          // between two looks at the clock
constexpr int kFramesUntilPicture = 2;                    // the menu that asked for it is gone by then

constexpr std::array kCompared{PolicyKind::Optimal, PolicyKind::Lru, PolicyKind::Clock, PolicyKind::Fifo};

bool needs_references(PlotId plot) {
  return plot == PlotId::WorkingSet || plot == PlotId::MissRatio;
}

// "Working set" -> "working-set", for a file's name.
std::string file_word(std::string_view words) {
  std::string word;
  for (const char c : words) {
    word += c == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return word;
}

}  // namespace

// Wherever the details are: a narrow screen turns to them.
void App::Parts::open_detail(ui::DetailTab tab) {
  ui::show_detail(state, tab);
  state.narrow_tab = NarrowTab::Details;
  if (tab == ui::DetailTab::Policy) state.looked_at.policy = true;
  if (tab == ui::DetailTab::Plots) state.looked_at.plots = true;
  refresh_details();
}

void App::Parts::refresh_details() {
  if (state.looked_at.policy && !model.policy) model.policy = policy_model(session.timeline(), kMostEntries);
  if (state.looked_at.plots) refresh_plots();
}

void App::Parts::refresh_plots() {
  const PlotKey key{session.version(), state.plot.shown, state.plot.sum};
  bool changed = model.plots.empty() || !(m_plot_key == key);
  if (needs_references(state.plot.shown) && work_on_references()) changed = true;
  if (!changed) return;
  m_plot_key = key;
  const ReferenceRun* run = m_references.get();
  model.plots = {state.plot.shown == PlotId::MissRatio
                     ? miss_ratio_plot(m_ratios ? &*m_ratios : nullptr)
                     : plot_of(state.plot.shown, session.timeline(), state.plot.sum, run)};
  const bool reading = needs_references(state.plot.shown) && !run->finished();
  const bool replaying = state.plot.shown == PlotId::MissRatio && !reading && m_ratios;
  model.plots_progress = reading ? 0 : replaying ? m_ratios->progress() : 1;
}

// True if there was something to do.
bool App::Parts::work_on_references() {
  if (m_references_version != session.version()) {
    m_references_version = session.version();
    const std::uint64_t identity = ReferenceRun::identity_of(session.timeline());
    if (!m_references || m_references_identity != identity) {
      m_ratios.reset();
      m_references = std::make_unique<ReferenceRun>(session.timeline());
      m_references_identity = identity;
    }
  }
  if (!references_wait()) return false;
  const auto end = std::chrono::steady_clock::now() + kReplayBudget;
  while (references_wait() && std::chrono::steady_clock::now() < end) {
    if (m_references->advance(kReferencesAtOnce)) continue;
    if (state.plot.shown != PlotId::MissRatio) break;
    if (!m_ratios) {
      std::vector<PolicyKind> policies(kCompared.begin(), kCompared.end());
      const MachineConfig& config = session.timeline().config();
      if (std::find(policies.begin(), policies.end(), config.policy) == policies.end())
        policies.push_back(config.policy);
      m_ratios.emplace(*m_references, policies, config);
    }
    m_ratios->advance(kReferencesAtOnce);
  }
  return true;
}

bool App::Parts::references_wait() const {
  if (!state.looked_at.plots || !needs_references(state.plot.shown)) return false;
  if (!m_references || !m_references->finished()) return true;
  return state.plot.shown == PlotId::MissRatio && !(m_ratios && m_ratios->finished());
}

// Up and down choose another plot; comma and full stop move along one that is by frames.
void App::Parts::choose_plot(int by) {
  constexpr int kCount = static_cast<int>(kPlots);
  state.plot.shown = static_cast<PlotId>((static_cast<int>(state.plot.shown) + by + kCount) % kCount);
  refresh_details();
  tell_plot();
}

void App::Parts::move_on_plot(int by) {
  if (model.plots.empty() || model.plots.front().by_step) return;
  const std::uint64_t last = std::max<std::uint64_t>(1, model.plots.front().last_x);
  if (state.plot.frames == 0) state.plot.frames = std::max<std::uint64_t>(1, last / 2);
  if (by < 0 && state.plot.frames > 1) --state.plot.frames;
  if (by > 0 && state.plot.frames < last) ++state.plot.frames;
  tell_plot();
}

void App::Parts::tell_plot() {
  if (model.plots.empty()) return;
  const Plot& plot = model.plots.front();
  const std::uint64_t x = plot.by_step             ? session.timeline().position()
                          : state.plot.frames == 0 ? plot.last_x / 2
                                                   : state.plot.frames;
  platform.announce(plot.title + (plot.empty.empty() ? ", " + readout(plot, x) : ": " + plot.empty));
}

std::string App::Parts::file_name(std::string_view what, std::string_view ending) const {
  std::string name = session.name().empty() ? "scenario" : session.name();
  if (name.ends_with(".vms")) name.resize(name.size() - 4);
  for (char& c : name) c = c == '/' ? '-' : c;
  if (!what.empty()) name += "-" + file_word(what);
  return name + std::string(ending);
}

void App::Parts::handle(const ui::SavePlot&) {
  if (model.plots.empty()) return;
  const Plot& plot = model.plots.front();
  platform.save_file(file_name(plot.title, ".csv"), csv_of(plot));
}

void App::Parts::handle(const ui::SavePicture& save) {
  m_picture = WantedPicture{save.area, file_name(save.name, ".png"), kFramesUntilPicture};
}

// Where the picture is to be taken from what was just drawn, in logical pixels.
std::optional<Rect> App::Parts::picture_due(float width, float height) {
  if (!m_picture || m_picture->frames-- > 0) return std::nullopt;
  return m_picture->area.value_or(Rect{0, 0, width, height});
}

void App::Parts::picture_taken(const Picture& picture) {
  const std::string name = m_picture->name;
  m_picture.reset();
  platform.save_file(name, to_png(picture));
}

}  // namespace vmp
