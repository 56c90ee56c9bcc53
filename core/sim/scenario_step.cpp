// Commands as lines of text, read: `write A 0x00403A2C 42 4 @2`.
#include <array>

#include "core/sim/scenario_lines.h"
#include "core/sim/text_number.h"

namespace vmp {
namespace {

constexpr std::uint64_t kAnyNumber = ~std::uint64_t{0};
constexpr std::uint32_t kUsualSize = 4;
constexpr std::size_t kLongestTraceName = 64;
constexpr std::uint64_t kMostLimitPages = std::uint64_t{1} << 45;  // of an address space of 57 bits

std::string process_name(LineReader& line) {
  return line.name("the name of a process", Offer::Kind::Process);
}

std::string new_name(LineReader& line) {
  return line.name("a name for the process");
}

std::string file_name(LineReader& line) {
  return line.name("the name of a file", Offer::Kind::File);
}

// A value that fits in as many bytes as follow it; the size may be left out.
std::uint64_t sized_value(LineReader& line, std::uint32_t& size) {
  const std::string_view text = line.peek();
  const std::uint64_t value = line.number("a value", 0, kAnyNumber);
  const std::size_t at = line.word_position();
  size = line.access_size(kUsualSize);
  if (line.ok() && size < 8 && value >> (8 * size) != 0) {
    line.fail(at, "a value that fits in " + std::to_string(size) + (size == 1 ? " byte" : " bytes"),
              "\"" + std::string(text) + "\"");
  }
  return value;
}

// `spawn P PROGRAM` and `exec P PROGRAM`.
template <class Started>
Command read_program(LineReader& line, const KnownNames& names) {
  constexpr bool kStarts = std::is_same_v<Started, SpawnProcess>;
  Started command{.process = kStarts ? new_name(line) : process_name(line), .program = nullptr};
  const std::string program = line.name("the name of a program", Offer::Kind::Program);
  if (line.ok()) command.program = names.program(program);
  if (command.program == nullptr) line.fail_at_word("the name of a program described above");
  return command;
}

Command read_spawn_empty(LineReader& line, const KnownNames&) {
  return SpawnEmpty{new_name(line)};
}

Command read_fork(LineReader& line, const KnownNames&) {
  ForkProcess command{.process = process_name(line), .child = {}};
  command.child = line.name("a name for the child");
  return command;
}

Command read_exit(LineReader& line, const KnownNames&) {
  ExitProcess command{.process = process_name(line), .status = 0};
  command.status = line.number("an exit status", 0, 255);
  return command;
}

Command read_limit(LineReader& line, const KnownNames&) {
  const std::string process = process_name(line);
  for (const Limit each : {Limit::AddressSpace, Limit::Data, Limit::Stack})
    line.offer(Offer::Kind::Word, name_of(each));
  const std::optional<Limit> limit = limit_named(line.peek());
  if (limit) {
    line.word("the name of a limit");
  } else if (!line.take("resident")) {
    line.fail_at_next("resident, address-space, data or stack");
  }
  constexpr std::string_view kExpected = "a number of pages, or none";
  std::optional<std::uint64_t> pages;
  if (!line.take("none"))
    pages = line.number(kExpected, limit ? 0 : 1, limit ? kMostLimitPages : kMostFrames);
  if (limit) return SetLimit{process, *limit, pages};
  return SetResidentLimit{process, pages};
}

Command read_signals(LineReader& line, const KnownNames&) {
  SetSignalHandling command{.process = process_name(line), .catches = false};
  command.catches = line.take("catch");
  if (!command.catches && !line.take("default")) line.fail_at_next("catch or default");
  return command;
}

template <AccessKind kKind>
Command read_access(LineReader& line, const KnownNames&) {
  AccessMemory command{.process = process_name(line),
                       .access = {.kind = kKind, .address = {}, .size = 4, .value = 0}};
  command.access.address = line.address();
  if (kKind == AccessKind::Write) {
    command.access.value = sized_value(line, command.access.size);
  } else {
    command.access.size = line.access_size(kUsualSize);
  }
  if (line.take("supervisor")) command.access.privilege = Privilege::Supervisor;
  return command;
}

Command read_mmap(LineReader& line, const KnownNames&) {
  MapMemory command{.process = process_name(line), .request = {}};
  if (!line.take("any")) command.request.address = line.address("an address, or any");
  command.request.length = line.number("a length in bytes", 0, kAnyNumber);
  command.request.permissions = line.permissions();
  Kernel::MapRequest& request = command.request;
  if (request.address) {
    request.no_replace = line.take("noreplace");
    request.fixed = request.no_replace || line.take("fixed");
  }
  request.shared = line.take("shared");
  request.grows_down = !request.shared && line.take("grows-down");
  if (!request.grows_down && line.take("file")) {
    command.file = file_name(line);
    request.offset = line.optional_number("an offset in bytes", 0, kMostBytesOfFile).value_or(0);
  }
  return command;
}

Command read_mremap(LineReader& line, const KnownNames&) {
  RemapMemory command{.process = process_name(line), .request = {}};
  Kernel::RemapRequest& request = command.request;
  request.address = line.address();
  request.old_length = line.number("the old length in bytes", 0, kAnyNumber);
  request.new_length = line.number("the new length in bytes", 0, kAnyNumber);
  if (line.take("to")) request.fixed = line.address("the new address");
  request.may_move = request.fixed || line.take("may-move");
  request.dont_unmap = request.may_move && line.take("dont-unmap");
  return command;
}

Command read_madvise(LineReader& line, const KnownNames&) {
  AdviseMemory command{
      .process = process_name(line), .address = {}, .length = 0, .advice = Kernel::Advice::DontNeed};
  command.address = line.address();
  command.length = line.number("a length in bytes", 0, kAnyNumber);
  if (line.take("willneed")) {
    command.advice = Kernel::Advice::WillNeed;
  } else if (!line.take("dontneed")) {
    line.fail_at_next("dontneed or willneed");
  }
  return command;
}

template <bool kLock>
Command read_mlock(LineReader& line, const KnownNames&) {
  LockMemory command{.process = process_name(line), .address = {}, .length = 0, .lock = kLock};
  command.address = line.address();
  command.length = line.number("a length in bytes", 0, kAnyNumber);
  return command;
}

Command read_msync(LineReader& line, const KnownNames&) {
  SyncMemory command{.process = process_name(line), .address = {}, .length = 0};
  command.address = line.address();
  command.length = line.number("a length in bytes", 0, kAnyNumber);
  return command;
}

Command read_create_file(LineReader& line, const KnownNames&) {
  CreateFile command{.name = line.name("a name for the file"), .bytes = 0, .fill = 0};
  command.bytes = line.number("a size in bytes", 0, kMostBytesOfFile);
  command.fill =
      static_cast<std::uint8_t>(line.optional_number("the value of every byte", 0, 255).value_or(0));
  return command;
}

Command read_truncate_file(LineReader& line, const KnownNames&) {
  TruncateFile command{.name = file_name(line), .bytes = 0};
  command.bytes = line.number("a size in bytes", 0, kMostBytesOfFile);
  return command;
}

Command read_munmap(LineReader& line, const KnownNames&) {
  UnmapMemory command{.process = process_name(line), .address = {}, .length = 0};
  command.address = line.address();
  command.length = line.number("a length in bytes", 0, kAnyNumber);
  return command;
}

Command read_mprotect(LineReader& line, const KnownNames&) {
  ProtectMemory command{.process = process_name(line), .address = {}, .length = 0, .permissions = {}};
  command.address = line.address();
  command.length = line.number("a length in bytes", 0, kAnyNumber);
  command.permissions = line.permissions();
  return command;
}

Command read_brk(LineReader& line, const KnownNames&) {
  MoveBreak command{.process = process_name(line), .address = {}};
  command.address = line.address();
  return command;
}

Command read_poke(LineReader& line, const KnownNames&) {
  EditMemory command;
  line.offer(Offer::Kind::Physical, "a physical address");
  command.address = PhysicalAddress(line.number("a physical address", 0, kAnyNumber));
  command.value = sized_value(line, command.size);
  return command;
}

Command read_damage_swap(LineReader& line, const KnownNames&) {
  DamageSwap command;
  command.first = SwapSlot(static_cast<std::uint32_t>(line.number("a swap slot", 0, kMostSwapSlots - 1)));
  const std::uint32_t most = kMostSwapSlots - command.first.value();
  command.count = static_cast<std::uint32_t>(line.optional_number("a number of slots", 1, most).value_or(1));
  return command;
}

Command read_flush_tlb(LineReader& line, const KnownNames&) {
  FlushTlb command;
  line.offer(Offer::Kind::Process, "the name of a process");
  if (!is_name(line.peek()) || line.peek() == "prints") return command;
  command.process = process_name(line);
  line.offer(Offer::Kind::Address, "an address");
  if (line.next_is_number()) command.address = line.address();
  return command;
}

// `replay T matrix`, and optionally which part of the trace, and the digest it must have.
Command read_replay(LineReader& line, const KnownNames& names) {
  ReplayTrace command{.process = process_name(line), .trace = nullptr, .first = 0, .count = 0};
  line.offer(Offer::Kind::Trace, "the name of a trace");
  const std::string_view name = line.word("the name of a trace");
  if (line.ok() && name.size() <= kLongestTraceName && names.trace) command.trace = names.trace(name);
  if (command.trace == nullptr) line.fail_at_word("the name of a trace that is at hand");
  if (!line.ok()) return command;
  const std::uint64_t size = command.trace->references.size();
  command.count = size;
  if (const auto first = line.optional_number("the first reference, counted from 0", 0, size)) {
    command.first = *first;
    command.count = line.number("a number of references", 0, size - command.first);
  }
  constexpr std::string_view kDigest = "digest=";
  if (line.peek().starts_with(kDigest)) {
    const std::string_view digest = line.word(kDigest).substr(kDigest.size());
    if (parse_number(digest) != command.trace->digest) {
      line.fail_at_word("digest=" + to_hex(command.trace->digest, 16) + ", that of the trace at hand");
    }
  }
  return command;
}

struct Reader {
  std::string_view keyword;
  std::string_view usage;  // what stands behind it, as docs/scenario-format.md writes it
  Command (*read)(LineReader& line, const KnownNames& names);
};
constexpr std::array<Reader, 25> kReaders{{
    {"spawn", "P PROGRAM", read_program<SpawnProcess>},
    {"exec", "P PROGRAM", read_program<ReplaceProgram>},
    {"spawn-empty", "P", read_spawn_empty},
    {"fork", "P CHILD", read_fork},
    {"exit", "P STATUS", read_exit},
    {"limit", "P resident N", read_limit},
    {"signals", "P catch", read_signals},
    {"read", "P ADDRESS [SIZE]", read_access<AccessKind::Read>},
    {"write", "P ADDRESS VALUE [SIZE]", read_access<AccessKind::Write>},
    {"execute", "P ADDRESS [SIZE]", read_access<AccessKind::Execute>},
    {"mmap", "P any LENGTH PERMISSIONS", read_mmap},
    {"munmap", "P ADDRESS LENGTH", read_munmap},
    {"mprotect", "P ADDRESS LENGTH PERMISSIONS", read_mprotect},
    {"mremap", "P ADDRESS OLD NEW", read_mremap},
    {"madvise", "P ADDRESS LENGTH dontneed", read_madvise},
    {"mlock", "P ADDRESS LENGTH", read_mlock<true>},
    {"munlock", "P ADDRESS LENGTH", read_mlock<false>},
    {"msync", "P ADDRESS LENGTH", read_msync},
    {"create-file", "FILE BYTES [VALUE]", read_create_file},
    {"truncate-file", "FILE BYTES", read_truncate_file},
    {"brk", "P ADDRESS", read_brk},
    {"poke", "ADDRESS VALUE [SIZE]", read_poke},
    {"damage-swap", "SLOT [COUNT]", read_damage_swap},
    {"flush-tlb", "[P [ADDRESS]]", read_flush_tlb},
    {"replay", "P TRACE [FIRST COUNT] [digest=N]", read_replay},
}};

constexpr std::uint64_t kMostProgramLines = 10'000;

// What may stand behind any command: the program's current line, and whether the value is its output.
void read_suffixes(LineReader& line, Step& step) {
  line.offer(Offer::Kind::Word, "prints");
  while (line.ok() && !line.at_end()) {
    if (line.peek() == "prints" && !step.prints) {
      step.prints = line.take("prints");
    } else if (line.peek().starts_with('@') && step.program_line == 0) {
      const std::optional<std::uint64_t> number = parse_decimal_digits(line.word("@").substr(1));
      if (!number || *number == 0 || *number > kMostProgramLines) {
        line.fail_at_word("@ and the number of a program line, counted from 1");
      } else {
        step.program_line = static_cast<std::uint32_t>(*number);
      }
    } else {
      line.fail_at_next("the end of the line, @ and a line number, or prints");
    }
  }
}

}  // namespace

Step read_step(LineReader& line, const KnownNames& names) {
  for (const Reader& reader : kReaders) line.offer(Offer::Kind::Word, reader.keyword, reader.usage);
  const std::string_view keyword = line.word("a command");
  for (const Reader& reader : kReaders) {
    if (reader.keyword != keyword) continue;
    Step step{.command = reader.read(line, names), .program_line = 0, .prints = false};
    read_suffixes(line, step);
    return step;
  }
  line.fail_at_word("a command (spawn, read, write, mmap, ...)");
  return Step{.command = FlushTlb{}, .program_line = 0, .prints = false};
}

}  // namespace vmp
