#include "tests/property/naive_memory.h"

namespace vmp::test {
namespace {

constexpr std::uint8_t kRiscvNop[4] = {0x13, 0, 0, 0};
constexpr std::uint8_t kCodeMark = 1;  // in Space::initial: a page full of no-operation instructions

std::string hex(std::uint64_t number) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  do text.insert(text.begin(), kDigits[number % 16]);
  while ((number /= 16) != 0);
  return "0x" + text;
}

bool can_forbid_execution(const PageTableFormat& format) {
  return format.execute != 0 || format.no_execute != 0;
}

bool completed(const Outcome& outcome) {
  return std::holds_alternative<Completed>(outcome);
}

}  // namespace

NaiveMemory::Space* NaiveMemory::alive(const std::string& name) {
  const auto it = m_spaces.find(name);
  return it == m_spaces.end() || !it->second.alive ? nullptr : &it->second;
}

void NaiveMemory::drop(Space& space, std::uint64_t first_page, std::uint64_t pages) {
  for (std::uint64_t page = first_page; page < first_page + pages; ++page) {
    space.pages.erase(page);
    space.initial.erase(page);
    space.backing.erase(page);
    space.copied.erase(page);
    space.bytes.erase(space.bytes.lower_bound(page * kPageSize),
                      space.bytes.lower_bound((page + 1) * kPageSize));
  }
}

void NaiveMemory::set(Space& space, std::uint64_t first_page, std::uint64_t pages, Permissions permissions) {
  for (std::uint64_t page = first_page; page < first_page + pages; ++page) space.pages[page] = permissions;
}

std::uint8_t NaiveMemory::byte_at(const Space& space, std::uint64_t address) const {
  const auto backing = space.backing.find(address / kPageSize);
  if (backing != space.backing.end() && !space.copied.contains(address / kPageSize)) {
    return object_byte(backing->second, address % kPageSize);
  }
  if (const auto it = space.bytes.find(address); it != space.bytes.end()) return it->second;
  if (!space.initial.contains(address / kPageSize)) return 0;
  return is_x86(m_format) ? 0x90 : kRiscvNop[address % 4];
}

// x86 grants reading with anything, and 32-bit x86 executing too; RISC-V grants reading with writing.
bool NaiveMemory::grants(Space& space, std::uint64_t page, AccessKind kind) {
  const std::uint64_t top = m_layout.user_end.value() / kPageSize;
  const bool executable = kind != AccessKind::Execute || !can_forbid_execution(m_format);
  if (!space.pages.contains(page) && page < top && page >= top - space.stack_limit_pages && executable) {
    space.pages[page] = {.read = true, .write = true, .execute = false};  // the stack grows
    for (std::uint64_t p = page; !space.pages.contains(p + 1) && p + 1 < top; ++p) {
      space.pages[p + 1] = space.pages[page];
    }
  }
  const auto it = space.pages.find(page);
  if (it == space.pages.end()) return false;
  const Permissions p = it->second;
  const bool any = p.read || p.write || p.execute;
  if (kind == AccessKind::Write) return p.write;
  if (kind == AccessKind::Execute) return can_forbid_execution(m_format) ? p.execute : any;
  return is_x86(m_format) ? any : p.read || p.write;
}

std::string NaiveMemory::follow_spawn(const SpawnProcess& what) {
  Space& space = m_spaces[what.process];
  const Program& program = *what.program;
  std::uint64_t at = m_layout.program_base.value() / kPageSize;
  const auto add = [&](std::uint64_t pages, Permissions permissions) {
    set(space, at, pages, permissions);
    at += pages;
  };
  for (std::uint64_t i = 0; i < program.code_pages; ++i) space.initial[at + i] = kCodeMark;
  add(program.code_pages, {.read = true, .write = false, .execute = true});
  add(program.rodata_pages, {.read = true, .write = false, .execute = false});
  add(program.data_pages + program.bss_pages, {.read = true, .write = true, .execute = false});
  space.heap_start = at;
  add(program.heap_pages, {.read = true, .write = true, .execute = false});
  space.heap_end = at;
  space.stack_limit_pages = program.stack_limit_pages;
  const std::uint64_t top = m_layout.user_end.value();
  set(space, top / kPageSize - 1, 1, {.read = true, .write = true, .execute = false});
  for (const InitialWord& word : program.words) {
    for (std::uint32_t i = 0; i < word.size; ++i) {
      space.bytes[word.address.value() + i] = static_cast<std::uint8_t>(word.value >> (8 * i));
    }
  }
  const ArgumentBlock block = make_argument_block(m_format, VirtualAddress(top), program.name);
  for (std::size_t i = 0; i < block.bytes.size(); ++i)
    space.bytes[block.stack_pointer.value() + i] = block.bytes[i];
  return "";
}

