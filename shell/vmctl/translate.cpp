// The walk of one address, level by level, from the entries in RAM as they are; nothing is set, filled or
// counted.
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/hw/fault_code.h"
#include "core/sim/explain.h"
#include "core/sim/narrate.h"
#include "core/sim/text_number.h"
#include "shell/vmctl/input.h"
#include "shell/vmctl/options.h"

namespace vmctl {
namespace {

using nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> kAccessNames{"read", "write", "execute"};

std::string sentence_of(const vmp::Fault& fault, const vmp::Process& process, const vmp::Kernel& kernel) {
  const vmp::Event event = vmp::HardwareDid{process.id, vmp::FaultRaised{fault}};
  const std::optional<vmp::Message> message = vmp::narrate(event, kernel);
  return message ? vmp::render(*message, kernel.format(), vmp::english())
                 : std::string(vmp::name_of(fault.kind));
}

void print_text(const vmp::WalkExplanation& walk, const vmp::Process& process, const vmp::Kernel& kernel) {
  const vmp::PageTableFormat& format = kernel.format();
  std::cout << format.name << ", root node in frame " << vmp::hex_frame(process.root) << " at "
            << vmp::hex_address(vmp::address_of(process.root)) << '\n';
  for (const vmp::WalkStep& step : walk.steps) {
    std::cout << "level " << step.level << ": entry " << step.index << " at "
              << vmp::hex_address(step.entry_address) << " = " << vmp::hex_entry(step.pte, format);
    const std::string flags = vmp::flag_letters(format, step.pte);
    if (!flags.empty()) std::cout << "  " << flags;
    std::cout << '\n';
  }
  const std::string from = vmp::hex_address(walk.address, format);
  if (walk.physical) {
    std::cout << from << " -> " << vmp::hex_address(*walk.physical) << "  "
              << vmp::to_string(walk.permissions) << '\n';
  } else if (walk.fault) {
    std::cout << from << " -> fault " << vmp::name_of(walk.fault->kind) << ": "
              << sentence_of(*walk.fault, process, kernel) << '\n';
  }
}

ordered_json json_of(const vmp::Fault& fault, const vmp::Kernel& kernel) {
  const vmp::FaultCode code = vmp::fault_code(kernel.format(), fault, kernel.config().protection.smep);
  ordered_json object{{"kind", vmp::name_of(fault.kind)}, {"reported", vmp::to_string(code)}};
  if (fault.entry) {
    object["level"] = fault.entry->level;
    object["entry_address"] = vmp::hex_address(fault.entry->address);
    object["deciding_bits"] = vmp::to_hex(fault.deciding_mask, 1);
  }
  return object;
}

void print_json(const TranslateOptions& options, const vmp::WalkExplanation& walk,
                const vmp::Process& process, const vmp::Kernel& kernel) {
  const vmp::PageTableFormat& format = kernel.format();
  ordered_json object{{"process", process.name},
                      {"address", vmp::hex_address(walk.address, format)},
                      {"access", kAccessNames[static_cast<std::size_t>(options.access)]},
                      {"format", format.name},
                      {"root", vmp::hex_address(vmp::address_of(process.root))},
                      {"steps", ordered_json::array()}};
  for (const vmp::WalkStep& step : walk.steps) {
    object["steps"].push_back({{"level", step.level},
                               {"index", step.index},
                               {"node", vmp::hex_address(vmp::address_of(step.node))},
                               {"entry_address", vmp::hex_address(step.entry_address)},
                               {"entry", vmp::hex_entry(step.pte, format)},
                               {"flags", vmp::flag_letters(format, step.pte)},
                               {"leaf", step.leaf}});
  }
  if (walk.physical) {
    object["physical"] = vmp::hex_address(*walk.physical);
    object["permissions"] = vmp::to_string(walk.permissions);
  }
  if (walk.fault) object["fault"] = json_of(*walk.fault, kernel);
  std::cout << object.dump(2) << '\n';
}

}  // namespace

int translate(const TranslateOptions& options) {
  const std::optional<vmp::Scenario> scenario = load_scenario(options.file);
  if (!scenario) return kError;
  const std::optional<vmp::Machine> machine = run_silently(*scenario, options.file);
  if (!machine) return kError;
  const vmp::Process* process = find_running(*machine, options.process);
  if (process == nullptr) return kError;
  const vmp::Kernel& kernel = machine->kernel();
  const vmp::WalkExplanation walk = vmp::explain_walk(kernel, *process, options.address, options.access);
  if (options.json) {
    print_json(options, walk, *process, kernel);
  } else {
    print_text(walk, *process, kernel);
  }
  return kSuccess;
}

}  // namespace vmctl
