#include "core/os/process.h"

namespace vmp {

void Process::hash_into(Hasher& hasher) const {
  hasher.add(id);
  hasher.add(std::string_view(name));
  hasher.add(std::string_view(program ? program->name : std::string()));
  hasher.add(static_cast<std::uint64_t>(state));
  hasher.add(parent);
  hasher.add(asid);
  hasher.add(root);
  for (const FrameNumber frame : node_frames) hasher.add(frame);
  space.hash_into(hasher);
  hasher.add(stack_pointer);
  if (program && program->elf) {
    hasher.add(hash_words(program->elf->digest));
    hasher.add(load_bias);
    hasher.add(entry);
  }
  hasher.add(resident_pages);
  hasher.add(resident_limit.has_value() ? *resident_limit + 1 : 0);
  if (frame_quota) {
    hasher.add(*frame_quota);
    hasher.add(last_fault);
  }
  limits.hash_into(hasher);
  hasher.add(static_cast<std::uint64_t>(catches_signals));
  hasher.add(exit_status);
  hasher.add(static_cast<std::uint64_t>(killed_by.has_value()));
  counters.hash_into(hasher);
}

std::string section_names_of(const Process& process, const Segment& segment) {
  const bool is_of_file = segment.kind == SegmentKind::Code || segment.kind == SegmentKind::ReadOnlyData ||
                          segment.kind == SegmentKind::Data || segment.kind == SegmentKind::Bss;
  if (!is_of_file || !process.program || !process.program->elf) return {};
  return section_names(*process.program->elf->image, process.load_bias, segment.range);
}

}  // namespace vmp
