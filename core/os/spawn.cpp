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
  FileId executable;
  AddressSpace space;
  VirtualAddress stack_pointer;
  std::uint64_t load_bias = 0;
  VirtualAddress entry;
  std::vector<InitialWrite> writes;
};

// The file the program starts from; if there is none yet, the id it is going to have.
FileId Kernel::executable_of(const Program& program) const {
  const auto it = std::find_if(m_files.begin(), m_files.end(), [&](const File& each) {
    return each.program() != nullptr && same_executable(*each.program(), program);
  });
  return it == m_files.end() ? next_file() : it->id();
}

Result<Kernel::NewImage, RejectReason> Kernel::plan_image(const Program& program) {
  NewImage image;
  image.executable = executable_of(program);
  if (!program.elf) {
    std::optional<AddressSpace> space = load_program(format(), program, image.executable);
    if (!space) return Failure{RejectReason::BadProgram};
    const ArgumentBlock block = make_argument_block(format(), space->stack_top, program.name);
    image.space = std::move(*space);
    image.stack_pointer = block.stack_pointer;
    append_by_page(image.writes, block.stack_pointer, block.bytes);
    return image;
  }
  auto loaded = load_elf(format(), program, image.executable, m_config.aslr ? Aslr::On : Aslr::Off, m_rng);
  if (!loaded) return Failure{reject_reason(loaded.error().problem)};
  image.space = std::move(loaded->space);
  image.stack_pointer = loaded->stack.stack_pointer;
  image.load_bias = loaded->load_bias;
  image.entry = loaded->entry;
  append_by_page(image.writes, loaded->stack.stack_pointer, loaded->stack.bytes);
  for (InitialWrite& write : loaded->zeroed) image.writes.push_back(std::move(write));
  return image;
}

// The pages the kernel writes, those of the file they are copies of, and the nodes on the way to them.
std::uint64_t Kernel::frames_to_start(const NewImage& image) const {
  std::uint64_t frames = 0;
  for (std::uint32_t level = 0; level <= format().levels; ++level) {
    std::set<std::uint64_t> nodes;  // level 0 here: the pages themselves
    for (const InitialWrite& write : image.writes)
      nodes.insert(page_of(write.address).value() / format().pages_per_entry(level));
    frames += nodes.size() * (level == 0 ? 1 : format().frames_per_node());
  }
  std::set<PageNumber> from_file;
  for (const InitialWrite& write : image.writes) {
    if (image.space.find(write.address)->backing) from_file.insert(page_of(write.address));
  }
  return frames + from_file.size();
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
  Process& process = create_process(name, image->space, log);
  if (log != nullptr) log->push_back(ProcessStarted{process.id, std::nullopt, process.root});
  start(process, std::move(program), *image, log);
  return Completed{};
}

// Until the old address space is given up an error is the old program's to handle; after that the process can
// only be ended (fs/exec.c, begin_new_exec() and bprm_execve()).
Outcome Kernel::exec(ProcessId id, std::shared_ptr<const Program> program, EventLog* log) {
  Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  switch_to(*process, log);
  const Rng before = m_rng;
  auto image = plan_image(*program);
  const auto give_up = [&](Errno error, CallReason reason) {
    m_rng = before;
    return fail(*process, error, reason, log);
  };
  if (!image && image.error() == RejectReason::WrongMachine) {
    return give_up(Errno::Enoexec, CallReason::WrongMachine);
  }
  if (!image && image.error() == RejectReason::ArgumentsTooLong) {
    return give_up(Errno::E2big, CallReason::ArgumentsTooLong);
  }
  if (image) {
    if (const auto reason = make_room_to_start(frames_to_start(*image), log)) {
      m_rng = before;
      return fail_for_frames(*process, *reason, log);
    }
  }

  // Handlers lie in the old program's code, so the new one starts without.
  process->catches_signals = false;
  release_memory(*process, log);
  if (!image || !image_is_allowed(*process, *image)) {
    return deliver(*process,
                   Signalled{.signal = Signal::Segv,
                             .code = SignalCode::Kernel,
                             .reason = SignalReason::ExecFailed,
                             .address = {},
                             .fault = {},
                             .caught = false},
                   log);
  }
  process->space = image->space;
  process->root = add_node(*process, format().root_level(), PageNumber(0), log);
  if (log != nullptr) log->push_back(ProgramReplaced{id, process->root});
  start(*process, std::move(program), *image, log);
  return Completed{};
}

// True if the limits that exec keeps leave room for the new program.
bool Kernel::image_is_allowed(const Process& process, const NewImage& image) const {
  const std::uint64_t pages = image.space.mapped_pages();
  const std::uint64_t data = image.space.data_pages();
  return pages <= process.limits.address_space.value_or(pages) &&
         data <= process.limits.data.value_or(data) && may_commit_copy_of(image.space);
}

// The process has the image's address space, and a root node; the frames it takes are free.
void Kernel::start(Process& process, std::shared_ptr<const Program> program, const NewImage& image,
                   EventLog* log) {
  if (image.executable == next_file()) {
    m_files.emplace_back(next_file(), program, executable_bytes(format(), *program));
  }
  process.program = std::move(program);
  process.stack_pointer = image.stack_pointer;
  process.load_bias = image.load_bias;
  process.entry = image.entry;
  process.space.stack_limit = stack_limit_of(process);
  if (log != nullptr) {
    for (const Segment& segment : process.space.segments()) {
      log->push_back(SegmentMapped{process.id, segment.kind, segment.range, segment.permissions});
    }
  }
  for (const InitialWrite& write : image.writes) write_initially(process, write, log);
}

// The kernel writes through a mapping of its own, so no flag in the new entry tells; the frame table
// remembers.
void Kernel::write_initially(Process& process, const InitialWrite& write, EventLog* log) {
  const PageNumber page = page_of(write.address);
  const Segment& segment = *process.space.find(write.address);
  const auto entry = leaf_entry(process, page);
  const bool is_new = !entry || entry->pte.bits == 0;
  PageBytes bytes{};
  std::optional<FrameNumber> source;
  if (!is_new) {
    source = frame_of(format(), entry->pte);
  } else if (segment.backing) {
    const FilePageRef wanted = segment.backing_page(page);
    source = file(wanted.file).page(wanted.index).frame;
    if (!source) {
      charge(&Counters::file_reads);
      source = cache_file_page(process, wanted, log);
    }
  }
  if (source) bytes = m_memory.frame_bytes(*source);
  std::copy(write.bytes.begin(), write.bytes.end(),
            bytes.begin() + static_cast<std::ptrdiff_t>(offset_of(write.address)));
  const FrameNumber frame = is_new ? add_page_frame(process, {process.id, page}, log) : *source;
  if (log != nullptr && source && is_new) log->push_back(FrameCopied{*source, frame});
  m_memory.write_frame(frame, bytes);
  m_memory.stamp_access(frame, m_time);
  m_frames.mutate(frame).dirty = true;
  if (!is_new) return;
  add_user(frame, process, page);
  const PhysicalAddress address = ensure_leaf_entry(process, page, log);
  set_entry(process, page, 0, address, entry_for(segment, frame), log);
}

}  // namespace vmp
