// qemu_tables FORMAT BASE SEED LEAVES ACCESSES BEFORE AFTER: writes random page tables into the RAM image
// BEFORE, and prints as JSON what the playground's own walk makes of them: every mapping of the clean tree,
// and the fate of ACCESSES random accesses through the wild one. AFTER is RAM when these accesses are done,
// flags set in entries and all. What QEMU makes of BEFORE is the test's business (qemu.test.mjs).
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "core/hw/fault_code.h"
#include "core/sim/text_number.h"
#include "tests/qemu/random_tables.h"

namespace {

using namespace vmp;
using namespace qemu_oracle;
using nlohmann::ordered_json;

constexpr std::uint64_t kStored = 0x5A;

bool write_image(const PhysicalMemory& memory, const char* path) {
  std::FILE* file = std::fopen(path, "wb");
  bool written = file != nullptr;
  for (std::uint64_t frame = 0; written && frame < memory.frame_count(); ++frame) {
    const PageBytes& bytes = memory.frame_bytes(memory.first_frame() + frame);
    written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  }
  if (file != nullptr) written = std::fclose(file) == 0 && written;
  return written;
}

std::string hex(std::uint64_t value) {
  return to_hex(value, 1);
}

// Each mapping as an array: virtual, physical, size, entry.
ordered_json mappings_of(const RandomTables& tables, const PageTableFormat& format, FrameNumber root) {
  ordered_json list = ordered_json::array();
  for (const qemu_oracle::Leaf& leaf : tables.leaves()) {
    HardwareTrace trace;
    TranslationContext context{
        .format = &format, .root = root, .asid = {}, .privilege = {}, .protection = {}};
    (void)walk(tables.memory, context, leaf.start, AccessKind::Read, trace);
    const PteRead* last = nullptr;
    for (const HardwareEvent& event : trace.events) {
      if (const auto* read = std::get_if<PteRead>(&event)) last = read;
    }
    if (last == nullptr || !is_leaf(format, last->pte, last->level)) std::abort();
    list.push_back({hex(leaf.start.value()),
                    hex(address_of(first_frame_of(format, last->pte, last->level)).value()),
                    hex(format.pages_per_entry(last->level) * kPageSize), hex(last->pte.bits)});
  }
  return list;
}

// An address within the leaf that, if the leaf leads into RAM at all, leads into a data frame.
VirtualAddress address_within(const RandomTables& tables, const PageTableFormat& format,
                              const qemu_oracle::Leaf& leaf, Pte pte, Rng& rng) {
  const std::uint64_t pages = format.pages_per_entry(leaf.level);
  const FrameNumber first = first_frame_of(format, pte, leaf.level);
  const FrameNumber data = tables.memory.first_frame() + kNodes;
  std::uint64_t page = rng.below(pages);
  const FrameNumber wanted = data + rng.below(kFrames - kNodes);
  if (wanted >= first && wanted - first < pages) page = wanted - first;
  return leaf.start + page * kPageSize;
}

class Accesses {
 public:
  Accesses(RandomTables& tables, const PageTableFormat& format, FrameNumber root, std::uint64_t seed)
      : m_tables(tables), m_format(format), m_root(root), m_rng(seed) {}

  void add_one() {
    const auto& leaves = m_tables.leaves();
    const qemu_oracle::Leaf& leaf = leaves[static_cast<std::size_t>(m_rng.below(leaves.size()))];
    const auto kind = static_cast<AccessKind>(m_rng.below(3));
    TranslationContext context{
        .format = &m_format, .root = m_root, .asid = {}, .privilege = {}, .protection = {}};
    context.privilege = static_cast<Privilege>(m_rng.below(2));
    context.protection.sum = m_rng.below(2) == 0;
    context.protection.mxr = m_rng.below(2) == 0;
    const VirtualAddress page = address_within(m_tables, m_format, leaf, pte_of(leaf, context), m_rng);
    const VirtualAddress va = page + (kind == AccessKind::Execute ? kTrapOffset : 8 * m_rng.below(510));
    // First only looked at: what would not end in a data frame is left alone, because QEMU has devices there,
    // and because a store must not change the tables.
    NullTracer tracer;
    const PhysicalMemory& memory = m_tables.memory;
    const auto looked = walk(memory, context, va, kind, tracer);
    if (looked.ok() ? looked->frame < memory.first_frame() + kNodes : outside_memory(looked.error())) return;
    record(context, va, kind, walk(m_tables.memory, context, va, kind, tracer));
  }

