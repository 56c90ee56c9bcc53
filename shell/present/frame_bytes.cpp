#include "shell/present/frame_bytes.h"

#include "core/os/page_table.h"
#include "core/sim/explain.h"
#include "core/sim/narrate.h"
#include "shell/present/format.h"

namespace vmp {
namespace {

std::string meaning_of(const Kernel& kernel, const FrameInfo& node, std::uint64_t index, Pte pte) {
  const PageTableFormat& format = kernel.format();
  const std::string words = "entry " + group_digits(index) + " = " + hex_entry(pte, format) + ": ";
  if (pte.bits == 0) return words + "nothing here";
  if (pte.has(format.present)) {
    const bool leaf = is_leaf(format, pte, node.node_level);
    const FrameNumber frame = leaf ? first_frame_of(format, pte, node.node_level) : frame_of(format, pte);
    return words + (leaf ? "page in frame " : "node in frame ") + hex_frame(frame);
  }
  if (node.node_level != 0) return words + "not present";
  const EntryState state = decode_leaf(format, pte);
  if (const auto* swapped = std::get_if<SwappedEntry>(&state))
    return words + "not present, in swap slot " + group_digits(swapped->slot.value());
  if (const auto* none = std::get_if<ProtNoneEntry>(&state))
    return words + "no access, page in frame " + hex_frame(none->frame);
  return words + "not present";
}

}  // namespace

std::optional<EntryView> entry_at(const Kernel& kernel, FrameNumber frame, std::uint32_t offset) {
  const FrameInfo& info = kernel.frames()[frame];
  if (info.use != FrameUse::TableNode) return std::nullopt;
  const PageTableFormat& format = kernel.format();
  const std::uint64_t start = offset - offset % format.entry_bytes;
  // The frames of a flat table are one node.
  const std::uint64_t before =
      info.node_first_page.value() / format.pages_per_entry(info.node_level) % format.entries_per_node();
  EntryView entry;
  entry.index = before + start / format.entry_bytes;
  entry.address = address_of(frame) + start;
  entry.bytes = format.entry_bytes;
  const PageBytes& bytes = kernel.memory().frame_bytes(frame);
  for (std::uint32_t i = 0; i < format.entry_bytes; ++i)
    entry.pte.bits |= std::uint64_t{bytes[start + i]} << (8 * i);
  entry.meaning = meaning_of(kernel, info, entry.index, entry.pte);
  for (unsigned position = 0; position < 8 * format.entry_bytes; ++position) {
    std::string name = flag_name(format, std::uint64_t{1} << position);
    if (!name.empty())
      entry.bits.push_back({position, std::move(name), (entry.pte.bits >> position & 1) != 0});
  }
  return entry;
}

std::string hex_bytes(const PageBytes& bytes, std::uint64_t offset, std::uint64_t count) {
  std::string text;
  for (std::uint64_t i = offset; i < offset + count; ++i)
    text += (i == offset ? "" : i % 4 == 0 ? "  " : " ") + format_hex(bytes[i], 2);
  return text;
}

std::string text_bytes(const PageBytes& bytes, std::uint64_t offset, std::uint64_t count) {
  std::string text;
  for (std::uint64_t i = offset; i < offset + count; ++i)
    text += bytes[i] >= 0x20 && bytes[i] < 0x7F ? static_cast<char>(bytes[i]) : '.';
  return text;
}

EditMemory edit_of_byte(FrameNumber frame, std::uint32_t offset, std::uint8_t value) {
  return {address_of(frame) + offset, 1, value};
}

EditMemory edit_of_bit(const EntryView& entry, unsigned position) {
  return {entry.address, entry.bytes, entry.pte.bits ^ std::uint64_t{1} << position};
}

}  // namespace vmp
