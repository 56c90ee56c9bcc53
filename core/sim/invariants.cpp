#include "core/sim/invariants.h"

#include <algorithm>
#include <map>

#include "core/hw/node_entries.h"
#include "core/sim/explain.h"

namespace vmp {
namespace {

class Checker {
 public:
  explicit Checker(const Kernel& kernel) : m_kernel(kernel) {}

  std::vector<std::string> run() {
    check_frames();
    check_slots();
    check_files();
    check_resident_counts();
    check_nodes();
    check_policy();
    check_counters();
    if (!m_kernel.edited_by_hand()) {
      check_zero_page();
      for (const Process& process : m_kernel.processes()) {
        if (process.running()) check_entries(process);
      }
      check_users_have_entries();
      check_tlb();
    }
    return std::move(m_broken);
  }

 private:
  void require(bool holds, const std::string& sentence) {
    if (!holds) m_broken.push_back(sentence);
  }
  static std::string name(FrameNumber frame) { return "frame " + std::to_string(frame.value()); }
  static std::string name(SwapSlot slot) { return "slot " + std::to_string(slot.value()); }
  static std::string name(const Process& process, PageNumber page) {
    return "page " + std::to_string(page.value()) + " of " + process.name;
  }

  void check_frames() {
    const FrameTable& frames = m_kernel.frames();
    std::uint64_t free = 0;
    for (std::uint64_t f = 0; f < frames.size(); ++f) {
      const FrameNumber frame = frames.nth(f);
      const FrameInfo& info = frames[frame];
      free += info.use == FrameUse::Free ? 1 : 0;
      require(!info.read_ahead || info.users.empty(),
              name(frame) + " is used and still counts as read ahead");
      require(info.use == FrameUse::Page || (info.users.empty() && !info.slot && !info.dirty),
              name(frame) + " holds no page but has users, a slot or a dirty mark");
      require(info.use != FrameUse::Page || !info.users.empty() || info.file_page || info.slot,
              name(frame) + " holds a page that nobody maps and no cache keeps");
      if (info.file_page) {
        require(m_kernel.file(info.file_page->file).page(info.file_page->index).frame == frame,
                name(frame) + " and its file disagree");
      }
      for (const PageUser& user : info.users) {
        const Process* process = m_kernel.find_process(user.process);
        require(process != nullptr && process->running(),
                name(frame) + " is used by a process that has ended");
      }
      if (info.slot)
        require(m_kernel.swap()[*info.slot].cached == frame, name(frame) + " and its slot disagree");
    }
    require(free == frames.free_count(), "the count of free frames is wrong");
  }

  void check_zero_page() {
    const std::optional<FrameNumber> zeros = m_kernel.frames().zero_page();
    require(!zeros || m_kernel.memory().frame_bytes(*zeros) == PageBytes{}, "the page of zeros was written");
  }

  void check_slots() {
    const SwapArea& swap = m_kernel.swap();
    std::uint32_t free = 0;
    for (std::uint32_t s = 0; s < swap.size(); ++s) {
      const SwapSlot slot(s);
      free += swap[slot].free() ? 1 : 0;
      if (swap[slot].cached) {
        require(m_kernel.frames()[*swap[slot].cached].slot == slot, name(slot) + " and its frame disagree");
      }
      for (const PageUser& user : swap[slot].users) {
        const Process* process = m_kernel.find_process(user.process);
        require(process != nullptr && process->running(),
                name(slot) + " is used by a process that has ended");
      }
    }
    require(free == swap.free_count(), "the count of free slots is wrong");
  }

  void check_files() {
    for (const File& file : m_kernel.files()) {
      for (const auto& [index, page] : file.pages()) {
        const FilePageRef self{file.id(), index};
        require(index < file.page_count(), "a file keeps a page beyond its end");
        require(!page.frame || m_kernel.frames()[*page.frame].file_page == self,
                "a file names a frame that does not know it");
        require(!page.slot || m_kernel.swap()[*page.slot].file_page == self,
                "shared memory names a slot that does not know it");
      }
    }
  }

  // A resident limit is no invariant: with swap full no page may go, and the process stays above its limit
  // until it next needs a page, even when another's end has freed slots meanwhile.
  void check_resident_counts() {
    std::map<ProcessId, std::uint64_t> resident;
    for (std::uint64_t f = 0; f < m_kernel.frames().size(); ++f) {
      for (const PageUser& user : m_kernel.frames()[m_kernel.frames().nth(f)].users) ++resident[user.process];
    }
    for (const Process& process : m_kernel.processes()) {
      require(process.resident_pages == resident[process.id],
              process.name + " counts its resident pages wrongly");
    }
  }

