#include "shell/present/step_text.h"

#include "core/sim/narrate.h"
#include "shell/present/format.h"

namespace vmp {
namespace {

struct Describe {
  const PageTableFormat& format;

  std::string at(VirtualAddress va) const { return hex_address(va, format); }
  static std::string size(std::uint64_t length) { return format_bytes(length); }

  std::string operator()(const SpawnProcess& c) const {
    return c.process + " starts" +
           (c.program && c.program->name != c.process ? ", running " + c.program->name : "");
  }
  std::string operator()(const ForkProcess& c) const { return c.process + " forks; the child is " + c.child; }
  std::string operator()(const ExitProcess& c) const {
    return c.process + " exits with " + std::to_string(c.status);
  }
  std::string operator()(const SetResidentLimit& c) const {
    if (!c.pages) return c.process + " may hold any number of frames";
    return c.process + " may hold at most " + format_count(*c.pages, "page") + " in RAM";
  }
  std::string operator()(const ReplaceProgram& c) const {
    return c.process + " goes on with program " + (c.program ? c.program->name : "?");
  }
  std::string operator()(const SetLimit& c) const {
    const std::string which = std::string(name_of(c.limit));
    if (!c.pages) return c.process + "'s " + which + " limit is lifted";
    return c.process + "'s " + which + " limit is " + format_count(*c.pages, "page");
  }
  std::string operator()(const SetSignalHandling& c) const {
    return c.process + (c.catches ? " installs a handler for signals" : " removes its signal handler");
  }
  std::string operator()(const AccessMemory& c) const {
    return c.process + " " + describe_access(c.access, format);
  }
  std::string operator()(const MapMemory& c) const {
    const std::string where = c.request.address ? " at " + at(*c.request.address) : "";
    const std::string what = c.file.empty() ? (c.request.shared ? " shared" : "") : " of file " + c.file;
    return c.process + " maps " + size(c.request.length) + what + " " + to_string(c.request.permissions) +
           where;
  }
  std::string operator()(const UnmapMemory& c) const {
    return c.process + " unmaps " + size(c.length) + " at " + at(c.address);
  }
  std::string operator()(const ProtectMemory& c) const {
    return c.process + " makes " + size(c.length) + " at " + at(c.address) + " " + to_string(c.permissions);
  }
  std::string operator()(const RemapMemory& c) const {
    const std::string where = c.request.fixed ? " to " + at(*c.request.fixed) : "";
    return c.process + " remaps " + size(c.request.old_length) + " at " + at(c.request.address) + where +
           ", " + size(c.request.new_length) + " long";
  }
  std::string operator()(const AdviseMemory& c) const {
    return c.process + (c.advice == Kernel::Advice::DontNeed ? " does not need " : " will soon need ") +
           size(c.length) + " at " + at(c.address);
  }
  std::string operator()(const LockMemory& c) const {
    return c.process + (c.lock ? " locks " : " unlocks ") + size(c.length) + " at " + at(c.address);
  }
  std::string operator()(const SyncMemory& c) const {
    return c.process + " writes " + size(c.length) + " at " + at(c.address) + " back to the file";
  }
  std::string operator()(const CreateFile& c) const {
    return "There is a file " + c.name + " of " + format_count(c.bytes, "byte");
  }
  std::string operator()(const TruncateFile& c) const {
    return "File " + c.name + " now has " + format_count(c.bytes, "byte");
  }
  std::string operator()(const MoveBreak& c) const {
    return c.process + " moves the end of its heap to " + at(c.address);
  }
  std::string operator()(const EditMemory& c) const {
    return "You write 0x" + format_hex(c.value, 2 * c.size) + " into RAM at " + hex_address(c.address);
  }
  std::string operator()(const DamageSwap& c) const {
    return format_count(c.count, "swap slot") + " from slot " + group_digits(c.first.value()) +
           (c.count == 1 ? " is damaged" : " are damaged");
  }
  std::string operator()(const FlushTlb& c) const {
    if (c.process.empty()) return "The TLB is flushed";
    return "The TLB forgets " + c.process + (c.address ? " at " + at(*c.address) : "");
  }
  std::string operator()(const SpawnEmpty& c) const {
    return c.process + " starts with an empty address space";
  }
  std::string operator()(const ReplayTrace& c) const {
    return c.process + " replays references " + group_digits(c.first + 1) + " to " +
           group_digits(c.first + c.count);
  }
};

}  // namespace

std::string describe_access(const Access& access, const PageTableFormat& format) {
  const std::string address = hex_address(access.address, format);
  switch (access.kind) {
    case AccessKind::Read:
      return "reads " + format_count(access.size, "byte") + " at " + address;
    case AccessKind::Write:
      return "stores " + format_value(access.value) + " at " + address;
    case AccessKind::Execute:
      break;
  }
  return "executes at " + address;
}

std::string describe_step(const Step& step, const PageTableFormat& format) {
  return std::visit(Describe{format}, step.command);
}

}  // namespace vmp
