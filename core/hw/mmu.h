// The memory management unit: TLB first, then the walk, which begins where the walk cache lets it. A TLB
// entry is used only when it allows the access and needs no flag set; otherwise the tables decide. So every
// fault is decided by an entry in RAM, and can name it.
//
// That is x86's behaviour (SDM vol. 3A 4.10.2.3, 4.10.4.3: a page fault drops the cached translation of its
// page); a RISC-V implementation may do the same.
#pragma once

#include "core/hw/tlb.h"
#include "core/hw/walk_cache.h"

namespace vmp {

template <class Tracer>
Result<PhysicalAddress, Fault> translate(PhysicalMemory& memory, Tlb& tlb, WalkCache& walk_cache,
                                         const TranslationContext& context, VirtualAddress va,
                                         AccessKind access, Tracer& tracer) {
  const PageNumber page = page_of(va);
  const bool canonical = context.format->is_canonical(va);
  const auto finish = [&](FrameNumber frame) {
    const PhysicalAddress pa = address_of(frame) + offset_of(va);
    if constexpr (Tracer::kRecords) tracer.record(AddressTranslated{va, pa, access});
    return pa;
  };

  if (canonical && tlb.config().ways > 0) {
    const std::uint32_t set = tlb.set_of(page);
    TlbMissCause cause = TlbMissCause::NoEntry;
    if (const auto way = tlb.probe(context.asid, page)) {
      const TlbEntry& entry = tlb.entry(set, *way);
      const bool allowed = allows(*context.format, context.protection, context.privilege, entry.permissions,
                                  entry.user, access);
      if (allowed && (access != AccessKind::Write || entry.dirty)) {
        const FrameNumber frame = entry.frame;
        tlb.count_hit(set, *way);
        if constexpr (Tracer::kRecords) tracer.record(TlbHit{page, context.asid, set, *way, frame});
        return finish(frame);
      }
      cause = allowed ? TlbMissCause::LacksDirty : TlbMissCause::LacksPermission;
    }
    tlb.count_miss();
    if constexpr (Tracer::kRecords) tracer.record(TlbMissed{page, context.asid, set, cause});
  }

  const Result<Leaf, Fault> leaf = cached_walk(memory, walk_cache, context, va, access, tracer);
  if (!leaf) {
    tlb.invalidate(context.asid, page);
    return Failure{leaf.error()};
  }
  if (tlb.config().ways > 0) {
    const auto placement = tlb.fill(TlbEntry{.valid = true,
                                             .global = leaf->global,
                                             .user = leaf->user,
                                             .dirty = leaf->pte.has(context.format->dirty),
                                             .asid = context.asid,
                                             .page = page,
                                             .frame = leaf->frame,
                                             .permissions = leaf->permissions,
                                             .span = context.format->pages_per_entry(leaf->level),
                                             .last_used = 0});
    if constexpr (Tracer::kRecords) {
      tracer.record(
          TlbFilled{page, leaf->frame, context.asid, placement.set, placement.way, placement.displaced});
    }
  }
  return finish(leaf->frame);
}

}  // namespace vmp
