#include "core/os/elf_loader.h"

#include <algorithm>

namespace vmp {
namespace {

constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20;
constexpr std::uint64_t kLeastGapForStack = 128 * kMebibyte;  // mm/util.c, MIN_GAP

// arch/x86/include/asm/elf.h, arch/x86/mm/mmap.c, arch/x86/kernel/process.c; arch/riscv/include/asm/elf.h,
// arch/riscv/Kconfig, mm/util.c; all of Linux 6.1.
constexpr std::array<ElfPlatform, 4> kPlatforms{{
    {"i686", 8, 0x7FF, 8192, 32 * kMebibyte, true},
    {"x86_64", 28, 0x3FFFFF, 8192, 32 * kMebibyte, false},
    {"", 8, 0x7FF, 0, 32 * kMebibyte, false},
    {"", 18, 0x3FFFF, 0, 1024 * kMebibyte, false},
}};

std::uint64_t page_start(std::uint64_t address) {
  return address & ~kOffsetMask;
}

class Loader {
 public:
  Loader(const PageTableFormat& format, const Program& program, FileId executable, Aslr aslr, Rng& rng)
      : m_program(program),
        m_executable(executable),
        m_image(*program.elf->image),
        m_platform(platform_of(m_image.machine)),
        m_aslr(aslr),
        m_rng(rng),
        m_layout(layout_of(format)) {}

  Result<LoadedElf, ElfError> run() {
    choose_layout();
    m_result.space = AddressSpace(m_layout);
    if (const auto error = map_segments()) return Failure{*error};
    if (const auto error = finish_bss()) return Failure{*error};
    place_heap();
    if (const auto error = make_stack()) return Failure{*error};
    return std::move(m_result);
  }

 private:
  using Outcome = std::optional<ElfError>;
  static Outcome fail(ElfProblem problem, std::uint64_t offset) { return ElfError{problem, offset}; }

  bool randomised() const { return m_aslr == Aslr::On; }
  std::uint64_t user_end() const { return m_layout.user_end.value(); }
  std::uint64_t stack_limit() const { return m_program.stack_limit_pages * kPageSize; }

  // randomize_stack_top() and mmap_base(): the stack may lie anywhere in a range below the end, and mappings
  // begin below the room it may grow to.
  void choose_layout() {
    m_stack_top = m_layout.user_end;
    if (!randomised()) return;
    const std::uint64_t stack_pages = m_rng.next() & m_platform.stack_random_pages;
    const std::uint64_t mmap_pages = m_rng.below(std::uint64_t{1} << m_platform.mmap_random_bits);
    const std::uint64_t widest = user_end() / 6 * 5;
    const std::uint64_t gap =
        std::clamp(stack_limit() + m_platform.stack_random_pages * kPageSize + kStackGuardGap,
                   std::min(kLeastGapForStack, widest), widest);
    m_stack_top = m_layout.user_end - stack_pages * kPageSize;
    const std::uint64_t room = user_end() - gap - m_layout.lowest_mappable.value();
    m_layout.mmap_base =
        VirtualAddress(page_start(user_end() - gap - std::min(mmap_pages * kPageSize, room / 2)));
  }

  // The file's permissions; on processors where a file without PT_GNU_STACK is taken for an old one, whatever
  // may be read may be executed (READ_IMPLIES_EXEC).
  Permissions granted(Permissions wanted) const {
    if (m_platform.missing_stack_header_means_all && !m_image.executable_stack && wanted.read)
      wanted.execute = true;
    return wanted;
  }

  // total_mapping_size(): from the first page to the last byte of all segments.
  std::uint64_t image_size() const {
    std::uint64_t low = ~std::uint64_t{0};
    std::uint64_t high = 0;
    for (const ElfLoad& load : m_image.loads) {
      low = std::min(low, page_start(load.address.value()));
      high = std::max(high, load.address.value() + load.memory_size);
    }
    return round_up_to_page(high - low);
  }

  // A static PIE is placed as mmap would place it; its first segment's address decides the bias.
  Outcome choose_bias() {
    if (m_image.type == ElfType::Fixed) return std::nullopt;
    const ElfLoad& first = m_image.loads.front();
    const std::uint64_t size = image_size();
    const auto place = size == 0 ? std::nullopt : m_result.space.place(size);
    if (!place) return fail(ElfProblem::NoRoomForImage, first.header_offset);
    m_result.load_bias = place->value() - page_start(first.address.value());
    return std::nullopt;
  }

