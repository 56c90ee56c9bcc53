#include "shell/present/highlight.h"

#include <algorithm>

#include "core/sim/explain.h"
#include "shell/present/attempt.h"

namespace vmp {
namespace {

template <class T>
bool contains(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

template <class T>
void add(std::vector<T>& values, const T& value) {
  if (!contains(values, value)) values.push_back(value);
}

class Expand {
 public:
  explicit Expand(const Kernel& kernel) : m_kernel(kernel) {}

  void operator()(std::monostate) {}
  void operator()(const PageTarget& target) {
    add(m_result.pages, target);
    const Process* process = m_kernel.find_process(target.process);
    if (process == nullptr || !process->running()) return;
    const PageExplanation page = explain_page(m_kernel, *process, target.page);
    if (page.entry_address) add(m_result.entries, *page.entry_address);
    add_tlb_of(*process, target.page);
    if (page.frame) add(m_result.frames, *page.frame);
    if (page.slot) add(m_result.slots, *page.slot);
    if (page.frame) add_users(m_kernel.frames()[*page.frame].users);
    if (page.slot && !page.frame) add_users(m_kernel.swap()[*page.slot].users);
  }
  void operator()(const FrameTarget& target) {
    add(m_result.frames, target.frame);
    if (!m_kernel.memory().contains(target.frame)) return;
    const FrameInfo& info = m_kernel.frames()[target.frame];
    if (info.use == FrameUse::Page || info.use == FrameUse::TableNode) {
      for (const EntryPointer& pointer : entries_pointing_at(m_kernel, target.frame)) {
        add(m_result.entries, pointer.entry_address);
      }
    }
    for (const PageUser& user : info.users) (*this)(PageTarget{user.process, user.page});
    if (info.slot) add(m_result.slots, *info.slot);
  }
  void operator()(const EntryTarget& target) {
    add(m_result.entries, target.address);
    const PageTableFormat& format = m_kernel.format();
    if (!m_kernel.memory().contains(target.address, format.entry_bytes)) return;
    const FrameInfo& node = m_kernel.frames()[frame_of(target.address)];
    if (node.use != FrameUse::TableNode) return;
    const std::uint64_t index = offset_of(target.address) / format.entry_bytes;
    if (node.node_level == 0) {
      (*this)(PageTarget{node.node_owner, node.node_first_page + index});
      return;
    }
    const Pte pte{m_kernel.memory().read_word(target.address, format.entry_bytes)};
    if (pte.has(format.present)) add(m_result.frames, frame_of(format, pte));
  }
  void operator()(const SlotTarget& target) {
    add(m_result.slots, target.slot);
    if (target.slot.value() >= m_kernel.swap().size()) return;
    const SlotInfo& info = m_kernel.swap()[target.slot];
    for (const PageUser& user : info.users) (*this)(PageTarget{user.process, user.page});
    if (info.cached) (*this)(FrameTarget{*info.cached});
  }
  void operator()(const TlbTarget& target) {
    add(m_result.tlb, target);
    const Tlb* tlb = unit(target.unit);
    if (tlb == nullptr || target.set >= tlb->config().sets || target.way >= tlb->config().ways) return;
    const TlbEntry& entry = tlb->entry(target.set, target.way);
    if (!entry.valid) return;
    add(m_result.frames, entry.frame);
    if (const Process* process = process_tagged(m_kernel, entry.asid))
      (*this)(PageTarget{process->id, entry.page});
  }

  Highlight take() { return std::move(m_result); }

 private:
  const Tlb* unit(TlbUnit which) const {
    return which == TlbUnit::Data ? &m_kernel.tlb() : m_kernel.tlbs().instructions();
  }
  void add_tlb_of(const Process& process, PageNumber page) {
    if (process_tagged(m_kernel, process.asid) != &process) return;
    for (const TlbUnit each : {TlbUnit::Data, TlbUnit::Instructions}) {
      const Tlb* tlb = unit(each);
      if (tlb == nullptr || tlb->config().ways == 0) continue;
      if (const auto way = tlb->probe(process.asid, page))
        add(m_result.tlb, TlbTarget{tlb->set_of(page), *way, each});
    }
  }
  void add_users(const std::vector<PageUser>& users) {
    for (const PageUser& user : users) add(m_result.pages, PageTarget{user.process, user.page});
  }

  const Kernel& m_kernel;
  Highlight m_result;
};

}  // namespace

bool Highlight::empty() const {
  return pages.empty() && frames.empty() && entries.empty() && slots.empty() && tlb.empty();
}
bool Highlight::has(PageTarget page) const {
  return contains(pages, page);
}
bool Highlight::has_any(ProcessId process, PageNumber first, std::uint64_t count) const {
  return std::any_of(pages.begin(), pages.end(), [&](const PageTarget& page) {
    return page.process == process && page.page >= first && page.page - first < count;
  });
}
bool Highlight::has(FrameNumber frame) const {
  return contains(frames, frame);
}
bool Highlight::has_any(FrameNumber first, std::uint64_t count) const {
  return std::any_of(frames.begin(), frames.end(),
                     [&](FrameNumber frame) { return frame >= first && frame - first < count; });
}
bool Highlight::has(PhysicalAddress entry) const {
  return contains(entries, entry);
}
bool Highlight::has(SwapSlot slot) const {
  return contains(slots, slot);
}
bool Highlight::has(TlbTarget entry) const {
  return contains(tlb, entry);
}

Highlight highlight_of(const Kernel& kernel, const Target& target) {
  Expand expand(kernel);
  std::visit(expand, target);
  return expand.take();
}

Highlight highlight_of(const AccessPath& path) {
  Highlight highlight;
  highlight.pages.push_back({path.process, path.page});
  highlight.frames = path.nodes;
  if (path.frame) highlight.frames.push_back(*path.frame);
  if (path.slot) highlight.slots.push_back(*path.slot);
  return highlight;
}

}  // namespace vmp
