#include "shell/present/setup_model.h"

#include <algorithm>
#include <array>

#include "core/sim/narrate.h"
#include "shell/present/format.h"

namespace vmp {
namespace {

constexpr std::array kBases{PhysicalAddress(0), PhysicalAddress(16U << 20), PhysicalAddress(0x80000000)};
constexpr std::size_t kFormats = static_cast<std::size_t>(FormatId::Linear) + 1;

struct ProtectionSetting {
  SettingId id;
  std::string_view label;
  bool x86;
  bool ProtectionSettings::*flag;
};
constexpr auto kProtection = std::to_array<ProtectionSetting>({
    {SettingId::Svade, "Clear A or D flag (Svade)", false, &ProtectionSettings::svade},
    {SettingId::Sum, "Kernel may use user pages (SUM)", false, &ProtectionSettings::sum},
    {SettingId::Mxr, "Executable pages are readable (MXR)", false, &ProtectionSettings::mxr},
    {SettingId::Smep, "Kernel may not execute user pages (SMEP)", true, &ProtectionSettings::smep},
    {SettingId::Smap, "Kernel may not touch user pages (SMAP)", true, &ProtectionSettings::smap},
});

std::vector<std::uint64_t> powers_of_two(std::uint64_t from, std::uint64_t to) {
  std::vector<std::uint64_t> stops;
  for (std::uint64_t stop = from; stop <= to; stop *= 2) stops.push_back(stop);
  return stops;
}

std::vector<std::uint64_t> frame_stops() {
  std::vector<std::uint64_t> stops;
  for (std::uint64_t frames = 8; frames < 64; ++frames) stops.push_back(frames);
  for (const std::uint64_t stop : powers_of_two(64, kMostFrames)) stops.push_back(stop);
  return stops;
}

std::vector<std::uint64_t> slot_stops() {
  std::vector<std::uint64_t> stops;
  for (std::uint64_t slots = 0; slots < 32; ++slots) stops.push_back(slots);
  for (const std::uint64_t stop : powers_of_two(32, kMostSwapSlots)) stops.push_back(stop);
  return stops;
}

std::vector<std::uint64_t> tlb_stops() {
  std::vector<std::uint64_t> stops{0};
  for (const std::uint64_t stop : powers_of_two(1, kMostTlbEntries)) stops.push_back(stop);
  return stops;
}

std::vector<std::uint64_t> divisors(std::uint64_t number) {
  std::vector<std::uint64_t> stops;
  for (std::uint64_t stop = 1; stop <= number; ++stop) {
    if (number % stop == 0) stops.push_back(stop);
  }
  return stops;
}

// Collects the settings; the section is that of all that follow.
struct Collector {
  std::vector<Setting> settings;
  std::string_view section{};