  Outcome map_segments() {
    if (const Outcome error = choose_bias()) return error;
    const std::uint64_t bias = m_result.load_bias;
    for (const ElfLoad& load : m_image.loads) {
      const std::uint64_t start = load.address.value() + bias;
      const std::uint64_t end = start + load.memory_size;
      if (end < start || end > user_end() || page_start(start) < m_layout.lowest_mappable.value() ||
          round_up_to_page(end) > user_end())
        return fail(ElfProblem::SegmentOutsideUserHalf, load.header_offset);
      // The segment before had a rest to zero: now, so that this one may still cover it.
      if (m_bss_end > m_bss_start) {
        map_bss();
        zero(m_bss_start, m_bss_end);  // a page that may not be written is left as it is
      }
      map_file(load, start);
      m_data_start = std::max(m_data_start, start);
      m_bss_start = std::max(m_bss_start, start + load.file_size);
      if (end > m_bss_end) {
        m_bss_end = end;
        m_bss_executable = granted(load.permissions).execute;
      }
    }
    m_result.entry = m_image.entry + bias;
    if (m_result.entry >= m_layout.user_end) return fail(ElfProblem::SegmentOutsideUserHalf, kEntryField);
    return std::nullopt;
  }

  // elf_map()
  void map_file(const ElfLoad& load, std::uint64_t start) {
    const std::uint64_t head = start & kOffsetMask;
    const std::uint64_t size = round_up_to_page(head + load.file_size);
    if (size == 0) return;
    const Permissions permissions = granted(load.permissions);
    const SegmentKind kind = permissions.write          ? SegmentKind::Data
                             : load.permissions.execute ? SegmentKind::Code
                                                        : SegmentKind::ReadOnlyData;
    map(Segment{.kind = kind,
                .range = {VirtualAddress(start - head), VirtualAddress(start - head + size)},
                .permissions = permissions,
                .backing = m_executable,
                .file_offset = load.file_offset - head});
  }

  // What is there already goes (MAP_FIXED), with what was to be zeroed in it.
  void map(Segment segment) {
    const AddressRange range = segment.range;
    m_result.space.remove(range);
    std::erase_if(m_result.zeroed, [&](const InitialWrite& write) { return range.contains(write.address); });
    m_result.space.insert(std::move(segment));
  }

  // set_brk(): whole pages without bytes in the file are anonymous, and writable whatever the segment says.
  void map_bss() {
    const VirtualAddress start(round_up_to_page(m_bss_start));
    const VirtualAddress end(round_up_to_page(m_bss_end));
    if (end <= start) return;
    map(Segment{.kind = SegmentKind::Bss,
                .range = {start, end},
                .permissions = {.read = true, .write = true, .execute = m_bss_executable}});
  }

  // Zeros from `start` to the end of its page, or to `end` if that comes first. False if the page is not
  // there or may not be written.
  bool zero(std::uint64_t start, std::uint64_t end) {
    const std::uint64_t stop = std::min(end, round_up_to_page(start));
    if (stop <= start) return true;
    const Segment* segment = m_result.space.find(VirtualAddress(start));
    if (segment == nullptr || !segment->permissions.write) return false;
    m_result.zeroed.push_back(
        InitialWrite{.address = VirtualAddress(start), .bytes = std::vector<std::uint8_t>(stop - start)});
    return true;
  }

  // padzero(): behind the last segment the whole rest of the page is zeroed.
  Outcome finish_bss() {
    map_bss();
    if (m_bss_start != m_bss_end && !zero(m_bss_start, ~std::uint64_t{0}))
      return fail(ElfProblem::ZeroFillNotWritable, m_image.loads.back().header_offset);
    return std::nullopt;
  }

