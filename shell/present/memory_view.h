// What stands in each frame of RAM and each slot of the swap device: who owns it, what for, and the words for
// its label and for the line that explains it. Read from the kernel's frame table; values are read from the
// bytes.
#pragma once

#include <string>
#include <vector>

#include "shell/present/watch.h"

namespace vmp {

struct FrameCard {
  FrameUse use = FrameUse::Free;
  std::vector<std::size_t> hues;  // of its users, one for each process; of a node's owner
  std::string label;              // "data", "root node", "kernel"
  std::string page;               // "0x403", or the level of a node in a deeper tree
  std::string value;              // the word last accessed in it
  std::uint32_t level = 0;        // of a node
  bool shared = false;
  bool copy_on_write = false;  // shared now, parted at the next write
  bool dirty = false;
  bool accessed = false;
};

FrameCard frame_card(const Kernel& kernel, const std::vector<Watch>& watches, FrameNumber frame);

struct SlotCard {
  bool used = false;
  bool cached = false;   // only mirrors a page that is back in RAM
  bool damaged = false;  // its bytes are lost
  std::vector<std::size_t> hues;
  std::string owner;  // "A", "A and B"
  std::string page;   // "0x403"
};

SlotCard slot_card(const Kernel& kernel, SwapSlot slot);

// Which of the eight hues a process wears.
constexpr std::size_t hue_of(ProcessId process) {
  return process.value() == 0 ? 0 : (process.value() - 1) % 8;
}
// The name of a file, or "shared memory".
std::string backing_name(const Kernel& kernel, FileId id);
std::string process_name(const Kernel& kernel, ProcessId process);

// "Frame 1B: page 0x403 of B, data, writable, accessed, dirty".
std::string describe_frame(const Kernel& kernel, FrameNumber frame);
// The reverse map, one sentence an entry: "B, node in frame 15, entry 3, at 0x0001500C".
std::vector<std::string> describe_pointers(const Kernel& kernel, FrameNumber frame);
std::string describe_slot(const Kernel& kernel, SwapSlot slot);

// "32 frames · 128 KiB · 19 used".
std::string memory_summary(const Kernel& kernel);
std::string swap_summary(const Kernel& kernel);
// What stands behind the slots: "hard disk", "SATA SSD", ...
std::string_view device_name(DeviceKind device);
// What it costs to wait for it: "12.7 ms a page"; with a cluster "12.8 ms for 8 at once"; "331.1 ms so far",
// of the whole machine.
std::vector<std::string> swap_costs(const Kernel& kernel);
// "simulated time 331.1 ms".
std::string time_summary(const Kernel& kernel);
// "thrashing: 9 of the last 12 references had to wait for a page that had just left"; empty if it does not.
std::string thrashing_summary(const Kernel& kernel);
// "thrashing: 9 of 12"; likewise.
std::string thrashing_short(const Kernel& kernel);

}  // namespace vmp
