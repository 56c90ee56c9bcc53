// The settings of a machine as a person changes them: sliders with stops and choices of words, each a pure
// function from one configuration to another. Every choice is offered; what cannot be is told at the setting
// that is at fault, with the limit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/os/machine_config.h"

namespace vmp {

enum class SettingId : std::uint8_t {
  Frames,
  Placement,
  Base,
  SwapSlots,
  Device,
  SwapCluster,
  FileWindow,
  Policy,
  Scope,
  Tick,
  Window,
  FaultHigh,
  FaultLow,
  Thrashing,
  Format,
  TlbEntries,
  TlbWays,
  TlbReplacement,
  InstructionTlb,
  WalkCache,
  Asids,
  Flushes,
  Svade,
  Sum,
  Mxr,
  Smep,
  Smap,
  Overcommit,
  Aslr,
  Seed,
};

struct Setting {
  SettingId id = SettingId::Frames;
  std::string_view section;  // the heading it stands under
  std::string_view label;    // "RAM"
  std::string value;         // "32 frames · 128 KiB"
  // One of these. A slider's stops are its values in order; the present one is among them.
  std::vector<std::uint64_t> stops;
  std::vector<std::string> choices;
  std::size_t at = 0;  // the stop or the choice it stands at

  bool is_slider() const { return !stops.empty(); }
  std::size_t size() const { return is_slider() ? stops.size() : choices.size(); }
  // What changed() is to be given for a stop or a choice.
  std::uint64_t value_at(std::size_t index) const { return is_slider() ? stops[index] : index; }
};

// Those that mean something for this machine, in the order they are shown.
std::vector<Setting> settings_of(const MachineConfig& config);

// The machine with one setting changed: to a slider's value, or to the choice of that index.
MachineConfig changed(const MachineConfig& config, SettingId id, std::uint64_t value);

// Why there can be no such machine, and at which setting.
struct SettingError {
  SettingId id = SettingId::Frames;
  std::string text;
};
std::optional<SettingError> setting_error(const MachineConfig& config);

}  // namespace vmp