std::string NaiveMemory::follow_exec(const ReplaceProgram& what, const Outcome& outcome) {
  if (alive(what.process) == nullptr) return completed(outcome) ? "exec of a process that is not there" : "";
  if (std::holds_alternative<Signalled>(outcome)) m_spaces[what.process].alive = false;
  if (!completed(outcome)) return "";
  m_spaces[what.process] = Space{};
  return follow_spawn({what.process, what.program});
}

std::string NaiveMemory::follow_access(const AccessMemory& what, const Outcome& outcome) {
  Space* space = alive(what.process);
  if (space == nullptr) return completed(outcome) ? "an access of a process that is not there completed" : "";
  if (std::holds_alternative<Rejected>(outcome)) return "";
  const auto* signalled = std::get_if<Signalled>(&outcome);
  if (signalled != nullptr && signalled->reason == SignalReason::OutOfMemory) {
    space->alive = false;
    return "";
  }
  if (signalled != nullptr && signalled->reason == SignalReason::SwapReadError) {
    if (signalled->signal != Signal::Bus || signalled->code != SignalCode::AdrErr) return "a wrong signal";
    if (!space->catches) space->alive = false;
    return "";
  }
  // The gap below a stack is no mapping's, and this model has no notion of it.
  if (signalled != nullptr && signalled->reason == SignalReason::StackGuardGap) {
    space->alive = space->catches;
    return "";
  }
  const std::uint64_t address = what.access.address.value();
  const bool low = grants(*space, address / kPageSize, what.access.kind);
  const std::uint64_t last_page = (address + what.access.size - 1) / kPageSize;
  const bool allowed = low && grants(*space, last_page, what.access.kind) &&
                       exists(*space, address / kPageSize) && exists(*space, last_page);
  if (!allowed) {
    if (signalled == nullptr) return "an access that is not allowed completed: " + hex(address);
    if (!space->catches) space->alive = false;
    return "";
  }
  if (signalled != nullptr)
    return "an allowed access was refused: " + hex(address) + " " + std::string(name_of(signalled->reason));
  for (std::uint32_t i = 0; i < what.access.size; ++i) {
    if (what.access.kind == AccessKind::Write) {
      store(*space, address + i, static_cast<std::uint8_t>(what.access.value >> (8 * i)));
      continue;
    }
    const auto read = static_cast<std::uint8_t>(*std::get<Completed>(outcome).value >> (8 * i));
    if (read != byte_at(*space, address + i)) {
      return "read " + hex(read) + " at " + hex(address + i) + " instead of " +
             hex(byte_at(*space, address + i));
    }
  }
  return "";
}

namespace {

std::uint8_t byte_in_machine(const Kernel& kernel, const Process& process, VirtualAddress address) {
  const auto offset = static_cast<std::size_t>(offset_of(address));
  const auto entry = kernel.leaf_entry(process, page_of(address));
  const EntryState state = entry ? decode_leaf(kernel.format(), entry->pte) : EntryState{EmptyEntry{}};
  if (std::holds_alternative<EmptyEntry>(state)) {
    const Segment& segment = *process.space.find(address);
    if (!segment.backing) return 0;
    const FilePageRef page = segment.backing_page(page_of(address));
    const File& file = kernel.file(page.file);
    const File::Page where = file.page(page.index);
    if (where.frame) return kernel.memory().frame_bytes(*where.frame)[offset];
    if (where.slot) return kernel.swap_device().peek(*where.slot)[offset];
    return file.on_device(page.index)[offset];
  }
  if (const auto* swapped = std::get_if<SwappedEntry>(&state))
    return kernel.swap_device().peek(swapped->slot)[offset];
  return kernel.memory().frame_bytes(frame_of(kernel.format(), entry->pte))[offset];
}

}  // namespace

