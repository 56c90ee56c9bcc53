// A small kernel with one loaded process, for tests that read as sentences.
#pragma once

#include <algorithm>
#include <doctest/doctest.h>

#include "core/sim/invariants.h"
#include "core/sim/machine.h"

namespace vmp::test {

// The usual machine with these page tables; with a flat one it needs more frames.
inline MachineConfig config_with(FormatId format) {
  MachineConfig config;
  config.format = format;
  config.frames = std::max(config.frames, least_frames(config) + 16);
  return config;
}

struct World {
  explicit World(MachineConfig config = {}) : kernel(config) {}

  // Starts a process of a program with those segments; its id.
  ProcessId spawn(const std::string& name, Program program = {}) {
    if (program.name.empty()) program.name = name;
    REQUIRE(std::holds_alternative<Completed>(kernel.spawn(name, std::make_shared<Program>(program), &log)));
    return kernel.find_process(name)->id;
  }
  ProcessId fork(ProcessId parent, const std::string& name) {
    REQUIRE(std::holds_alternative<Completed>(kernel.fork(parent, name, &log)));
    return kernel.find_process(name)->id;
  }
  Outcome access(ProcessId process, AccessKind kind, std::uint64_t address, std::uint64_t value = 0,
                 std::uint32_t size = 4) {
    log.clear();
    return kernel.access(process, Access{kind, VirtualAddress(address), size, value}, &log);
  }
  std::uint64_t read(ProcessId process, std::uint64_t address) {
    const Outcome outcome = access(process, AccessKind::Read, address);
    REQUIRE(std::holds_alternative<Completed>(outcome));
    return *std::get<Completed>(outcome).value;
  }
  void write(ProcessId process, std::uint64_t address, std::uint64_t value) {
    REQUIRE(std::holds_alternative<Completed>(access(process, AccessKind::Write, address, value)));
  }
  std::uint64_t map(ProcessId process, std::uint64_t pages,
                    Permissions permissions = {.read = true, .write = true, .execute = false}) {
    const Outcome outcome = kernel.mmap(process, {std::nullopt, pages * kPageSize, permissions, false}, &log);
    REQUIRE(std::holds_alternative<Completed>(outcome));
    return *std::get<Completed>(outcome).value;
  }
  const Process& process(ProcessId id) const { return *kernel.find_process(id); }
  Pte entry(ProcessId id, std::uint64_t address) const {
    const auto found = kernel.leaf_entry(process(id), page_of(VirtualAddress(address)));
    return found ? found->pte : Pte{};
  }
  FrameNumber frame(ProcessId id, std::uint64_t address) const {
    return frame_of(kernel.format(), entry(id, address));
  }
  void check_invariants() const {
    const auto broken = broken_invariants(kernel);
    CHECK_MESSAGE(broken.empty(), (broken.empty() ? std::string() : broken.front()));
  }

  // Every event of that type in the log of the last access or call.
  template <class T>
  std::vector<T> events() const {
    std::vector<T> found;
    for (const Event& event : log) {
      if (const T* match = std::get_if<T>(&event)) found.push_back(*match);
    }
    return found;
  }

  Kernel kernel;
  EventLog log;
};

}  // namespace vmp::test
