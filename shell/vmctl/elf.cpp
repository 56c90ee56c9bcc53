// An executable file, loaded: the segments it becomes, as a process finds them, with their section names and,
// if asked for, what a program would read there.
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/os/elf_loader.h"
#include "core/os/elf_reader.h"
#include "core/sim/machine.h"
#include "core/sim/narrate.h"
#include "core/sim/text_number.h"
#include "shell/vmctl/input.h"
#include "shell/vmctl/options.h"

namespace vmctl {
namespace {

using nlohmann::ordered_json;

constexpr std::uint64_t kFrames = 4096;
constexpr std::uint64_t kMostPagesRead = 65536;

int refuse(const std::string& file, const vmp::ElfError& error) {
  const vmp::PageTableFormat& format = vmp::format_of(vmp::FormatId::X86_32);
  complain(file + ": " + vmp::render(vmp::narrate_elf_error(error), format, vmp::english()));
  return kError;
}

// The bytes of a segment as the program would read them, page by page, each brought in by its fault; their
// digest, or nothing if the segment may not be read.
std::optional<std::string> contents(vmp::Machine& machine, const vmp::Process& process,
                                    vmp::AddressRange range) {
  constexpr std::uint32_t kWord = 8;
  std::vector<std::uint8_t> bytes;
  for (vmp::VirtualAddress at = range.start; at < range.end; at = at + kWord) {
    const vmp::Access access{.kind = vmp::AccessKind::Read, .address = at, .size = kWord, .value = 0};
    const vmp::Outcome outcome = machine.execute(vmp::AccessMemory{process.name, access}, nullptr);
    const auto* completed = std::get_if<vmp::Completed>(&outcome);
    if (completed == nullptr) return std::nullopt;
    for (std::uint32_t i = 0; i < kWord; ++i)
      bytes.push_back(static_cast<std::uint8_t>(*completed->value >> (8 * i)));
  }
  return vmp::to_hex(vmp::sha256(bytes));
}

ordered_json json_of(const vmp::Segment& segment, const vmp::Process& process) {
  ordered_json object{{"start", vmp::to_hex(segment.range.start.value(), 8)},
                      {"end", vmp::to_hex(segment.range.end.value(), 8)},
                      {"permissions", vmp::to_string(segment.permissions)},
                      {"kind", vmp::name_of(segment.kind)},
                      {"file_offset", nullptr},
                      {"sections", vmp::section_names_of(process, segment)}};
  if (segment.backing) object["file_offset"] = segment.file_offset;
  return object;
}

ordered_json report(vmp::Machine& machine, const vmp::Process& process, bool with_contents) {
  const vmp::ElfFile& elf = *process.program->elf;
  const vmp::ElfImage& image = *elf.image;
  const vmp::AddressSpace& space = process.space;
  ordered_json object{{"file", elf.file_name},
                      {"sha256", vmp::to_hex(elf.digest)},
                      {"machine", vmp::name_of(image.machine)},
                      {"type", image.type == vmp::ElfType::Fixed ? "fixed" : "static-pie"},
                      {"format", machine.kernel().format().name},
                      {"load_bias", vmp::to_hex(process.load_bias, 8)},
                      {"entry", vmp::to_hex(process.entry.value(), 8)},
                      {"heap_start", vmp::to_hex(space.heap_start.value(), 8)},
                      {"mmap_base", vmp::to_hex(space.layout().mmap_base.value(), 8)},
                      {"stack_pointer", vmp::to_hex(process.stack_pointer.value(), 8)},
                      {"stack_top", vmp::to_hex(space.stack_top.value(), 8)},
                      {"segments", ordered_json::array()}};
  if (image.section_problem) object["section_problem"] = vmp::name_of(image.section_problem->problem);
  const std::vector<vmp::Segment> segments = space.segments();
  for (const vmp::Segment& segment : segments) {
    ordered_json row = json_of(segment, process);
    if (with_contents) {
      const auto digest = contents(machine, process, segment.range);
      row["sha256"] = digest ? ordered_json(*digest) : ordered_json(nullptr);
    }
    object["segments"].push_back(std::move(row));
  }
  return object;
}

std::string text(const ordered_json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

void print(const ordered_json& object) {
  std::cout << text(object["file"]) << ": " << text(object["machine"]) << ", " << text(object["type"])
            << ", on " << text(object["format"]) << '\n';
  for (const char* key : {"load_bias", "entry", "heap_start", "mmap_base", "stack_pointer", "stack_top"})
    std::cout << std::left << std::setw(15) << key << text(object[key]) << '\n';
  std::cout << '\n';
  for (const ordered_json& segment : object["segments"]) {
    const ordered_json& offset = segment["file_offset"];
    std::cout << text(segment["start"]) << " - " << text(segment["end"]) << "  "
              << text(segment["permissions"]) << "  " << std::setw(14) << text(segment["kind"]) << "  "
              << std::setw(18)
              << (offset.is_null() ? std::string("-")
                                   : "file + " + vmp::to_hex(offset.get<std::uint64_t>(), 1))
              << "  " << text(segment["sections"]);
    if (segment.contains("sha256")) std::cout << "  " << text(segment["sha256"]);
    std::cout << '\n';
  }
}

}  // namespace

int elf(const ElfOptions& options) {
  const vmp::FileBytes bytes = load_bytes(options.file);
  if (!bytes) return kError;
  auto image = vmp::read_elf(bytes);
  if (!image) return refuse(options.file, image.error());

  vmp::Program program;
  program.name = "program";
  const std::size_t slash = options.file.rfind('/');
  program.elf =
      vmp::ElfFile{.file_name = slash == std::string::npos ? options.file : options.file.substr(slash + 1),
                   .digest = vmp::sha256(*bytes),
                   .image = std::make_shared<const vmp::ElfImage>(*image)};
  program.arguments = options.arguments;
  if (program.arguments.empty()) program.arguments.push_back(program.elf->file_name);
  program.environment = options.environment;
  program.heap_limit_pages = vmp::kUsualElfHeapPages;
  program.stack_limit_pages = vmp::kUsualElfStackPages;

  vmp::MachineConfig config;
  config.format = options.format ? *options.format : vmp::usual_format(image->machine);
  config.frames = kFrames;
  config.aslr = options.aslr;
  config.seed = options.seed;
  vmp::Machine machine = vmp::Machine::build(config).value();
  // Asked here first, because the kernel's refusal is shorter than the loader's.
  vmp::Rng rng(options.seed);
  const auto aslr = options.aslr ? vmp::Aslr::On : vmp::Aslr::Off;
  if (const auto loaded = vmp::load_elf(vmp::format_of(config.format), program, vmp::FileId(1), aslr, rng);
      !loaded)
    return refuse(options.file, loaded.error());
  const vmp::SpawnProcess spawn{"program", std::make_shared<const vmp::Program>(program)};
  if (std::holds_alternative<vmp::Rejected>(machine.execute(spawn, nullptr))) {
    complain(options.file + ": it does not fit a machine of " + std::to_string(kFrames) + " frames");
    return kError;
  }

  const vmp::Process& process = *machine.kernel().find_process("program");
  if (options.contents && process.space.mapped_pages() > kMostPagesRead) {
    complain(options.file + ": more than " + std::to_string(kMostPagesRead) + " pages are too many to read");
    return kError;
  }
  const ordered_json object = report(machine, process, options.contents);
  if (options.json) {
    std::cout << object.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  } else {
    print(object);
  }
  return kSuccess;
}

}  // namespace vmctl