  void place_heap() {
    AddressSpace& space = m_result.space;
    std::uint64_t start = round_up_to_page(m_bss_end);
    if (randomised()) {
      // A static PIE lies among the mappings; its heap is moved to where it has room to grow.
      if (m_image.type == ElfType::Relocatable)
        start = position_independent_base(m_image.machine, m_layout).value();
      start = round_up_to_page(start);
      start += m_rng.below(m_platform.heap_random_bytes / kPageSize) * kPageSize;
    }
    space.heap_start = VirtualAddress(start);
    space.program_break = space.heap_start;
    space.heap_limit = m_program.heap_limit_pages * kPageSize;
    space.data_bytes = m_bss_start > m_data_start ? m_bss_start - m_data_start : 0;
  }

  Outcome make_stack() {
    AddressSpace& space = m_result.space;
    space.stack_top = m_stack_top;
    space.stack_limit = stack_limit();
    StackContents contents{.image = m_image,
                           .program = m_program,
                           .load_bias = m_result.load_bias,
                           .top = m_stack_top,
                           .moved_down = 0,
                           .random = {}};
    if (randomised()) contents.moved_down = m_rng.below(m_platform.stack_random_bytes);
    for (std::uint8_t& byte : contents.random) byte = static_cast<std::uint8_t>(m_rng.next() >> 56);
    m_result.stack = make_elf_stack(contents);
    const std::uint64_t used = m_stack_top - m_result.stack.stack_pointer;
    if (used > space.stack_limit) return fail(ElfProblem::ArgumentsTooLong, 0);

    const AddressRange range{address_of(page_of(m_result.stack.stack_pointer)), m_stack_top};
    if (range.start <= m_layout.lowest_mappable ||
        !space.is_free({m_stack_top - std::min(space.stack_limit, m_stack_top.value()), m_stack_top}))
      return fail(ElfProblem::NoRoomForStack, m_image.loads.back().header_offset);
    const bool executable = m_image.executable_stack.value_or(m_platform.missing_stack_header_means_all);
    space.insert(Segment{.kind = SegmentKind::Stack,
                         .range = range,
                         .permissions = {.read = true, .write = true, .execute = executable}});
    return std::nullopt;
  }

  static constexpr std::uint64_t kEntryField = 24;  // e_entry, in both classes

  const Program& m_program;
  FileId m_executable;
  const ElfImage& m_image;
  const ElfPlatform& m_platform;
  Aslr m_aslr;
  Rng& m_rng;
  AddressLayout m_layout;
  VirtualAddress m_stack_top;
  // Linux's elf_bss and elf_brk: the highest end of what the file holds, and of what memory holds.
  std::uint64_t m_bss_start = 0;
  std::uint64_t m_bss_end = 0;
  std::uint64_t m_data_start = 0;  // Linux's start_data: the highest start of a segment
  bool m_bss_executable = false;
  LoadedElf m_result;
};

}  // namespace

const ElfPlatform& platform_of(ElfMachine machine) {
  return kPlatforms[static_cast<std::size_t>(machine)];
}

VirtualAddress position_independent_base(ElfMachine machine, const AddressLayout& layout) {
  if (machine == ElfMachine::X86_32) return VirtualAddress(0x00400000);
  return VirtualAddress(page_start(layout.user_end.value() / 3 * 2));
}

bool suits(const PageTableFormat& format, ElfMachine machine) {
  const bool x86 = is_x86(format);
  const bool is_narrow = format.virtual_address_bits == 32;
  const bool wants_x86 = machine == ElfMachine::X86_32 || machine == ElfMachine::X86_64;
  return x86 == wants_x86 && is_narrow == !is_64_bit(machine);
}

FormatId usual_format(ElfMachine machine) {
  const auto formats = all_formats();
  const auto it = std::find_if(formats.begin(), formats.end(),
                               [&](const PageTableFormat& format) { return suits(format, machine); });
  check(it != formats.end(), "every machine has a format");
  return it->id;
}

Result<LoadedElf, ElfError> load_elf(const PageTableFormat& format, const Program& program, FileId executable,
                                     Aslr aslr, Rng& rng) {
  check(program.elf && program.elf->image, "load_elf() loads programs made from an ELF file");
  constexpr std::uint64_t kMachineField = 18;  // e_machine, in both classes
  if (!suits(format, program.elf->image->machine))
    return Failure{ElfError{ElfProblem::OtherPageTableFormat, kMachineField}};
  return Loader(format, program, executable, aslr, rng).run();
}

}  // namespace vmp
