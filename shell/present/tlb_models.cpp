#include "shell/present/tlb_models.h"

#include "core/sim/explain.h"
#include "core/sim/narrate.h"
#include "shell/present/format.h"
#include "shell/present/memory_view.h"

namespace vmp {
namespace {

std::string hits_and_misses(std::uint64_t hits, std::uint64_t misses) {
  return format_count(hits, "hit") + ", " + group_digits(misses) + (misses == 1 ? " miss" : " misses");
}

TlbRow row_of(const Kernel& kernel, const TlbEntry& entry, std::uint32_t set, std::uint32_t way) {
  TlbRow row{.set = set,
             .way = way,
             .valid = entry.valid,
             .owner = {},
             .hue = 0,
             .page = {},
             .frame = {},
             .permissions = {},
             .dirty = entry.dirty};
  if (!entry.valid) return row;
  if (const Process* owner = process_tagged(kernel, entry.asid)) {
    row.owner = owner->name;
    row.hue = hue_of(owner->id);
  }
  row.page = hex_page(entry.page);
  row.frame = hex_frame(entry.frame);
  row.permissions = to_string(entry.permissions);
  return row;
}

TlbModel model_of(const Kernel& kernel, const Tlb& tlb, TlbUnit unit, std::string_view name) {
  const TlbConfig& config = tlb.config();
  TlbModel model{
      .unit = unit, .summary = std::string(name), .sets = config.sets, .ways = config.ways, .rows = {}};
  if (config.ways == 0) {
    model.summary += name.empty() ? "This machine has no TLB: every access walks the tables."
                                  : "none, every access of the kind walks the tables";
    return model;
  }
  model.summary += format_count(config.sets, "set") + " of " + std::to_string(config.ways) + " · " +
                   hits_and_misses(tlb.hits(), tlb.misses());
  for (std::uint32_t set = 0; set < config.sets; ++set) {
    for (std::uint32_t way = 0; way < config.ways; ++way)
      model.rows.push_back(row_of(kernel, tlb.entry(set, way), set, way));
  }
  return model;
}

}  // namespace

std::vector<TlbModel> tlb_models(const Kernel& kernel) {
  const Tlb* instructions = kernel.tlbs().instructions();
  if (instructions == nullptr) return {model_of(kernel, kernel.tlb(), TlbUnit::Data, "")};
  return {model_of(kernel, kernel.tlb(), TlbUnit::Data, "data: "),
          model_of(kernel, *instructions, TlbUnit::Instructions, "instructions: ")};
}

WalkCacheModel walk_cache_model(const Kernel& kernel) {
  const WalkCache& cache = kernel.tlbs().walk_cache();
  WalkCacheModel model;
  if (cache.is_absent()) return model;
  const PageTableFormat& format = kernel.format();
  model.summary = "walk cache of " + format_count(cache.entries().size(), "pointer") + " · " +
                  hits_and_misses(cache.hits(), cache.misses());
  for (const WalkCacheEntry& entry : cache.entries()) {
    PointerRow row{.valid = entry.valid, .owner = {}, .hue = 0, .level = {}, .range = {}, .node = {}};
    if (entry.valid) {
      if (const Process* owner = process_tagged(kernel, entry.asid)) {
        row.owner = owner->name;
        row.hue = hue_of(owner->id);
      }
      row.level = "level " + std::to_string(entry.level);
      row.range = hex_address(VirtualAddress(entry.prefix << format.shift_of(entry.level)), format) + ", " +
                  format_bytes(format.pages_per_entry(entry.level) * kPageSize);
      row.node = entry.below.node;
    }
    model.rows.push_back(std::move(row));
  }
  return model;
}

}  // namespace vmp
