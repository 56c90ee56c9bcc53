#include "core/os/elf_image.h"

#include "core/base/enum_names.h"

namespace vmp {
namespace {

constexpr EnumNames<4> kMachines{"x86-32", "x86-64", "riscv32", "riscv64"};
constexpr EnumNames<26> kProblems{"not-elf",
                                  "header-cut",
                                  "bad-class",
                                  "bad-byte-order",
                                  "unsupported-machine",
                                  "class-of-other-machine",
                                  "not-executable",
                                  "bad-program-header-size",
                                  "no-program-headers",
                                  "too-many-program-headers",
                                  "program-headers-beyond-file",
                                  "needs-interpreter",
                                  "nothing-to-load",
                                  "file-size-above-memory-size",
                                  "segment-beyond-file",
                                  "segment-beyond-addresses",
                                  "misaligned-segment",
                                  "bad-section-header-size",
                                  "section-headers-beyond-file",
                                  "bad-section-names",
                                  "other-page-table-format",
                                  "segment-outside-user-half",
                                  "no-room-for-image",
                                  "zero-fill-not-writable",
                                  "no-room-for-stack",
                                  "arguments-too-long"};

}  // namespace

std::string_view name_of(ElfMachine machine) {
  return name_in(kMachines, machine);
}

std::string_view name_of(ElfProblem problem) {
  return name_in(kProblems, problem);
}

std::string section_names(const ElfImage& image, std::uint64_t load_bias, AddressRange range) {
  std::string names;
  for (const ElfSection& section : image.sections) {
    const VirtualAddress start = section.address + load_bias;
    if (!range.overlaps({start, start + section.size})) continue;
    if (!names.empty()) names += ' ';
    names += section.name;
  }
  return names;
}

}  // namespace vmp
