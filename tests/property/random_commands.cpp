#include "tests/property/random_commands.h"

namespace vmp::test {
namespace {

// What a shared mapping writes past the end of its file stays in memory until the page is written back, and
// when that is nobody knows (docs/linux-differences.md).
bool reaches_past_file(const Kernel& kernel, const Process& process, const Access& access) {
  for (const VirtualAddress at : {access.address, access.address + (access.size - 1)}) {
    const Segment* segment = process.space.find(at);
    if (segment == nullptr || !segment->shared || !segment->backing) continue;
    const File& file = kernel.file(*segment->backing);
    if (file.is_shared_memory()) continue;
    if (segment->backing_page(page_of(at)).index * kPageSize + offset_of(at) >= file.bytes()) return true;
  }
  return false;
}

}  // namespace

MachineConfig random_config(Rng& rng) {
  MachineConfig config;
  config.format = static_cast<FormatId>(rng.below(all_formats().size()));
  config.kernel_frames = rng.below(4);
  config.frames = least_frames(config) + rng.below(40);
  config.swap_slots = static_cast<std::uint32_t>(rng.below(3) == 0 ? 0 : rng.below(64));
  config.policy = static_cast<PolicyKind>(rng.below(kPolicyKinds));
  config.scope = static_cast<ReplacementScope>(rng.below(2));
  config.tick = 1 + rng.below(8);
  config.window = rng.below(40);
  config.tlb = {.sets = static_cast<std::uint32_t>(1 + rng.below(4)),
                .ways = static_cast<std::uint32_t>(rng.below(5))};
  config.asids = rng.below(2) == 0;
  config.placement = static_cast<FramePlacement>(rng.below(2));
  config.seed = rng.next();
  config.tlb.replacement = static_cast<TlbReplacement>(config.seed % 4);
  if (config.tlb.replacement == TlbReplacement::TreePlru) config.tlb.ways = config.tlb.ways == 0 ? 0 : 4;
  if (config.seed / 4 % 2 == 0) config.instruction_tlb = config.tlb;
  if (config.seed / 32 % 3 == 0) config.walk_cache = static_cast<std::uint32_t>(1 + config.seed / 128 % 12);
  config.protection.svade = config.seed / 8 % 4 == 0;
  config.device = static_cast<DeviceKind>(config.seed / 32 % kDeviceKinds);
  if (config.seed / 128 % 2 == 0) config.swap_cluster = std::uint32_t{1} << (config.seed / 256 % 6);
  if (config.seed / 2048 % 2 == 0)
    config.file_window = 1 + static_cast<std::uint32_t>(config.seed / 4096 % 8);
  if (config.seed / 32768 % 3 == 0)
    config.fault_frequency = {config.seed / 65536 % 8, 8 + config.seed / 65536 % 16};
  config.thrashing = config.seed / (1 << 20) % 101;
  return config;
}

Command RandomCommands::next(const Kernel& kernel) {
  std::vector<const Process*> running;
  for (const Process& process : kernel.processes()) {
    if (process.running()) running.push_back(&process);
  }
  if (running.empty() || (running.size() < 4 && m_rng.below(40) == 0)) return spawn();
  const Process& process = *running[static_cast<std::size_t>(m_rng.below(running.size()))];
  Command command = next_for(process);
  auto* access = std::get_if<AccessMemory>(&command);
  if (access != nullptr && access->access.kind == AccessKind::Write &&
      reaches_past_file(kernel, process, access->access)) {
    access->access.kind = AccessKind::Read;
  }
  return command;
}

Command RandomCommands::spawn() {
  return SpawnProcess{"P" + std::to_string(++m_started), some_program()};
}

std::shared_ptr<const Program> RandomCommands::some_program() {
  auto program = std::make_shared<Program>();
  program->name = "random";
  program->code_pages = 1 + m_rng.below(3);
  program->rodata_pages = m_rng.below(3);
  program->data_pages = m_rng.below(3);
  program->bss_pages = m_rng.below(3);
  program->heap_pages = m_rng.below(3);
  program->heap_limit_pages = program->heap_pages + m_rng.below(8);
  program->stack_limit_pages = 1 + m_rng.below(8);
  for (std::uint64_t i = m_rng.below(4); i > 0; --i) {
    const std::uint64_t pages = program->code_pages + program->rodata_pages + program->data_pages;
    const std::uint64_t page = m_rng.below(pages);
    program->words.push_back({VirtualAddress(0x400000 + page * kPageSize + m_rng.below(kPageSize / 8) * 8),
                              m_rng.next(), std::uint32_t{1} << m_rng.below(4)});
  }
  return program;
}

VirtualAddress RandomCommands::some_address(const Process& process) {
  const auto& segments = process.space.segments();
  if (segments.empty() || m_rng.below(30) == 0)
    return VirtualAddress(m_rng.below(process.space.layout().user_end.value()));
  const Segment& segment = segments[static_cast<std::size_t>(m_rng.below(segments.size()))];
  const std::uint64_t page = page_of(segment.range.start).value() + m_rng.below(segment.page_count() + 2) - 1;
  const std::uint64_t offset = m_rng.below(3) == 0 ? kPageSize - 1 - m_rng.below(8) : m_rng.below(kPageSize);
  return VirtualAddress(page * kPageSize + offset);
}

Permissions RandomCommands::some_permissions() {
  const std::uint64_t bits = m_rng.below(3) == 0 ? m_rng.below(8) : 3;
  return {.read = (bits & 1) != 0, .write = (bits & 2) != 0, .execute = (bits & 4) != 0};
}

Command RandomCommands::next_for(const Process& process) {
  const std::string& name = process.name;
  const VirtualAddress address = some_address(process);
  const VirtualAddress page = address_of(page_of(address));
  const std::uint64_t choice = m_rng.below(100);
  if (choice < 70) {
    const std::uint64_t kind = m_rng.below(10);
    return AccessMemory{name, Access{.kind = kind < 4   ? AccessKind::Read
                                             : kind < 9 ? AccessKind::Write
                                                        : AccessKind::Execute,
                                     .address = address,
                                     .size = std::uint32_t{1} << m_rng.below(4),
                                     .value = m_rng.next()}};
  }
  const std::uint64_t length = 1 + m_rng.below(4 * kPageSize);
  // Mappings right below the stack would keep it from growing, which the model does not know about.
  const VirtualAddress low_page(page.value() % 0x10000000);
  if (choice == 70) return file_command();
  if (choice == 71) return map_shared_or_file(name, low_page, length);
  if (choice == 72) return move_or_advise(process);
  if (choice < 76)
    return MapMemory{
        name,
        {m_rng.below(2) == 0 ? std::optional(low_page) : std::nullopt, length, some_permissions(), false}};
  if (choice < 79) return MapMemory{name, {low_page, length, some_permissions(), true}};
  const bool in_stack = address >= process.space.layout().mmap_base;
  if (choice < 84 && !in_stack) return UnmapMemory{name, m_rng.below(8) == 0 ? address : page, length};
  if (choice < 90 && !in_stack) return ProtectMemory{name, page, length, some_permissions()};
  if (choice < 93)
    return MoveBreak{name, process.space.program_break + m_rng.below(3 * kPageSize) - kPageSize};
  if (choice < 95) return ForkProcess{name, "P" + std::to_string(++m_started)};
  if (choice < 96) return ExitProcess{name, m_rng.below(256)};
  if (choice < 98)
    return SetResidentLimit{name, m_rng.below(3) == 0 ? std::nullopt : std::optional(1 + m_rng.below(12))};
  if (m_rng.below(4) == 0) return ReplaceProgram{name, some_program()};
  return SetSignalHandling{name, m_rng.below(4) != 0};
}

Command RandomCommands::file_command() {
  const std::uint64_t bytes = m_rng.below(6 * kPageSize);
  if (m_files == 0 || (m_files < 4 && m_rng.below(4) == 0)) {
    return CreateFile{"f" + std::to_string(++m_files), bytes, static_cast<std::uint8_t>(m_rng.below(256))};
  }
  return TruncateFile{"f" + std::to_string(1 + m_rng.below(m_files)), bytes};
}

Command RandomCommands::map_shared_or_file(const std::string& process, VirtualAddress address,
                                           std::uint64_t length) {
  MapMemory map{process, {address, length, some_permissions(), true}};
  map.request.shared = m_files == 0 || m_rng.below(2) == 0;
  if (m_files > 0 && m_rng.below(2) == 0) {
    map.file = "f" + std::to_string(1 + m_rng.below(m_files));
    map.request.offset = m_rng.below(4) * kPageSize;
  }
  return map;
}

// Only mappings: a page of a program that is given up would come back from the program's file.
Command RandomCommands::move_or_advise(const Process& process) {
  for (const Segment& segment : process.space.segments()) {
    if (segment.kind != SegmentKind::Mapped || m_rng.below(2) == 0) continue;
    const std::uint64_t pages = 1 + m_rng.below(segment.page_count());
    if (m_rng.below(3) == 0) {
      return AdviseMemory{process.name, segment.range.start, pages * kPageSize,
                          m_rng.below(3) == 0 ? Kernel::Advice::WillNeed : Kernel::Advice::DontNeed};
    }
    Kernel::RemapRequest request{segment.range.start, pages * kPageSize, (1 + m_rng.below(5)) * kPageSize};
    request.may_move = m_rng.below(4) != 0;
    if (request.may_move && m_rng.below(2) == 0) {
      request.fixed = VirtualAddress(0x20000000 + m_rng.below(64) * kPageSize);
    }
    return RemapMemory{process.name, request};
  }
  return file_command();
}

}  // namespace vmp::test
