// What the kernel's writing of one entry means: a page comes, goes, moves to swap, or changes what is
// allowed.
#include "core/os/page_table.h"
#include "core/sim/say.h"

namespace vmp::say {
namespace {

// The single flag in which two entries differ; 0 if they differ in anything else too.
std::uint64_t only_difference(const PageTableFormat& format, Pte before, Pte after) {
  const std::uint64_t changed = before.bits ^ after.bits;
  for (const std::uint64_t flag : {format.accessed, format.dirty, format.write}) {
    if (changed == flag) return flag;
  }
  return 0;
}

std::optional<Message> flag_changed(const PteWritten& event, const PageTableFormat& format) {
  const std::uint64_t flag = only_difference(format, event.before, event.after);
  const bool set = event.after.has(flag);
  std::optional<MessageId> id;
  if (flag != 0 && flag == format.accessed && !set) id = MessageId::ClearedAccessedFlag;
  if (flag != 0 && flag == format.dirty && !set) id = MessageId::ClearedDirtyFlag;
  if (flag != 0 && flag == format.write) id = set ? MessageId::MadeWritable : MessageId::MadeReadOnly;
  if (!id) return std::nullopt;
  return Message{Actor::Kernel, {}, *id, {page(event.page)}};
}

struct Meaning {
  const PteWritten& event;

  Message about(MessageId id, Argument where) const {
    return {
        Actor::Kernel, {}, id, {entry(event.after), at(event.address), page(event.page), std::move(where)}};
  }
  Message operator()(const EmptyEntry&) const {
    if (event.after.bits == 0) {
      return {Actor::Kernel, {}, MessageId::ClearedPageEntry, {at(event.address), page(event.page)}};
    }
    return {Actor::Kernel,
            {},
            MessageId::WroteOtherEntry,
            {entry(event.after), at(event.address), page(event.page)}};
  }
  Message operator()(const PresentEntry& e) const { return about(MessageId::WrotePageEntry, frame(e.frame)); }
  Message operator()(const ProtNoneEntry& e) const {
    return about(MessageId::WroteNoAccessEntry, frame(e.frame));
  }
  Message operator()(const SwappedEntry& e) const { return about(MessageId::WroteSwapEntry, slot(e.slot)); }
};

Message node_entry_written(const PteWritten& event, const PageTableFormat& format) {
  if (event.after.bits == 0) return {Actor::Kernel, {}, MessageId::ClearedNodeEntry, {at(event.address)}};
  return {Actor::Kernel,
          {},
          MessageId::WroteNodeEntry,
          {entry(event.after), at(event.address), frame(frame_of(format, event.after))}};
}

}  // namespace

Message entry_written(const PteWritten& event, const std::string& process, const PageTableFormat& format) {
  Message message;
  if (event.level > 0) {
    message = node_entry_written(event, format);
  } else if (auto flag = flag_changed(event, format); flag && event.after.has(format.present)) {
    message = std::move(*flag);
  } else {
    message = std::visit(Meaning{event}, decode_leaf(format, event.after));
  }
  message.process = process;
  return message;
}

}  // namespace vmp::say