std::string NaiveMemory::find_loss(const Kernel& kernel) const {
  for (const auto& [name, space] : m_spaces) {
    if (!space.alive) continue;
    const Process* process = kernel.find_process(name);
    if (process == nullptr || !process->running()) return name + " is gone without a reason";
    for (const auto& [address, byte] : space.bytes) {
      if (byte_in_machine(kernel, *process, VirtualAddress(address)) != byte)
        return "the byte of " + name + " at " + hex(address) + " is lost";
    }
  }
  return "";
}

void NaiveMemory::killed_for_memory(const std::string& name) {
  m_spaces[name].alive = false;
}

std::string NaiveMemory::follow(const Command& command, const Outcome& outcome) {
  if (const auto* access = std::get_if<AccessMemory>(&command)) return follow_access(*access, outcome);
  if (const auto* exec = std::get_if<ReplaceProgram>(&command)) return follow_exec(*exec, outcome);
  if (!completed(outcome)) {
    if (const auto* remapped = std::get_if<RemapMemory>(&command)) follow_failed_remap(*remapped, outcome);
    // mprotect changes what lies below the first hole even though it fails.
    const auto* protect = std::get_if<ProtectMemory>(&command);
    Space* space = protect != nullptr ? alive(protect->process) : nullptr;
    if (space == nullptr || !std::holds_alternative<CallFailed>(outcome)) return "";
    if (std::get<CallFailed>(outcome).reason != CallReason::HoleInRange) return "";
    for (std::uint64_t page = protect->address.value() / kPageSize; space->pages.contains(page); ++page) {
      space->pages[page] = protect->permissions;
    }
    return "";
  }
  if (const auto* spawn = std::get_if<SpawnProcess>(&command)) return follow_spawn(*spawn);
  if (const auto* file = std::get_if<CreateFile>(&command)) create(*file);
  if (const auto* file = std::get_if<TruncateFile>(&command)) truncate(*file);
  if (process_of(command).empty()) return "";
  Space* space = alive(std::string(process_of(command)));
  if (space == nullptr) return "a call of a process that is not there completed";
  if (const auto* fork = std::get_if<ForkProcess>(&command)) {
    const Space copy = *space;
    m_spaces[fork->child] = copy;
  } else if (std::holds_alternative<ExitProcess>(command)) {
    space->alive = false;
  } else if (const auto* signals = std::get_if<SetSignalHandling>(&command)) {
    space->catches = signals->catches;
  } else if (const auto* map = std::get_if<MapMemory>(&command)) {
    const std::uint64_t first = *std::get<Completed>(outcome).value / kPageSize;
    const std::uint64_t pages = pages_in(map->request.length);
    for (std::uint64_t page = first; page < first + pages && !map->request.fixed; ++page) {
      if (space->pages.contains(page)) return "mmap placed a mapping over another at page " + hex(page);
    }
    drop(*space, first, pages);
    set(*space, first, pages, map->request.permissions);
    back(*space, first, *map);
  } else if (const auto* remapped = std::get_if<RemapMemory>(&command)) {
    remap(*space, *std::get<Completed>(outcome).value / kPageSize, remapped->request);
  } else if (const auto* advice = std::get_if<AdviseMemory>(&command)) {
    if (advice->advice == Kernel::Advice::DontNeed) {
      forget_pages(*space, advice->address.value() / kPageSize, pages_in(advice->length));
    }
  } else if (const auto* unmap = std::get_if<UnmapMemory>(&command)) {
    drop(*space, unmap->address.value() / kPageSize, pages_in(unmap->length));
  } else if (const auto* protect = std::get_if<ProtectMemory>(&command)) {
    set(*space, protect->address.value() / kPageSize, pages_in(protect->length), protect->permissions);
  } else if (const auto* move = std::get_if<MoveBreak>(&command)) {
    const std::uint64_t end = pages_in(move->address.value());
    if (end > space->heap_end) {
      set(*space, space->heap_end, end - space->heap_end, {.read = true, .write = true, .execute = false});
    } else {
      drop(*space, end, space->heap_end - end);
    }
    space->heap_end = end;
  }
  return "";
}

}  // namespace vmp::test
