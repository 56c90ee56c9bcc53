// A scenario as text. Every line is written in one canonical form, so that texts can be compared, and so that
// what is printed is parsed to the same scenario.
#include <type_traits>

#include "core/sim/scenario_names.h"
#include "core/sim/text_number.h"

namespace vmp {
namespace {

constexpr std::uint64_t kLargestDecimalValue = 999'999;  // larger values are easier to read in hex

std::string text_of(VirtualAddress address) {
  return to_hex(address.value(), 8);
}
std::string text_of(std::uint64_t number) {
  return std::to_string(number);
}
std::string text_of_value(std::uint64_t value) {
  return value <= kLargestDecimalValue ? std::to_string(value) : to_hex(value, 8);
}
std::string text_of_size(std::uint32_t size) {
  return size == 4 ? "" : " " + std::to_string(size);
}

// --- commands
// ---------------------------------------------------------------------------------------------------------
std::string print(const SpawnProcess& c) {
  return "spawn " + c.process + " " + c.program->name;
}
std::string print(const SpawnEmpty& c) {
  return "spawn-empty " + c.process;
}
std::string print(const ForkProcess& c) {
  return "fork " + c.process + " " + c.child;
}
std::string print(const ExitProcess& c) {
  return "exit " + c.process + " " + text_of(c.status);
}
std::string print(const SetResidentLimit& c) {
  return "limit " + c.process + " resident " + (c.pages ? text_of(*c.pages) : "none");
}
std::string print(const ReplaceProgram& c) {
  return "exec " + c.process + " " + c.program->name;
}
std::string print(const SetLimit& c) {
  return "limit " + c.process + " " + std::string(name_of(c.limit)) + " " +
         (c.pages ? text_of(*c.pages) : "none");
}
std::string print(const SetSignalHandling& c) {
  return "signals " + c.process + (c.catches ? " catch" : " default");
}
std::string print(const AccessMemory& c) {
  const std::string place = " " + c.process + " " + text_of(c.access.address);
  const std::string size = text_of_size(c.access.size);
  const std::string by = c.access.privilege == Privilege::Supervisor ? " supervisor" : "";
  switch (c.access.kind) {
    case AccessKind::Read:
      return "read" + place + size + by;
    case AccessKind::Write:
      return "write" + place + " " + text_of_value(c.access.value) + size + by;
    case AccessKind::Execute:
      return "execute" + place + size + by;
  }
  return {};
}
std::string print(const MapMemory& c) {
  const Kernel::MapRequest& request = c.request;
  return "mmap " + c.process + " " + (request.address ? text_of(*request.address) : "any") + " " +
         text_of(request.length) + " " + to_string(request.permissions) +
         (!request.fixed       ? ""
          : request.no_replace ? " noreplace"
                               : " fixed") +
         (request.shared ? " shared" : "") + (request.grows_down ? " grows-down" : "") +
         (c.file.empty() ? "" : " file " + c.file + " " + text_of(request.offset));
}
std::string print(const RemapMemory& c) {
  const Kernel::RemapRequest& request = c.request;
  return "mremap " + c.process + " " + text_of(request.address) + " " + text_of(request.old_length) + " " +
         text_of(request.new_length) +
         (request.fixed      ? " to " + text_of(*request.fixed)
          : request.may_move ? " may-move"
                             : "") +
         (request.dont_unmap ? " dont-unmap" : "");
}
std::string print(const AdviseMemory& c) {
  return "madvise " + c.process + " " + text_of(c.address) + " " + text_of(c.length) +
         (c.advice == Kernel::Advice::DontNeed ? " dontneed" : " willneed");
}
std::string print(const LockMemory& c) {
  return (c.lock ? "mlock " : "munlock ") + c.process + " " + text_of(c.address) + " " + text_of(c.length);
}
std::string print(const SyncMemory& c) {
  return "msync " + c.process + " " + text_of(c.address) + " " + text_of(c.length);
}
std::string print(const CreateFile& c) {
  return "create-file " + c.name + " " + text_of(c.bytes) + (c.fill == 0 ? "" : " " + text_of_value(c.fill));
}
std::string print(const TruncateFile& c) {
  return "truncate-file " + c.name + " " + text_of(c.bytes);
}
std::string print(const UnmapMemory& c) {
  return "munmap " + c.process + " " + text_of(c.address) + " " + text_of(c.length);
}
std::string print(const ProtectMemory& c) {
  return "mprotect " + c.process + " " + text_of(c.address) + " " + text_of(c.length) + " " +
         to_string(c.permissions);
}
std::string print(const MoveBreak& c) {
  return "brk " + c.process + " " + text_of(c.address);
}
std::string print(const EditMemory& c) {
  return "poke " + to_hex(c.address.value(), 8) + " " + to_hex(c.value, 2 * c.size) + text_of_size(c.size);
}
std::string print(const DamageSwap& c) {
  return "damage-swap " + text_of(c.first.value()) + (c.count == 1 ? "" : " " + text_of(c.count));
}
std::string print(const FlushTlb& c) {
  return "flush-tlb" + (c.process.empty() ? "" : " " + c.process) +
         (c.address ? " " + text_of(*c.address) : "");
}
std::string print(const ReplayTrace& c) {
  return "replay " + c.process + " " + c.trace->name + " " + text_of(c.first) + " " + text_of(c.count) +
         " digest=" + to_hex(c.trace->digest, 16);
}

// --- expectations
// -----------------------------------------------------------------------------------------------------
std::string print(const ExpectValue& e) {
  return "value " + text_of_value(e.value);
}
std::string print(const ExpectSignal& e) {
  return "signal " + std::string(name_of(e.signal)) + (e.code ? " " + std::string(name_of(*e.code)) : "") +
         (e.reason ? " " + std::string(name_of(*e.reason)) : "");
}
std::string print(const ExpectError& e) {
  return "error " + std::string(name_of(e.error)) + (e.reason ? " " + std::string(name_of(*e.reason)) : "");
}
std::string print(const ExpectRejected& e) {
  return "rejected " + std::string(name_of(e.reason));
}
std::string print(const ExpectFault& e) {
  return "fault " + std::string(name_of(e.kind));
}
std::string print(const ExpectPage& e) {
  return "page " + e.process + " " + text_of(e.address) + " " + std::string(name_of(e.state));
}
std::string print(const ExpectSameFrame& e) {
  return (e.same ? "same-frame " : "different-frame ") + e.process + " " + text_of(e.address) + " " +
         e.other_process + " " + text_of(e.other_address);
}
std::string print(const ExpectCounter& e) {
  return "counter " + (e.process.empty() ? "" : e.process + " ") + std::string(name_of(e.counter)) + " " +
         text_of(e.value);
}

std::string text_of_failure(std::string_view key, DeviceFailure failure) {
  if (failure.nth == 0) return {};
  return std::string(key) + text_of(failure.nth) + (failure.forever ? "+" : "");
}

// --- lines
// ------------------------------------------------------------------------------------------------------------
std::string print(const BlankLine&) {
  return {};
}
std::string print(const CommentLine& line) {
  return "#" + line.text;
}
std::string print(const TitleLine& line) {
  return "title " + line.text;
}
std::string print(const ProseLine& line) {
  return line.text.empty() ? "text" : "text " + line.text;
}
std::string print(const HeadlineLine& line) {
  return "headline " + line.text;
}
std::string print(const CheckpointLine& line) {
  return "checkpoint " + line.name;
}
std::string print(const StepLine& line) {
  return print_step(line.step);
}
std::string print(const ExpectLine& line) {
  return print_expectation(line.expectation);
}
// Settings that few machines change are written only where they are not as usual.
std::string rarer_settings(const MachineConfig& config) {
  const MachineConfig usual;
  std::string text = config.aslr ? " aslr=on" : "";
  if (config.device != usual.device) text += " device=" + std::string(name_of(config.device));
  if (config.scope != usual.scope) text += " scope=" + std::string(name_of(config.scope));
  if (config.fault_frequency.on())
    text += " pff=" + text_of(config.fault_frequency.low) + "," + text_of(config.fault_frequency.high);
  if (config.swap_cluster != usual.swap_cluster) text += " cluster=" + text_of(config.swap_cluster);
  if (config.file_window != usual.file_window) text += " file-window=" + text_of(config.file_window);
  if (config.thrashing != usual.thrashing) text += " thrashing=" + text_of(config.thrashing);
  if (config.tick != usual.tick) text += " tick=" + text_of(config.tick);
  if (config.window != usual.window) text += " window=" + text_of(config.window);
  if (config.physical_base != PhysicalAddress())
    text += " physical-base=" + to_hex(config.physical_base.value(), 8);
  if (config.overcommit != Overcommit::Heuristic)
    text += " overcommit=" + std::string(name_of(config.overcommit));
  if (config.tlb.replacement != TlbReplacement::Lru)
    text += " tlb-policy=" + std::string(name_of(config.tlb.replacement));
  if (config.instruction_tlb)
    text += " itlb=" + text_of(config.instruction_tlb->sets) + "x" + text_of(config.instruction_tlb->ways);
  if (config.walk_cache > 0) text += " walk-cache=" + text_of(config.walk_cache);
  if (config.flushes_lost) text += " flushes=lost";
  for (const ProtectionName& each : kProtectionNames) {
    const bool set = config.protection.*each.flag;
    if (set != usual.protection.*each.flag) text += " " + std::string(each.name) + (set ? "=on" : "=off");
  }
  return text + text_of_failure(" swap-read-fails=", config.swap_read_failure) +
         text_of_failure(" swap-write-fails=", config.swap_write_failure);
}
std::string print(const MachineLine& line) {
  const MachineConfig& config = line.config;
  return "machine format=" + std::string(format_of(config.format).name) +
         " frames=" + text_of(config.frames) + " kernel-frames=" + text_of(config.kernel_frames) +
         " swap=" + text_of(config.swap_slots) + " policy=" + std::string(name_of(config.policy)) +
         " tlb=" + text_of(config.tlb.sets) + "x" + text_of(config.tlb.ways) +
         " asids=" + (config.asids ? "on" : "off") + " placement=" + std::string(name_of(config.placement)) +
         " seed=" + text_of(config.seed) + rarer_settings(config);
}
std::string print_elf(const Program& program) {
  std::string text = "  elf " + program.elf->file_name + " sha256=" + to_hex(program.elf->digest) + "\n";
  for (const std::string& each : program.arguments) text += "  arg " + each + "\n";
  for (const std::string& each : program.environment) text += "  env " + each + "\n";
  return text;
}
std::string print_segments(const Program& program) {
  std::string text;
  text += "  code " + text_of(program.code_pages) + "\n";
  text += "  rodata " + text_of(program.rodata_pages) + "\n";
  text += "  data " + text_of(program.data_pages) + "\n";
  text += "  bss " + text_of(program.bss_pages) + "\n";
  return text;
}
std::string print(const ProgramLine& line) {
  const Program& program = *line.program;
  std::string text = "program " + program.name + "\n";
  text += program.elf ? print_elf(program) : print_segments(program);
  text += "  heap " + text_of(program.heap_pages) + " limit " + text_of(program.heap_limit_pages) + "\n";
  text += "  stack limit " + text_of(program.stack_limit_pages) + "\n";
  for (const InitialWord& word : program.words) {
    text +=
        "  word " + text_of(word.address) + " " + text_of_value(word.value) + text_of_size(word.size) + "\n";
  }
  for (const std::string& each : program.lines) text += each.empty() ? "  line\n" : "  line " + each + "\n";
  return text + "end";
}

}  // namespace

std::string print_step(const Step& step) {
  std::string text = std::visit([](const auto& command) { return print(command); }, step.command);
  if (step.program_line != 0) text += " @" + std::to_string(step.program_line);
  if (step.prints) text += " prints";
  return text;
}

std::string print_expectation(const Expectation& expectation) {
  return "expect " + std::visit([](const auto& what) { return print(what); }, expectation);
}

std::string print_scenario(const Scenario& scenario) {
  std::string text = "vms 1\n";
  for (const ScenarioLine& line : scenario.lines) {
    text += std::visit([](const auto& content) { return print(content); }, line.content);
    text += '\n';
  }
  return text;
}

}  // namespace vmp