  // Work is some process's, and the hardware counts as the kernel does.
  void check_counters() {
    const Counters& totals = m_kernel.totals();
    Counters sum;
    for (const Process& process : m_kernel.processes()) {
      sum.tlb_hits += process.counters.tlb_hits;
      sum.tlb_misses += process.counters.tlb_misses;
      sum.table_reads += process.counters.table_reads;
      sum.pages_read_in += process.counters.pages_read_in;
    }
    require(sum.tlb_hits == totals.tlb_hits && totals.tlb_hits == m_kernel.tlbs().hits(),
            "the TLB's hits are counted wrongly");
    require(sum.tlb_misses == totals.tlb_misses && totals.tlb_misses == m_kernel.tlbs().misses(),
            "the TLB's misses are counted wrongly");
    require(sum.table_reads == totals.table_reads, "the table reads are counted wrongly");
    require(sum.pages_read_in == totals.pages_read_in, "the pages read from swap are counted wrongly");
    require(totals.pages_written_out <= totals.swap_writes + totals.file_writes,
            "more pages were written than were asked to be");
    require(totals.read_ahead_hits <= totals.pages_read_ahead, "more was found read ahead than was read");
    require(totals.refaults <= totals.faults(), "more pages came back than faulted");
  }

  void check_nodes() {
    std::uint64_t nodes = 0;
    for (std::uint64_t f = 0; f < m_kernel.frames().size(); ++f) {
      nodes += m_kernel.frames()[m_kernel.frames().nth(f)].use == FrameUse::TableNode ? 1 : 0;
    }
    for (const Process& process : m_kernel.processes()) {
      nodes -= process.node_frames.size();
      for (const FrameNumber node : process.node_frames) {
        const FrameInfo& info = m_kernel.frames()[node];
        require(info.use == FrameUse::TableNode && info.node_owner == process.id,
                name(node) + " is no node of " + process.name);
      }
      if (m_kernel.format().is_flat()) check_flat_table(process);
      require(process.running() == !process.node_frames.empty(),
              process.name + " has nodes only while it runs");
    }
    require(nodes == 0, "a table node belongs to no process");
  }

  // One node in a row of frames, each with its part of the address space.
  void check_flat_table(const Process& process) {
    const PageTableFormat& format = m_kernel.format();
    require(!process.running() || process.node_frames.size() == format.frames_per_node(),
            process.name + " has a flat table of another size");
    for (std::size_t i = 0; i < process.node_frames.size(); ++i) {
      const FrameNumber frame = process.node_frames[i];
      require(frame == process.root + i, process.name + " has a flat table with a gap");
      require(m_kernel.frames()[frame].node_first_page.value() == i * format.entries_per_frame(),
              name(frame) + " lies at the wrong place of its flat table");
    }
  }

  void check_policy() {
    std::vector<FrameNumber> order = m_kernel.policy().order();
    std::sort(order.begin(), order.end());
    std::vector<FrameNumber> pages;
    for (std::uint64_t f = 0; f < m_kernel.frames().size(); ++f) {
      if (m_kernel.frames()[m_kernel.frames().nth(f)].use == FrameUse::Page)
        pages.push_back(m_kernel.frames().nth(f));
    }
    require(order == pages, "the policy does not know exactly the pages in RAM");
  }

  // Every entry in RAM leads where the books say, and allows no more than its segment.
  void check_entries(const Process& process) {
    const PageTableFormat& format = m_kernel.format();
    for (const FrameNumber node : process.node_frames) {
      const FrameInfo& info = m_kernel.frames()[node];
      if (info.node_level != 0) continue;
      for_each_entry(m_kernel.memory(), format, node, 0, format.entries_per_frame(),
                     [&](const NodeEntry& entry) {
                       check_entry(process, info.node_first_page + entry.index, entry.pte);
                     });
    }
  }

