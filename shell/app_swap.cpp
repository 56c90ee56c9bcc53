// Where swapped pages lie: in memory, or in a folder that outlives the program, together with the session.
#include "shell/app_parts.h"
#include "shell/present/format.h"

namespace vmp {
namespace {

std::string words_of(const std::vector<SlotRange>& ranges) {
  std::string words;
  for (const SlotRange& range : ranges) {
    words += (words.empty() ? "" : ", ") + std::to_string(range.first.value());
    if (range.count > 1) words += " to " + std::to_string(range.first.value() + range.count - 1);
  }
  return words;
}

std::uint64_t count_of(const std::vector<SlotRange>& ranges) {
  std::uint64_t count = 0;
  for (const SlotRange& range : ranges) count += range.count;
  return count;
}

}  // namespace

bool App::Parts::begin_swap(const AppOptions& options, std::string& trouble) {
  if (options.minimal || !options.swap_file.empty()) return false;
  m_swap_folder = platform.swap_folder();
  state.swap_place.place = m_swap_folder.place;
  state.swap_place.refusal = m_swap_folder.refusal;
  if (m_swap_folder.path.empty()) {
    if (m_swap_folder.emptied) trouble = m_swap_folder.refusal;
    return false;
  }
  const std::optional<KeptSession> kept = SwapKeeper(m_swap_folder.path).kept_session();
  if (kept && (options.scenario.empty() || options.resume)) return resume(*kept);
  if (kept || m_swap_folder.emptied) use_kept_swap();
  if (m_swap_folder.emptied)
    trouble = "What was kept in " + m_swap_folder.place +
              " is gone: somebody or the browser cleared it. The swap device begins empty.";
  return false;
}

// Brings back the machine by its commands, apart from the file, and then compares what lies there.
bool App::Parts::resume(const KeptSession& kept) {
  Result<Scenario, ParseError> scenario = parse_scenario(
      kept.text, [this](std::string_view trace) { return find_trace(trace); },
      [this](std::string_view file) { return find_file(file); });
  m_swap_keeper.emplace(m_swap_folder.path);
  session.set_swap_maker([this](std::uint32_t slots) { return m_swap_keeper->make_device(slots); });
  std::optional<std::string> refusal;
  if (!scenario) refusal = to_string(scenario.error(), kept.name);
  if (!refusal) refusal = session.load(kept.name, std::move(scenario.value()));
  if (refusal) {
    use_memory_swap();
    show_error("The session kept in " + m_swap_folder.place + " cannot be brought back: " + *refusal);
    return false;
  }
  session.seek(kept.position);
  state.swap_place.kept = true;
  const bool same_machine = session.timeline().machine().hash() == kept.hash;
  const Kernel& kernel = session.timeline().machine().kernel();
  const std::vector<SlotRange> lost =
      same_machine ? m_swap_keeper->lost_slots(kernel) : std::vector<SlotRange>{};
  const std::uint64_t pages = kernel.swap().used_count();
  for (const SlotRange& range : lost) {
    session.insert(Step{.command = DamageSwap{range.first, range.count}, .program_line = 0, .prints = false});
  }
  forget_look();
  arrived();
  const std::string back = "You are back at step " + group_digits(kept.position) + ". ";
  if (!same_machine) {
    show_note(back + "The playground is another version now: the swap file is written anew.");
  } else if (lost.empty()) {
    show_note(back + format_count(pages, "page") + " of the swap file in " + m_swap_folder.place +
              " found as they were left.");
  } else {
    show_error(back + format_count(count_of(lost), "page") + " of the swap file in " + m_swap_folder.place +
               " damaged or gone: slot " + words_of(lost) + ". Touching such a page is a bus error.");
  }
  return true;
}

std::optional<std::string> App::Parts::use_kept_swap() {
  m_swap_keeper.emplace(m_swap_folder.path);
  session.set_swap_maker([this](std::uint32_t slots) { return m_swap_keeper->make_device(slots); });
  if (auto refusal = session.rebuild()) {
    use_memory_swap();
    return refusal;
  }
  state.swap_place.kept = true;
  arrived();
  return std::nullopt;
}

void App::Parts::use_memory_swap() {
  session.set_swap_maker({});
  if (m_swap_keeper) m_swap_keeper->forget();
  m_swap_keeper.reset();
  state.swap_place.kept = state.swap_place.saved = false;
}

void App::Parts::handle(const ui::ChooseSwapDevice& choice) {
  if (choice.kept == m_swap_keeper.has_value()) return;
  if (choice.kept) {
    if (m_swap_folder.path.empty()) return;
    state.swap_place.refusal.clear();
    if (const auto refusal = use_kept_swap()) {
      state.swap_place.refusal = *refusal;
      show_error(*refusal);
    }
    return;
  }
  use_memory_swap();
  platform.save_swap_folder();
  // The steps were possible on the other device, so they are on this one.
  session.rebuild();
  arrived();
}

void App::Parts::settle_swap() {
  if (!m_swap_keeper) return;
  if (const auto failure = m_swap_keeper->settle(session, m_keep_work)) {
    leave_kept_swap(*failure);
    return;
  }
  state.swap_place.saved = platform.save_swap_folder();
}

void App::Parts::leave_kept_swap(const std::string& why) {
  state.swap_place.refusal = why;
  if (!m_swap_keeper) return;
  use_memory_swap();
  session.rebuild();
  arrived();
  show_error(why + " Swapped pages stay in memory; everything else goes on as it was.");
}

}  // namespace vmp
