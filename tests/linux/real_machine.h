// The real side: processes of the Linux kernel this program runs on. Each waits for batches of operations in
// memory it shares with the driver, carries them out with bare system calls and bare loads and stores, and
// writes down what came of them. Forks are real forks.
#pragma once

#include "tests/linux/operation.h"

namespace linux_oracle {

struct Control;

class RealMachine {
 public:
  // Starts process 0. Throws std::runtime_error with the reason if that fails.
  explicit RealMachine(std::uint8_t file_fill);
  ~RealMachine();
  RealMachine(const RealMachine&) = delete;
  RealMachine& operator=(const RealMachine&) = delete;

  static constexpr std::size_t kMostOfBatch = 64;
  // All of one process, at most kMostOfBatch.
  std::vector<Answer> execute(const std::vector<Operation>& operations);
  // The process's part of /proc/PID/maps in the arena and the heap, as it is listed there.
  std::vector<Area> areas(int process) const;

 private:
  Control* m_control = nullptr;
  int m_first = 0;  // pid of process 0
};

}  // namespace linux_oracle