  void slider(SettingId id, std::string_view label, std::uint64_t value, std::vector<std::uint64_t> stops,
              std::string text) {
    const auto place = std::lower_bound(stops.begin(), stops.end(), value);
    const auto at = static_cast<std::size_t>(place - stops.begin());
    if (place == stops.end() || *place != value) stops.insert(place, value);
    settings.push_back({id, section, label, std::move(text), std::move(stops), {}, at});
  }
  void choice(SettingId id, std::string_view label, std::vector<std::string> words, std::size_t at) {
    std::string text = words[at];
    settings.push_back({id, section, label, std::move(text), {}, std::move(words), at});
  }
  void on_off(SettingId id, std::string_view label, bool on) { choice(id, label, {"off", "on"}, on ? 1 : 0); }
};

template <class Enum>
std::vector<std::string> names_of_all(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.emplace_back(name_of(static_cast<Enum>(i)));
  return names;
}

std::string ways_text(const TlbConfig& tlb) {
  const std::string ways = format_count(tlb.ways, "way");
  if (tlb.ways == tlb.entries()) return ways + " · fully associative";
  return ways + " · " + (tlb.ways == 1 ? "direct-mapped, " : "") + format_count(tlb.sets, "set");
}

void add_memory(const MachineConfig& config, Collector& all) {
  all.section = "Memory";
  all.slider(SettingId::Frames, "RAM", config.frames, frame_stops(),
             format_count(config.frames, "frame") + " · " + format_bytes(config.frames * kPageSize));
  all.slider(SettingId::SwapSlots, "Swap device", config.swap_slots, slot_stops(),
             config.swap_slots == 0 ? "none"
                                    : format_count(config.swap_slots, "slot") + " · " +
                                          format_bytes(std::uint64_t{config.swap_slots} * kPageSize));
  all.choice(SettingId::Device, "It costs as much time as",
             {"a hard disk", "a SATA SSD", "an NVMe drive", "compressed RAM"},
             static_cast<std::size_t>(config.device));
  const auto at_once = [](std::uint32_t pages, std::string_view alone) {
    return pages == 1 ? std::string(alone) : format_count(pages, "page");
  };
  all.slider(SettingId::SwapCluster, "Read from swap at once", config.swap_cluster,
             powers_of_two(1, kMostCluster), at_once(config.swap_cluster, "the page needed"));
  all.slider(SettingId::FileWindow, "Read from a file at once", config.file_window,
             powers_of_two(1, kMostCluster), at_once(config.file_window, "the page needed"));
}

void add_replacement(const MachineConfig& config, Collector& all) {
  all.section = "When RAM is full";
  all.choice(SettingId::Policy, "Who leaves: the policy", names_of_all<PolicyKind>(kPolicyKinds),
             static_cast<std::size_t>(config.policy));
  all.choice(SettingId::Scope, "Whose page", {"anybody's (global)", "one's own (local)"},
             static_cast<std::size_t>(config.scope));
  if (has_tick(config.policy)) {
    all.slider(SettingId::Tick, "Looks at accessed flags", config.tick, powers_of_two(1, 1024),
               "every " + format_count(config.tick, "reference"));
  }
  if (config.policy == PolicyKind::WorkingSet || config.policy == PolicyKind::WsClock) {
    all.slider(SettingId::Window, "Working set", config.window, powers_of_two(1, 4096),
               "pages of the last " + format_count(config.window, "reference"));
  }
  const PageFaultFrequency& frequency = config.fault_frequency;
  std::vector<std::uint64_t> intervals = powers_of_two(1, 1024);
  intervals.insert(intervals.begin(), 0);
  all.slider(SettingId::FaultHigh, "A quota shrinks", frequency.high, intervals,
             frequency.on() ? "after " + format_count(frequency.high, "reference") + " without a fault"
                            : "never: there are none");
  if (frequency.on())
    all.slider(SettingId::FaultLow, "It grows", frequency.low, intervals,
               "at a fault within " + format_count(frequency.low, "reference"));
  std::vector<std::uint64_t> percents;
  for (std::uint64_t percent = 0; percent <= 100; percent += 10) percents.push_back(percent);
  all.slider(
      SettingId::Thrashing, "Thrashing is told", config.thrashing, std::move(percents),
      config.thrashing == 0 ? "never" : "from " + std::to_string(config.thrashing) + " % of references on");
}

void add_translation(const MachineConfig& config, Collector& all) {
  all.section = "Translation";
  std::vector<std::string> formats;
  for (std::size_t i = 0; i < kFormats; ++i) formats.emplace_back(format_of(static_cast<FormatId>(i)).name);
  all.choice(SettingId::Format, "Page tables", std::move(formats), static_cast<std::size_t>(config.format));
  const TlbConfig& tlb = config.tlb;
  all.slider(SettingId::TlbEntries, "TLB", tlb.entries(), tlb_stops(),
             tlb.entries() == 0 ? "none: every access walks" : format_count(tlb.entries(), "translation"));
  if (tlb.entries() > 0) {
    all.slider(SettingId::TlbWays, "TLB ways", tlb.ways, divisors(tlb.entries()), ways_text(tlb));
    all.choice(SettingId::TlbReplacement, "Which of them leaves", names_of_all<TlbReplacement>(4),
               static_cast<std::size_t>(tlb.replacement));
    all.choice(SettingId::InstructionTlb, "Instructions", {"the same TLB", "a TLB of their own"},
               config.instruction_tlb ? 1 : 0);
    if (format_of(config.format).asid_bits > 0)
      all.on_off(SettingId::Asids, "Tags of address spaces (ASIDs)", config.asids);
    all.choice(SettingId::Flushes, "The kernel's orders to the TLB", {"arrive", "get lost"},
               config.flushes_lost ? 1 : 0);
  }
  std::vector<std::uint64_t> pointers = powers_of_two(1, kMostTlbEntries);
  pointers.insert(pointers.begin(), 0);
  all.slider(SettingId::WalkCache, "Walk cache", config.walk_cache, std::move(pointers),
             config.walk_cache == 0 ? "none" : format_count(config.walk_cache, "pointer"));
  const bool x86 = is_x86(format_of(config.format));
  for (const ProtectionSetting& each : kProtection) {
    if (each.x86 != x86) continue;
    if (each.id == SettingId::Svade) {
      all.choice(each.id, "A clear accessed or dirty flag", {"is set by hardware", "faults (Svade)"},
                 config.protection.*each.flag ? 1 : 0);
    } else {
      all.on_off(each.id, each.label, config.protection.*each.flag);
    }
  }
}

void add_kernel(const MachineConfig& config, Collector& all) {
  all.section = "Kernel and chance";
  all.choice(SettingId::Overcommit, "Memory promised", {"within reason", "always", "strictly what there is"},
             static_cast<std::size_t>(config.overcommit));
  all.choice(SettingId::Placement, "Which free frame", {"the lowest", "any (scattered)"},
             static_cast<std::size_t>(config.placement));
  const auto* const base = std::find(kBases.begin(), kBases.end(), config.physical_base);
  std::vector<std::string> bases{"0", "16 MiB", "0x80000000"};
  if (base == kBases.end()) bases.push_back("0x" + format_hex(config.physical_base.value(), 8));
  all.choice(SettingId::Base, "RAM begins at", std::move(bases),
             static_cast<std::size_t>(base - kBases.begin()));
  all.on_off(SettingId::Aslr, "Real programs at random places (ASLR)", config.aslr);
  std::vector<std::uint64_t> seeds;
  for (std::uint64_t seed = 1; seed <= 32; ++seed) seeds.push_back(seed);
  all.slider(SettingId::Seed, "Chance", config.seed, std::move(seeds), "seed " + std::to_string(config.seed));
}

// So many entries, with as many of the ways as divide them.
TlbConfig resized(TlbConfig tlb, std::uint64_t entries) {
  if (entries == 0) return {1, 0, tlb.replacement};
  std::uint32_t ways = std::max<std::uint32_t>(1, tlb.ways);
  while (ways > entries || entries % ways != 0) --ways;
  return {static_cast<std::uint32_t>(entries / ways), ways, tlb.replacement};
}

}  // namespace

std::vector<Setting> settings_of(const MachineConfig& config) {
  Collector all;
  add_memory(config, all);
  add_replacement(config, all);
  add_translation(config, all);
  add_kernel(config, all);
  return std::move(all.settings);
}

MachineConfig changed(const MachineConfig& config, SettingId id, std::uint64_t value) {
  MachineConfig to = config;
  const bool on = value != 0;
  switch (id) {
    case SettingId::Frames:
      to.frames = value;
      break;
    case SettingId::Placement:
      to.placement = static_cast<FramePlacement>(value);
      break;
    case SettingId::Base:
      if (value < kBases.size()) to.physical_base = kBases[value];
      break;
    case SettingId::SwapSlots:
      to.swap_slots = static_cast<std::uint32_t>(std::min<std::uint64_t>(value, ~std::uint32_t{0}));
      break;
    case SettingId::Device:
      to.device = static_cast<DeviceKind>(value);
      break;
    case SettingId::SwapCluster:
      to.swap_cluster = static_cast<std::uint32_t>(std::min<std::uint64_t>(value, ~std::uint32_t{0}));
      break;
    case SettingId::FileWindow:
      to.file_window = static_cast<std::uint32_t>(std::min<std::uint64_t>(value, ~std::uint32_t{0}));
      break;
    case SettingId::FaultHigh:
      to.fault_frequency.high = value;
      if (!on) to.fault_frequency.low = 0;
      break;
    case SettingId::FaultLow:
      to.fault_frequency.low = value;
      break;
    case SettingId::Thrashing:
      to.thrashing = value;
      break;
    case SettingId::Policy:
      to.policy = static_cast<PolicyKind>(value);
      break;
    case SettingId::Scope:
      to.scope = static_cast<ReplacementScope>(value);
      break;
    case SettingId::Tick:
      to.tick = value;
      break;
    case SettingId::Window:
      to.window = value;
      break;
    case SettingId::Format:
      to.format = static_cast<FormatId>(value);
      break;
    case SettingId::TlbEntries:
      to.tlb = resized(to.tlb, value);
      if (to.instruction_tlb) to.instruction_tlb = on ? std::optional(to.tlb) : std::nullopt;
      break;
    case SettingId::TlbWays:
      if (value > 0 && to.tlb.entries() % value == 0)
        to.tlb = {static_cast<std::uint32_t>(to.tlb.entries() / value), static_cast<std::uint32_t>(value),
                  to.tlb.replacement};
      if (to.instruction_tlb) to.instruction_tlb = to.tlb;
      break;
    case SettingId::TlbReplacement:
      to.tlb.replacement = static_cast<TlbReplacement>(value);
      if (to.instruction_tlb) to.instruction_tlb->replacement = to.tlb.replacement;
      break;
    case SettingId::InstructionTlb:
      to.instruction_tlb = on ? std::optional(to.tlb) : std::nullopt;
      break;
    case SettingId::WalkCache:
      to.walk_cache = static_cast<std::uint32_t>(std::min<std::uint64_t>(value, ~std::uint32_t{0}));
      break;
    case SettingId::Asids:
      to.asids = on;
      break;
    case SettingId::Flushes:
      to.flushes_lost = on;
      break;
    case SettingId::Overcommit:
      to.overcommit = static_cast<Overcommit>(value);
      break;
    case SettingId::Aslr:
      to.aslr = on;
      break;
    case SettingId::Seed:
      to.seed = value;
      break;
    default:
      for (const ProtectionSetting& each : kProtection) {
        if (each.id == id) to.protection.*each.flag = on;
      }
  }
  return to;
}

std::optional<SettingError> setting_error(const MachineConfig& config) {
  const std::optional<ConfigError> error = check_config(config);
  if (!error) return std::nullopt;
  SettingId id = SettingId::Frames;
  switch (error->kind) {
    case ConfigError::Kind::TooFewFrames:
    case ConfigError::Kind::TooManyFrames:
      break;
    case ConfigError::Kind::TooManySlots:
      id = SettingId::SwapSlots;
      break;
    case ConfigError::Kind::TlbTooLarge:
    case ConfigError::Kind::TlbWithoutSets:
      id = SettingId::TlbEntries;
      break;
    case ConfigError::Kind::TickOfZero:
      id = SettingId::Tick;
      break;
    case ConfigError::Kind::WalkCacheTooLarge:
      id = SettingId::WalkCache;
      break;
    case ConfigError::Kind::BadCluster:
      id = SettingId::SwapCluster;
      break;
    case ConfigError::Kind::BadFileWindow:
      id = SettingId::FileWindow;
      break;
    case ConfigError::Kind::BadFaultFrequency:
      id = SettingId::FaultLow;
      break;
    case ConfigError::Kind::BadThrashing:
      id = SettingId::Thrashing;
      break;
    case ConfigError::Kind::PlruWays:
      id = SettingId::TlbReplacement;
      break;
    case ConfigError::Kind::BadBase:
      id = SettingId::Base;
      break;
  }
  return SettingError{id, render(narrate_config_error(*error), format_of(config.format), english())};
}

}  // namespace vmp
