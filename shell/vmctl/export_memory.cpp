// The simulated RAM as a file, for debuggers and emulators, and beside it what the page tables in it say.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/sim/explain.h"
#include "core/sim/mapping_list.h"
#include "core/sim/narrate.h"
#include "core/sim/text_number.h"
#include "shell/vmctl/input.h"
#include "shell/vmctl/options.h"

namespace vmctl {
namespace {

using nlohmann::ordered_json;

std::string physical_base(const vmp::Kernel& kernel) {
  return vmp::to_hex(kernel.config().physical_base.value(), 1);
}

bool write_memory(const vmp::PhysicalMemory& memory, const std::string& out) {
  errno = 0;
  std::FILE* file = std::fopen(out.c_str(), "wb");
  bool written = file != nullptr;
  for (std::uint64_t frame = 0; written && frame < memory.frame_count(); ++frame) {
    const vmp::PageBytes& bytes = memory.frame_bytes(memory.first_frame() + frame);
    written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  }
  // What was buffered may fail to be written only now.
  if (file != nullptr) written = std::fclose(file) == 0 && written;
  if (!written) complain("cannot write " + out + ": " + std::strerror(errno));
  return written;
}

ordered_json json_of(const vmp::Mapping& mapping, const vmp::PageTableFormat& format) {
  return {{"virtual", vmp::hex_address(mapping.virtual_address, format)},
          {"physical", vmp::hex_address(mapping.physical_address)},
          {"size", mapping.size},
          {"flags", vmp::flag_letters(format, mapping.pte)},
          {"entry", vmp::hex_entry(mapping.pte, format)}};
}

void print_json(const vmp::Kernel& kernel) {
  const vmp::PageTableFormat& format = kernel.format();
  ordered_json object{{"format", format.name},
                      {"physical_base", physical_base(kernel)},
                      {"bytes", kernel.memory().frame_count() * vmp::kPageSize},
                      {"processes", ordered_json::array()}};
  for (const vmp::Process& process : kernel.processes()) {
    if (!process.running()) continue;
    const vmp::MappingList list = vmp::mappings_in_memory(kernel, process);
    ordered_json mappings = ordered_json::array();
    for (const vmp::Mapping& mapping : list.mappings) mappings.push_back(json_of(mapping, format));
    object["processes"].push_back({{"name", process.name},
                                   {"root", vmp::hex_address(vmp::address_of(process.root))},
                                   {"asid", process.asid.value()},
                                   {"complete", list.complete},
                                   {"mappings", std::move(mappings)}});
  }
  std::cout << object.dump(2) << '\n';
}

void print_text(const vmp::Kernel& kernel) {
  const vmp::PageTableFormat& format = kernel.format();
  std::cout << "format " << format.name << ", physical base " << physical_base(kernel) << ", "
            << kernel.memory().frame_count() * vmp::kPageSize << " bytes\n";
  for (const vmp::Process& process : kernel.processes()) {
    if (!process.running()) continue;
    const vmp::MappingList list = vmp::mappings_in_memory(kernel, process);
    std::cout << "\nprocess " << process.name << ", root " << vmp::hex_address(vmp::address_of(process.root))
              << '\n';
    for (const vmp::Mapping& mapping : list.mappings) {
      std::cout << "  " << vmp::hex_address(mapping.virtual_address, format) << " -> "
                << vmp::hex_address(mapping.physical_address) << "  " << mapping.size << " bytes  "
                << vmp::flag_letters(format, mapping.pte) << '\n';
    }
    if (!list.complete) std::cout << "  and more\n";
  }
}

}  // namespace

int export_memory(const ExportOptions& options) {
  const std::optional<vmp::Scenario> scenario = load_scenario(options.file);
  if (!scenario) return kError;
  const std::optional<vmp::Machine> machine = run_silently(*scenario, options.file);
  if (!machine || !write_memory(machine->kernel().memory(), options.out)) return kError;
  if (options.json) {
    print_json(machine->kernel());
  } else {
    print_text(machine->kernel());
  }
  return kSuccess;
}

}  // namespace vmctl