  std::size_t count() const { return m_list.size(); }
  ordered_json take() { return std::move(m_list); }

 private:
  Pte pte_of(const qemu_oracle::Leaf& leaf, const TranslationContext& context) const {
    HardwareTrace trace;
    (void)walk(std::as_const(m_tables.memory), context, leaf.start, AccessKind::Read, trace);
    Pte pte;
    for (const HardwareEvent& event : trace.events) {
      if (const auto* read = std::get_if<PteRead>(&event)) pte = read->pte;
    }
    return pte;
  }

  static bool outside_memory(const Fault& fault) {
    return fault.kind == FaultKind::TableOutsideMemory || fault.kind == FaultKind::FrameOutsideMemory;
  }

  void record(const TranslationContext& context, VirtualAddress va, AccessKind kind,
              const Result<vmp::Leaf, Fault>& result) {
    ordered_json access{{"kind", static_cast<int>(kind)},
                        {"address", hex(va.value())},
                        {"supervisor", context.privilege == Privilege::Supervisor},
                        {"sum", context.protection.sum},
                        {"mxr", context.protection.mxr}};
    if (result.ok()) {
      const PhysicalAddress pa = address_of(result->frame) + offset_of(va);
      access["physical"] = hex(pa.value());
      if (kind == AccessKind::Read) access["value"] = hex(m_tables.memory.read_word(pa, 4));
      if (kind == AccessKind::Write) m_tables.memory.write_word(pa, 1, kStored);
    } else {
      access["cause"] = fault_code(m_format, result.error()).code;
      access["reason"] = name_of(result.error().kind);
    }
    m_list.push_back(std::move(access));
  }

  RandomTables& m_tables;
  const PageTableFormat& m_format;
  FrameNumber m_root;
  Rng m_rng;
  ordered_json m_list = ordered_json::array();
};

}  // namespace

int main(int argc, char** argv) {
  const auto id = argc == 8 ? format_named(argv[1]) : std::nullopt;
  if (!id) {
    std::fputs("usage: qemu_tables FORMAT BASE SEED LEAVES ACCESSES BEFORE AFTER\n", stderr);
    return 2;
  }
  const PageTableFormat& format = format_of(*id);
  const PhysicalAddress base(parse_number(argv[2]).value_or(0));
  const std::uint64_t seed = parse_number(argv[3]).value_or(1);
  const std::uint64_t leaves = parse_number(argv[4]).value_or(0);
  const std::uint64_t accesses = parse_number(argv[5]).value_or(0);

  RandomTables tables(format, frame_of(base), seed);
  const FrameNumber clean = tables.grow_tree(RandomTables::Entries::Clean, leaves);
  ordered_json report{{"format", format.name},
                      {"clean_root", hex(clean.value())},
                      {"mappings", mappings_of(tables, format, clean)}};
  const FrameNumber wild = tables.grow_tree(RandomTables::Entries::Wild, leaves / 2);
  report["wild_root"] = hex(wild.value());
  if (!write_image(tables.memory, argv[6])) return 1;
  Accesses list(tables, format, wild, seed + 1);
  for (std::uint64_t i = 0; i < 50 * accesses && list.count() < accesses; ++i) list.add_one();
  report["accesses"] = list.take();
  if (!write_image(tables.memory, argv[7])) return 1;
  std::puts(report.dump().c_str());
  return 0;
}
