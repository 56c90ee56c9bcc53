// The machine line, read: `machine format=x86-32 frames=32 swap=16`. What is left out keeps its usual value.
#include <map>

#include "core/sim/scenario_lines.h"
#include "core/sim/scenario_names.h"
#include "core/sim/text_number.h"

namespace vmp {
namespace {

// One `key=value`, read with a place for its errors.
struct Setting {
  LineReader& line;
  std::string_view key;
  std::string_view value;

  std::uint64_t number(std::uint64_t most) const {
    const std::optional<std::uint64_t> parsed = parse_number(value);
    if (parsed && *parsed <= most) return *parsed;
    line.fail_at_word(std::string(key) + "= and a number of at most " + std::to_string(most));
    return 0;
  }
  template <class Lookup>
  auto choice(std::string_view words, Lookup lookup) const {
    const auto found = lookup(value);
    if (!found) line.fail_at_word(std::string(key) + "= and " + std::string(words));
    return found ? *found : std::decay_t<decltype(*found)>{};
  }
};

TlbConfig read_tlb(const Setting& setting) {
  const std::size_t cross = setting.value.find('x');
  const auto sets = parse_decimal_digits(setting.value.substr(0, cross));
  const auto ways =
      cross == std::string_view::npos ? std::nullopt : parse_decimal_digits(setting.value.substr(cross + 1));
  if (!sets || !ways || *sets > kMostTlbEntries || *ways > kMostTlbEntries) {
    setting.line.fail_at_word(std::string(setting.key) + "= and sets x ways, such as 4x4; 1x0 is none");
    return {};
  }
  return {.sets = static_cast<std::uint32_t>(*sets),
          .ways = static_cast<std::uint32_t>(*ways),
          .replacement = TlbReplacement::Lru};
}

// `3`: the third transfer fails; `3+`: and every one after it.
DeviceFailure read_failure(const Setting& setting) {
  std::string_view digits = setting.value;
  const bool forever = digits.ends_with('+');
  if (forever) digits.remove_suffix(1);
  const auto nth = parse_decimal_digits(digits);
  if (!nth || (*nth == 0 && forever))
    setting.line.fail_at_word(std::string(setting.key) +
                              "= and which transfer fails, such as 3; 3+ for ever after");
  return {.nth = nth.value_or(0), .forever = forever};
}

// `8,32`: the lower and the upper interval between faults. `0,0`: none.
PageFaultFrequency read_fault_frequency(const Setting& setting) {
  const std::size_t comma = setting.value.find(',');
  const auto low = parse_decimal_digits(setting.value.substr(0, comma));
  const auto high =
      comma == std::string_view::npos ? std::nullopt : parse_decimal_digits(setting.value.substr(comma + 1));
  if (!low || !high)
    setting.line.fail_at_word("pff= and the lower and upper interval between faults, such as 8,32");
  return {.low = low.value_or(0), .high = high.value_or(0)};
}

std::optional<bool> on_or_off(std::string_view word) {
  if (word == "on") return true;
  if (word == "off") return false;
  return std::nullopt;
}

std::optional<bool> kept_or_lost(std::string_view word) {
  if (word == "kept") return false;
  if (word == "lost") return true;
  return std::nullopt;
}

bool* protection_flag(ProtectionSettings& protection, std::string_view key) {
  for (const ProtectionName& each : kProtectionNames) {
    if (each.name == key) return &(protection.*each.flag);
  }
  return nullptr;
}

bool apply(MachineConfig& config, TlbReplacement& tlb_policy, const Setting& setting) {
  if (setting.key == "format") {
    config.format = setting.choice(format_names(), format_named);
  } else if (setting.key == "frames") {
    config.frames = setting.number(kMostFrames);
  } else if (setting.key == "physical-base") {
    config.physical_base = PhysicalAddress(setting.number(kHighestBase));
  } else if (setting.key == "kernel-frames") {
    config.kernel_frames = setting.number(kMostFrames);
  } else if (setting.key == "swap") {
    config.swap_slots = static_cast<std::uint32_t>(setting.number(kMostSwapSlots));
  } else if (setting.key == "device") {
    config.device = setting.choice("hdd, sata-ssd, nvme or compressed-ram", device_named);
  } else if (setting.key == "policy") {
    config.policy = setting.choice(policy_names(), policy_named);
  } else if (setting.key == "scope") {
    config.scope = setting.choice("global or local", scope_named);
  } else if (setting.key == "pff") {
    config.fault_frequency = read_fault_frequency(setting);
  } else if (setting.key == "cluster") {
    config.swap_cluster = static_cast<std::uint32_t>(setting.number(kMostCluster));
  } else if (setting.key == "file-window") {
    config.file_window = static_cast<std::uint32_t>(setting.number(kMostCluster));
  } else if (setting.key == "thrashing") {
    config.thrashing = setting.number(100);
  } else if (setting.key == "tick") {
    config.tick = setting.number(~std::uint64_t{0});
  } else if (setting.key == "window") {
    config.window = setting.number(~std::uint64_t{0});
  } else if (setting.key == "tlb") {
    config.tlb = read_tlb(setting);
  } else if (setting.key == "itlb") {
    config.instruction_tlb = read_tlb(setting);
  } else if (setting.key == "walk-cache") {
    config.walk_cache = static_cast<std::uint32_t>(setting.number(kMostTlbEntries));
  } else if (setting.key == "tlb-policy") {
    tlb_policy = setting.choice("lru, plru, fifo or random", tlb_replacement_named);
  } else if (setting.key == "flushes") {
    config.flushes_lost = setting.choice("kept or lost", kept_or_lost);
  } else if (setting.key == "asids") {
    config.asids = setting.choice("on or off", on_or_off);
  } else if (bool* const flag = protection_flag(config.protection, setting.key)) {
    *flag = setting.choice("on or off", on_or_off);
  } else if (setting.key == "placement") {
    config.placement = setting.choice("lowest or scattered", placement_named);
  } else if (setting.key == "swap-read-fails") {
    config.swap_read_failure = read_failure(setting);
  } else if (setting.key == "swap-write-fails") {
    config.swap_write_failure = read_failure(setting);
  } else if (setting.key == "overcommit") {
    config.overcommit = setting.choice("heuristic, always or strict", overcommit_named);
  } else if (setting.key == "aslr") {
    config.aslr = setting.choice("on or off", on_or_off);
  } else if (setting.key == "seed") {
    config.seed = setting.number(~std::uint64_t{0});
  } else {
    return false;
  }
  return true;
}

// What the configuration would need, and the setting that is wrong.
struct Complaint {
  std::string_view key;
  std::string expected;
  std::string found;
};
Complaint complaint_of(const ConfigError& error) {
  const std::string limit = std::to_string(error.limit);
  const std::string given = std::to_string(error.given);
  switch (error.kind) {
    case ConfigError::Kind::TooFewFrames:
      return {"frames",
              "at least " + limit +
                  " frames: the kernel's, and for each of two processes its table nodes and a page",
              given};
    case ConfigError::Kind::TooManyFrames:
      return {"frames", "at most " + limit + " frames", given};
    case ConfigError::Kind::TooManySlots:
      return {"swap", "at most " + limit + " swap slots", given};
    case ConfigError::Kind::TlbTooLarge:
      return {"tlb", "a TLB of at most " + limit + " entries", given};
    case ConfigError::Kind::TlbWithoutSets:
      return {"tlb", "a TLB of at least one set", given};
    case ConfigError::Kind::WalkCacheTooLarge:
      return {"walk-cache", "a walk cache of at most " + limit + " entries", given};
    case ConfigError::Kind::TickOfZero:
      return {"tick", "a tick every " + limit + " reference or more", given};
    case ConfigError::Kind::BadBase:
      return {"physical-base", "a multiple of 4096, at most " + limit, given};
    case ConfigError::Kind::BadCluster:
      return {"cluster", "a power of two of pages, at most " + limit, given};
    case ConfigError::Kind::BadFileWindow:
      return {"file-window", "from 1 to " + limit + " pages", given};
    case ConfigError::Kind::BadFaultFrequency:
      return {"pff", "a lower interval that is not above the upper one, " + limit, given};
    case ConfigError::Kind::BadThrashing:
      return {"thrashing", "at most " + limit + " percent", given};
    case ConfigError::Kind::PlruWays:
      return {"tlb-policy", "a power of two of ways for plru, at most " + limit, given};
  }
  return {"frames", "a possible machine", given};
}

}  // namespace

MachineConfig read_machine(LineReader& line) {
  MachineConfig config;
  TlbReplacement tlb_policy = config.tlb.replacement;  // of both TLBs, whichever is named first
  const std::size_t line_start = line.word_position();
  std::map<std::string_view, std::size_t> places;
  while (line.ok() && !line.at_end()) {
    const std::string_view word = line.word("a setting");
    const std::size_t equals = word.find('=');
    const Setting setting{line, word.substr(0, equals),
                          equals == std::string_view::npos ? "" : word.substr(equals + 1)};
    if (places.contains(setting.key)) {
      line.fail_at_word("each setting at most once");
    } else if (equals == std::string_view::npos || !apply(config, tlb_policy, setting)) {
      line.fail_at_word("a setting such as frames=; docs/scenario-format.md lists them");
    }
    places.emplace(setting.key, line.word_position());
  }
  config.tlb.replacement = tlb_policy;
  if (config.instruction_tlb) config.instruction_tlb->replacement = tlb_policy;
  if (!line.ok()) return config;
  if (const std::optional<ConfigError> error = check_config(config)) {
    const Complaint complaint = complaint_of(*error);
    const auto place = places.find(complaint.key);
    line.fail(place == places.end() ? line_start : place->second, complaint.expected, complaint.found);
  }
  return config;
}

}  // namespace vmp
