#include "tests/linux/simulated_machine.h"

#include <algorithm>
#include <cerrno>
#include <signal.h>

namespace linux_oracle {

using namespace vmp;

namespace {

int number_of(Errno error) {
  switch (error) {
    case Errno::Einval:
      return EINVAL;
    case Errno::Enomem:
      return ENOMEM;
    case Errno::Eexist:
      return EEXIST;
    case Errno::Eperm:
      return EPERM;
    case Errno::Efault:
      return EFAULT;
    case Errno::Enoexec:
      return ENOEXEC;
    case Errno::E2big:
      return E2BIG;
  }
  return 0;
}

int number_of(Signal signal) {
  return signal == Signal::Segv ? SIGSEGV : signal == Signal::Bus ? SIGBUS : SIGKILL;
}

int number_of(SignalCode code) {
  switch (code) {
    case SignalCode::MapErr:
      return SEGV_MAPERR;
    case SignalCode::AccErr:
      return SEGV_ACCERR;
    case SignalCode::AdrErr:
      return BUS_ADRERR;
    default:
      return 0;
  }
}

Permissions permissions_of(std::uint32_t bits) {
  return {.read = (bits & 1) != 0, .write = (bits & 2) != 0, .execute = (bits & 4) != 0};
}

}  // namespace

SimulatedMachine::SimulatedMachine(const MachineConfig& config, std::uint8_t file_fill) : m_kernel(config) {
  auto program = std::make_shared<Program>();
  program->name = "oracle";
  program->heap_limit_pages = kHeapPages;
  m_kernel.spawn("p0", program, nullptr);
  m_ids[0] = m_kernel.find_process("p0")->id;
  m_kernel.set_signal_handling(m_ids[0], true, nullptr);
  m_heap = m_kernel.find_process(m_ids[0])->space.heap_start.value();
  for (int file = 0; file < kFiles; ++file) {
    m_kernel.create_file("f" + std::to_string(file), kMostFilePages / 2 * kPage, file_fill, nullptr);
  }
}

FileId SimulatedMachine::file_of(int file) const {
  return m_kernel.find_file("f" + std::to_string(file))->id();
}

Outcome SimulatedMachine::carry_out(const Operation& o) {
  const ProcessId id = id_of(o.process);
  const VirtualAddress address(o.address + ((o.flags & kInHeap) != 0 ? m_heap : 0));
  switch (o.kind) {
    case Kind::Read:
    case Kind::Write:
      return m_kernel.access(id,
                             {.kind = o.kind == Kind::Read ? AccessKind::Read : AccessKind::Write,
                              .address = address,
                              .size = o.size,
                              .value = o.value},
                             nullptr);
    case Kind::Map:
      return m_kernel.mmap(id,
                           {.address = address,
                            .length = o.length,
                            .permissions = permissions_of(o.permissions),
                            .fixed = true,
                            .no_replace = (o.flags & kNoReplace) != 0,
                            .shared = (o.flags & kShared) != 0,
                            .grows_down = false,
                            .file = o.file < 0 ? std::nullopt : std::optional(file_of(o.file)),
                            .offset = o.value},
                           nullptr);
    case Kind::Unmap:
      return m_kernel.munmap(id, address, o.length, nullptr);
    case Kind::Protect:
      return m_kernel.mprotect(id, address, o.length, permissions_of(o.permissions), nullptr);
    case Kind::Remap: {
      Kernel::RemapRequest request{.address = address, .old_length = o.length, .new_length = o.new_length};
      request.may_move = (o.flags & kMayMove) != 0;
      if (request.may_move) request.fixed = VirtualAddress(o.target);
      return m_kernel.mremap(id, request, nullptr);
    }
    case Kind::DontNeed:
      return m_kernel.madvise(id, address, o.length, Kernel::Advice::DontNeed, nullptr);
    case Kind::Break:
      return m_kernel.brk(id, address, nullptr);
    case Kind::Truncate:
      return m_kernel.truncate_file(file_of(o.file), o.length, nullptr);
    case Kind::Fork: {
      const std::string name = "p" + std::to_string(++m_started);
      Outcome outcome = m_kernel.fork(id, name, nullptr);
      if (const Process* child = m_kernel.find_process(name); child != nullptr) {
        m_ids[static_cast<std::size_t>(o.child)] = child->id;
      }
      return outcome;
    }
    case Kind::Exit:
      return m_kernel.exit(id, 0, nullptr);
    case Kind::Limit: {
      const bool data = (o.flags & kOfData) != 0;
      const AddressSpace& space = m_kernel.find_process(id)->space;
      const std::uint64_t pages = (data ? space.data_pages() : space.mapped_pages()) + o.length / kPage;
      return m_kernel.set_limit(id, data ? Limit::Data : Limit::AddressSpace,
                                (o.flags & kLift) != 0 ? std::nullopt : std::optional(pages), nullptr);
    }
  }
  return Completed{};
}

Answer SimulatedMachine::answer_to(const Operation& o, const Outcome& outcome) const {
  Answer answer;
  if (const auto* signalled = std::get_if<Signalled>(&outcome)) {
    answer.signal = number_of(signalled->signal);
    answer.code = number_of(signalled->code);
    answer.address = signalled->address.value() - ((o.flags & kInHeap) != 0 ? m_heap : 0);
  } else if (const auto* failed = std::get_if<CallFailed>(&outcome)) {
    answer.result = -number_of(failed->error);
  } else if (std::holds_alternative<Rejected>(outcome)) {
    answer.result = -ENOSYS;  // nothing here may be rejected
  } else if (o.kind == Kind::Map || o.kind == Kind::Remap || o.kind == Kind::Read) {
    answer.result = static_cast<std::int64_t>(std::get<Completed>(outcome).value.value_or(0));
  }
  if (o.kind == Kind::Break) {
    answer.result = static_cast<std::int64_t>(
        m_kernel.find_process(id_of(o.process))->space.program_break.value() - m_heap);
  }
  return answer;
}

Answer SimulatedMachine::execute(const Operation& operation) {
  const Outcome outcome = carry_out(operation);
  return answer_to(operation, outcome);
}

std::vector<Area> SimulatedMachine::areas(int process) const {
  std::vector<Area> found;
  for (const Segment& segment : m_kernel.find_process(id_of(process))->space.segments()) {
    Area area{segment.range.start.value(), segment.range.end.value(),
              to_string(segment.permissions) + (segment.shared ? "s" : "p")};
    const bool in_arena = area.start >= kArena && area.start < kArenaEnd;
    const bool in_heap = area.end > m_heap && area.start < m_heap + kHeapPages * kPage;
    if (in_heap) {
      area.start = area.start > m_heap ? area.start - m_heap : 0;
      area.end -= m_heap;
    }
    if (in_arena || in_heap) found.push_back(area);
  }
  return found;
}

}  // namespace linux_oracle
