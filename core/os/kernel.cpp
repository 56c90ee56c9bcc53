#include "core/os/kernel.h"

#include <algorithm>

#include "core/os/faulty_swap.h"
#include "core/os/memory_swap.h"
#include "core/os/reclaim_view.h"

namespace vmp {
namespace {

std::unique_ptr<SwapBackend> make_swap_device(const MachineConfig& config,
                                              std::unique_ptr<SwapBackend> device) {
  if (device == nullptr) device = std::make_unique<MemorySwap>(config.swap_slots);
  if (config.swap_read_failure.nth == 0 && config.swap_write_failure.nth == 0) return device;
  return std::make_unique<FaultySwap>(std::move(device), config.swap_read_failure, config.swap_write_failure);
}

}  // namespace

Kernel::Kernel(const MachineConfig& config, std::unique_ptr<SwapBackend> device)
    : m_config(config),
      m_memory(config.frames, frame_of(config.physical_base)),
      m_tlb({.data = config.tlb,
             .instructions = config.instruction_tlb,
             .walk_cache_entries = config.walk_cache,
             .page_orders = is_x86(format_of(config.format)) ? TlbUnits::PageOrders::DropPointers
                                                             : TlbUnits::PageOrders::SparePointers,
             .orders = config.flushes_lost ? TlbUnits::KernelOrders::Lost : TlbUnits::KernelOrders::Obeyed},
            config.seed),
      m_frames(config.frames, config.kernel_frames, frame_of(config.physical_base)),
      m_swap(config.swap_slots),
      m_swap_device(make_swap_device(config, std::move(device))),
      // Policies keep one row for each frame number there can be.
      m_policy(make_policy(config.policy, frame_of(config.physical_base).value() + config.frames,
                           {.seed = config.seed, .window = config.window})),
      m_rng(config.seed),
      m_thrashing(config.window, config.thrashing, config.frames),
      m_edited_by_hand(config.flushes_lost) {  // a stale translation lets a program write where it should not
  check(!check_config(config), "a kernel needs a configuration that check_config() accepts");
  check(m_swap_device->slot_count() == config.swap_slots,
        "the swap device must have the slots it is said to have");
}

const Process* Kernel::find_process(ProcessId id) const {
  const std::size_t index = id.value() - std::size_t{1};
  return id.value() == 0 || index >= m_processes.size() ? nullptr : &m_processes[index];
}

const Process* Kernel::find_process(std::string_view name) const {
  const auto it = std::find_if(m_processes.begin(), m_processes.end(),
                               [&](const Process& process) { return process.name == name; });
  return it == m_processes.end() ? nullptr : &*it;
}

TranslationContext Kernel::translation_context(const Process& process) const {
  return {.format = &format(),
          .root = process.root,
          .asid = process.asid,
          .privilege = Privilege::User,
          .protection = m_config.protection};
}

PageTableRef Kernel::page_table(const Process& process) const {
  return {.format = &format(), .process = process.id, .root = process.root};
}

std::optional<Fault::Entry> Kernel::leaf_entry(const Process& process, PageNumber page) const {
  if (!process.running()) return std::nullopt;
  const auto address = find_leaf_entry(m_memory, m_frames, page_table(process), page);
  if (!address) return std::nullopt;
  return Fault::Entry{0, *address, Pte{m_memory.read_word(*address, format().entry_bytes)}};
}

std::optional<VictimChoice> Kernel::peek_victim(std::optional<PageUser> arriving) const {
  const Process* process = arriving ? find_process(arriving->process) : nullptr;
  const auto choose = [&](const Process* scope, ReclaimView::OfScope of_scope) {
    return m_policy->choose_victim(ReclaimView(*this, scope, std::nullopt, arriving, of_scope));
  };
  // As make_room() goes about it.
  if (process != nullptr) {
    const bool at_limit = process->resident_limit && process->resident_pages >= *process->resident_limit;
    const bool at_quota = process->frame_quota && process->resident_pages >= *process->frame_quota;
    if (at_limit || at_quota) {
      auto choice = choose(process, ReclaimView::OfScope::Mapped);
      if (choice || at_limit) return choice;
    }
    if (m_config.scope == ReplacementScope::Local) {
      if (auto choice = choose(process, ReclaimView::OfScope::MappedOrReadAhead)) return choice;
    }
  }
  return choose(nullptr, ReclaimView::OfScope::Mapped);
}

PolicyStructure Kernel::policy_structure(const StructureWindow& window) const {
  return m_policy->structure(ReclaimView(*this, nullptr, std::nullopt), window);
}

bool Kernel::any_entry_has(FrameNumber frame, std::uint64_t flag) const {
  const std::vector<PageUser>& users = m_frames[frame].users;
  return std::any_of(users.begin(), users.end(), [&](const PageUser& user) {
    const auto entry = leaf_entry(*find_process(user.process), user.page);
    return entry && entry->pte.has(flag);
  });
}

bool Kernel::frame_dirty(FrameNumber frame) const {
  return m_frames[frame].dirty || any_entry_has(frame, format().dirty);
}

bool Kernel::frame_accessed(FrameNumber frame) const {
  return any_entry_has(frame, format().accessed);
}

Outcome Kernel::edit_memory(PhysicalAddress address, std::uint32_t size, std::uint64_t value, EventLog* log) {
  if (size != 1 && size != 2 && size != 4 && size != 8) return Rejected{RejectReason::BadSize};
  if (!m_memory.contains(address, size) || offset_of(address) + size > kPageSize) {
    return Rejected{RejectReason::OutsideMemory};
  }
  const std::uint64_t before = m_memory.read_word(address, size);
  m_memory.write_word(address, size, value);
  m_edited_by_hand = true;
  if (log != nullptr) {
    log->push_back(MemoryEdited{address, size, before, m_memory.read_word(address, size)});
  }
  return Completed{};
}

Outcome Kernel::damage_swap(SwapSlot first, std::uint32_t count) {
  if (first.value() >= m_swap.size() || count > m_swap.size() - first.value())
    return Rejected{RejectReason::NoSuchSlot};
  for (std::uint32_t i = 0; i < count; ++i) m_damaged_slots.insert(SwapSlot(first.value() + i));
  return Completed{};
}

std::optional<DeviceError> Kernel::read_slot(SwapSlot slot, PageBytes& bytes) {
  if (m_damaged_slots.contains(slot)) return DeviceError{DeviceError::Kind::Input, slot};
  return m_swap_device->read(slot, bytes);
}

Outcome Kernel::flush_tlb(EventLog* log) {
  const Dropped dropped = m_tlb.flush(TlbUnits::By::Hand);
  if (log != nullptr) log->push_back(TlbFlushed{std::nullopt, dropped.translations});
  tell_dropped_pointers(dropped, log);
  return Completed{};
}

Outcome Kernel::flush_tlb(ProcessId id, std::optional<VirtualAddress> address, EventLog* log) {
  const Process* const process = find_running(id);
  if (process == nullptr) return why_not_running(id);
  const Asid asid = process->asid;
  if (address) {
    const PageNumber page = page_of(*address);
    const Dropped dropped = m_tlb.invalidate(asid, page, TlbUnits::By::Hand);
    if (log != nullptr) log->push_back(TlbInvalidated{id, page});
    tell_dropped_pointers(dropped, log);
  } else {
    const Dropped dropped = m_tlb.invalidate_asid(asid, TlbUnits::By::Hand);
    if (log != nullptr) log->push_back(TlbFlushed{id, dropped.translations});
    tell_dropped_pointers(dropped, log);
  }
  return Completed{};
}

void Kernel::tell_dropped_pointers(Dropped dropped, EventLog* log) {
  if (log != nullptr && dropped.pointers > 0) log->push_back(WalkCacheDropped{dropped.pointers});
}

std::uint64_t Kernel::hash() const {
  Hasher hasher;
  hasher.add(m_memory.hash());
  m_tlb.hash_into(hasher);
  hasher.add(m_frames.hash());
  hasher.add(m_swap.hash());
  hasher.add(m_swap_device->hash());
  for (const SwapSlot slot : m_damaged_slots) hasher.add(slot);
  m_policy->hash_into(hasher);
  for (const Process& process : m_processes) process.hash_into(hasher);
  for (const File& file : m_files) file.hash_into(hasher);
  hasher.add(m_current);
  hasher.add(m_time);
  hasher.add(m_rng.state());
  m_totals.hash_into(hasher);
  m_thrashing.hash_into(hasher);
  hasher.add(static_cast<std::uint64_t>(m_edited_by_hand));
  return hasher.value();
}

}  // namespace vmp
