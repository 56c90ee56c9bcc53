#include "tests/linux/operation.h"

#include <algorithm>
#include <array>

namespace linux_oracle {
namespace {

std::string hex(std::uint64_t number) {
  std::array<char, 19> text{};
  std::snprintf(text.data(), text.size(), "0x%llx", static_cast<unsigned long long>(number));
  return text.data();
}

constexpr std::array kNames{"mmap", "munmap",    "mprotect", "mremap", "madvise-dontneed", "brk", "fork",
                            "exit", "ftruncate", "read",     "write",  "setrlimit"};

}  // namespace

std::vector<Area> joined(std::vector<Area> areas) {
  std::sort(areas.begin(), areas.end(), [](const Area& a, const Area& b) { return a.start < b.start; });
  std::vector<Area> result;
  for (Area& area : areas) {
    if (!result.empty() && result.back().end == area.start && result.back().permissions == area.permissions) {
      result.back().end = area.end;
    } else {
      result.push_back(std::move(area));
    }
  }
  return result;
}

std::string to_string(const Operation& o) {
  std::string text = "process " + std::to_string(o.process) + ": " + kNames[static_cast<std::size_t>(o.kind)];
  if (o.kind == Kind::Fork) return text + " as process " + std::to_string(o.child);
  if (o.kind == Kind::Exit) return text;
  if (o.kind == Kind::Truncate) return text + " file " + std::to_string(o.file) + " to " + hex(o.length);
  if (o.kind == Kind::Limit) {
    text += (o.flags & kOfData) != 0 ? " of data" : " of address space";
    return text + ((o.flags & kLift) != 0 ? " lifted" : " at " + hex(o.length) + " more");
  }
  text += (o.flags & kInHeap) != 0 ? " heap+" : " ";
  text += hex(o.address);
  if (o.kind == Kind::Read || o.kind == Kind::Write) {
    text += " size " + std::to_string(o.size);
    return o.kind == Kind::Write ? text + " value " + hex(o.value) : text;
  }
  if (o.kind == Kind::Break) return text;
  text += " length " + hex(o.length);
  if (o.kind == Kind::Map || o.kind == Kind::Protect) text += " permissions " + std::to_string(o.permissions);
  if (o.kind == Kind::Map && o.file >= 0) {
    text += " file " + std::to_string(o.file) + " offset " + hex(o.value);
  }
  if (o.kind == Kind::Remap) text += " to length " + hex(o.new_length) + " target " + hex(o.target);
  if ((o.flags & kShared) != 0) text += " shared";
  if ((o.flags & kNoReplace) != 0) text += " noreplace";
  if ((o.flags & kMayMove) != 0) text += " move";
  if ((o.flags & kDontUnmap) != 0) text += " dont-unmap";
  return text;
}

std::string to_string(const Answer& answer) {
  if (answer.signal != 0) {
    return "signal " + std::to_string(answer.signal) + " code " + std::to_string(answer.code) + " at " +
           hex(answer.address);
  }
  if (answer.result < 0 && answer.result > -4096) return "error " + std::to_string(-answer.result);
  return hex(static_cast<std::uint64_t>(answer.result));
}

std::string to_string(const std::vector<Area>& areas) {
  std::string text;
  for (const Area& area : areas)
    text += "  " + hex(area.start) + "-" + hex(area.end) + " " + area.permissions + "\n";
  return text.empty() ? "  nothing\n" : text;
}

}  // namespace linux_oracle