  void check_entry(const Process& process, PageNumber page, Pte pte) {
    const PageTableFormat& format = m_kernel.format();
    const PageUser user{process.id, page};
    const Segment* segment = process.space.find(address_of(page));
    require(segment != nullptr, name(process, page) + " has an entry but lies in no segment");
    if (segment == nullptr) return;
    const EntryState state = decode_leaf(format, pte);
    if (const auto* swapped = std::get_if<SwappedEntry>(&state)) {
      require(swapped->slot.value() < m_kernel.swap().size() &&
                  is_listed(m_kernel.swap()[swapped->slot].users, user),
              name(process, page) + " names a slot that does not know it");
      return;
    }
    const FrameNumber frame = frame_of(format, pte);
    const bool zeros = frame == m_kernel.frames().zero_page();
    require(zeros || (m_kernel.memory().contains(frame) && is_listed(m_kernel.frames()[frame].users, user)),
            name(process, page) + " points at a frame that does not know it");
    if (zeros) require(!segment->backing, name(process, page) + " belongs to a file and shows zeros");
    const Permissions allowed = effective_permissions(format, segment->permissions);
    const Permissions granted = permissions_of(format, pte);
    require(
        !pte.has(format.present) || ((allowed.read || !granted.read) && (allowed.write || !granted.write) &&
                                     (allowed.execute || !granted.execute)),
        name(process, page) + " grants more than its segment");
    const FrameInfo& info = m_kernel.frames()[frame];
    require(!granted.write || segment->shared || (info.users.size() == 1 && !info.file_page && !zeros),
            name(process, page) + " is writable and shared");
    require(!segment->shared || info.file_page == segment->backing_page(page),
            name(process, page) + " is shared but shows another page than its file's");
  }

  void check_users_have_entries() {
    const PageTableFormat& format = m_kernel.format();
    for (std::uint64_t f = 0; f < m_kernel.frames().size(); ++f) {
      for (const PageUser& user : m_kernel.frames()[m_kernel.frames().nth(f)].users) {
        const Process& process = *m_kernel.find_process(user.process);
        const auto entry = m_kernel.leaf_entry(process, user.page);
        require(entry && frame_of(format, entry->pte) == m_kernel.frames().nth(f),
                name(process, user.page) + " lost its entry");
      }
    }
    for (std::uint32_t s = 0; s < m_kernel.swap().size(); ++s) {
      for (const PageUser& user : m_kernel.swap()[SwapSlot(s)].users) {
        const Process& process = *m_kernel.find_process(user.process);
        const auto entry = m_kernel.leaf_entry(process, user.page);
        require(entry && entry->pte == make_swap_entry(format, SwapSlot(s)),
                name(process, user.page) + " lost its slot");
      }
    }
  }

  // A cached translation is one the tables would give now.
  void check_tlb() {
    if (m_kernel.tlbs().kernel_orders_are_lost()) return;
    check_tlb(m_kernel.tlb());
    if (m_kernel.tlbs().instructions() != nullptr) check_tlb(*m_kernel.tlbs().instructions());
    for (const WalkCacheEntry& cached : m_kernel.tlbs().walk_cache().entries()) {
      if (cached.valid) check_pointer(cached);
    }
  }

  void check_pointer(const WalkCacheEntry& cached) {
    const PageTableFormat& format = m_kernel.format();
    const Process* owner = process_tagged(m_kernel, cached.asid);
    require(owner != nullptr, "the walk cache holds a pointer of no running process");
    if (owner == nullptr) return;
    const PageNumber page(cached.prefix << (cached.level * format.index_bits));
    const NodeOnPath found =
        deepest_node(m_kernel.memory(), m_kernel.frames(), m_kernel.page_table(*owner), page, cached.level);
    const Pte pte{m_kernel.memory().read_word(found.entry, format.entry_bytes)};
    require(
        found.level == cached.level && pte.has(format.present) && frame_of(format, pte) == cached.below.node,
        "the walk cache's pointer for " + name(*owner, page) + " is stale");
  }

  void check_tlb(const Tlb& tlb) {
    for (std::uint32_t set = 0; set < tlb.config().sets; ++set) {
      for (std::uint32_t way = 0; way < tlb.config().ways; ++way) {
        const TlbEntry& cached = tlb.entry(set, way);
        if (cached.valid) check_tlb_entry(cached);
      }
    }
  }

  void check_tlb_entry(const TlbEntry& cached) {
    const PageTableFormat& format = m_kernel.format();
    const Process* owner = process_tagged(m_kernel, cached.asid);
    require(owner != nullptr, "the TLB holds a translation of no running process");
    if (owner == nullptr) return;
    const auto entry = m_kernel.leaf_entry(*owner, cached.page);
    const bool agrees = entry && entry->pte.has(format.present | format.accessed) &&
                        frame_of(format, entry->pte) == cached.frame &&
                        permissions_of(format, entry->pte) == cached.permissions &&
                        (!cached.dirty || entry->pte.has(format.dirty));
    require(agrees, "the TLB's translation of " + name(*owner, cached.page) + " is stale");
  }

  const Kernel& m_kernel;
  std::vector<std::string> m_broken;
};

}  // namespace

std::vector<std::string> broken_invariants(const Kernel& kernel) {
  return Checker(kernel).run();
}

}  // namespace vmp
