// Starting a program: its address space is laid out, and the few pages the kernel itself writes, the top of
// the stack and what must be zeroed behind a file's bytes, are brought into RAM. All others wait for their
// first touch.
#include <algorithm>
#include <set>

#include "core/os/elf_loader.h"
#include "core/os/kernel.h"

namespace vmp {
namespace {

RejectReason reject_reason(ElfProblem problem) {
  switch (problem) {
    case ElfProblem::OtherPageTableFormat:
      return RejectReason::WrongMachine;
    case ElfProblem::ArgumentsTooLong:
      return RejectReason::ArgumentsTooLong;
    case ElfProblem::ZeroFillNotWritable:
      return RejectReason::ZeroFillNotWritable;
    default:
      return RejectReason::BadProgram;
  }
}

// The bytes from `address` on, cut at page borders.
void append_by_page(std::vector<InitialWrite>& writes, VirtualAddress address,
                    const std::vector<std::uint8_t>& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const VirtualAddress at = address + done;
    const std::size_t count =
        std::min(bytes.size() - done, static_cast<std::size_t>(kPageSize - offset_of(at)));
    const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(done);
    writes.push_back({at, std::vector<std::uint8_t>(from, from + static_cast<std::ptrdiff_t>(count))});
    done += count;
  }
}

}  // namespace

struct Kernel::NewImage {
  AddressSpace space;
  VirtualAddress stack_pointer;
  std::uint64_t load_bias = 0;
  VirtualAddress entry;
  std::vector<InitialWrite> writes;
};

Result<Kernel::NewImage, RejectReason> Kernel::plan_image(const Program& program) {
  NewImage image;
  if (!program.elf) {
    std::optional<AddressSpace> space = load_program(format(), program);
    if (!space) return Failure{RejectReason::BadProgram};
    const ArgumentBlock block = make_argument_block(format(), space->stack_top, program.name);
    image.space = std::move(*space);
    image.stack_pointer = block.stack_pointer;
    append_by_page(image.writes, block.stack_pointer, block.bytes);
    return image;
  }
  auto loaded = load_elf(format(), program, m_config.aslr ? Aslr::On : Aslr::Off, m_rng);
  if (!loaded) return Failure{reject_reason(loaded.error().problem)};
  image.space = std::move(loaded->space);
  image.stack_pointer = loaded->stack.stack_pointer;
  image.load_bias = loaded->load_bias;
  image.entry = loaded->entry;
  append_by_page(image.writes, loaded->stack.stack_pointer, loaded->stack.bytes);
  for (InitialWrite& write : loaded->zeroed) image.writes.push_back(std::move(write));
  return image;
}

// The pages the kernel writes, and the nodes on the way to them.
std::uint64_t Kernel::frames_to_start(const NewImage& image) const {
  std::uint64_t frames = 0;
  for (std::uint32_t level = 0; level <= format().levels; ++level) {
    std::set<std::uint64_t> nodes;  // level 0 here: the pages themselves
    for (const InitialWrite& write : image.writes)
      nodes.insert(page_of(write.address).value() / format().pages_per_entry(level));
    frames += nodes.size() * (level == 0 ? 1 : format().frames_per_node());
  }
  return frames;
}

Outcome Kernel::spawn(const std::string& name, std::shared_ptr<const Program> program, EventLog* log) {
  if (const auto reason = cannot_start(name)) return Rejected{*reason};
  const Rng before = m_rng;
  auto image = plan_image(*program);
  const std::optional<RejectReason> reason =
      image ? make_room_to_start(frames_to_start(*image), log) : std::optional(image.error());
  if (reason) {
    m_rng = before;
    return Rejected{*reason};
  }

  Process& process = create_process(name, std::move(image->space), log);
  process.program = std::move(program);
  process.stack_pointer = image->stack_pointer;
  process.load_bias = image->load_bias;
  process.entry = image->entry;
  if (log != nullptr) {
    log->push_back(ProcessStarted{process.id, std::nullopt, process.root});
    for (const Segment& segment : process.space.segments()) {
      log->push_back(SegmentMapped{process.id, segment.kind, segment.range, segment.permissions});
    }
  }
  for (const InitialWrite& write : image->writes) write_initially(process, write, log);
  return Completed{};
}

// The kernel writes through a mapping of its own, so no flag in the new entry tells; the frame table
// remembers.
void Kernel::write_initially(Process& process, const InitialWrite& write, EventLog* log) {
  const PageNumber page = page_of(write.address);
  const Segment& segment = *process.space.find(write.address);
  std::optional<FrameNumber> frame;
  PageBytes bytes{};
  const auto entry = leaf_entry(process, page);
  if (entry && entry->pte.bits != 0) {
    frame = frame_of(format(), entry->pte);
    bytes = m_memory.frame_bytes(*frame);
  } else {
    segment.initial_bytes(page, bytes.data());
  }
  std::copy(write.bytes.begin(), write.bytes.end(),
            bytes.begin() + static_cast<std::ptrdiff_t>(offset_of(write.address)));
  const bool is_new = !frame;
  if (is_new) frame = add_page_frame(process, {process.id, page}, log);
  m_memory.write_frame(*frame, bytes);
  m_memory.stamp_access(*frame, m_time);
  m_frames.mutate(*frame).dirty = true;
  if (!is_new) return;
  add_user(*frame, process, page);
  const PhysicalAddress address = ensure_leaf_entry(process, page, log);
  set_entry(process, page, 0, address, entry_for(segment, *frame), log);
}

}  // namespace vmp
