#include "tests/linux/real_machine.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <sstream>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace linux_oracle {

struct Slot {
  sem_t work;
  sem_t done;
  pid_t pid = 0;
  std::uint64_t heap = 0;  // where the heap begins, on a page
  std::size_t count = 0;
  std::array<Operation, RealMachine::kMostOfBatch> operations;
  std::array<Answer, RealMachine::kMostOfBatch> answers;
};

struct Control {
  std::array<Slot, kProcesses> slots;
  std::array<int, kFiles> files{};
};

namespace {

// What an executor needs; it must not allocate, because its heap is part of the experiment.
Control* control = nullptr;
int own_slot = 0;
sigjmp_buf after_fault;
volatile sig_atomic_t fault_signal = 0;
volatile sig_atomic_t fault_code = 0;
volatile std::uint64_t fault_address = 0;
std::array<char, 65536> maps_text;
std::array<char, 65536> signal_stack;

// Nobody waits for ever: a process that lost its partner ends by itself.
constexpr int kPatience = 20;  // seconds

bool wait_for(sem_t& semaphore, int seconds) {
  timespec until{};
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += seconds;
  int result = 0;
  do result = sem_timedwait(&semaphore, &until);
  while (result != 0 && errno == EINTR);
  return result == 0;
}

void on_fault(int number, siginfo_t* info, void*) {
  fault_signal = number;
  fault_code = info->si_code;
  fault_address = reinterpret_cast<std::uint64_t>(info->si_addr);
  siglongjmp(after_fault, 1);
}

template <class Word>
void touch_as(const Operation& operation, std::uint64_t address, Answer& answer) {
  typedef Word Unaligned __attribute__((aligned(1), may_alias));
  auto* place = reinterpret_cast<volatile Unaligned*>(address);
  if (operation.kind == Kind::Write) {
    *place = static_cast<Word>(operation.value);
  } else {
    answer.result = static_cast<std::int64_t>(std::uint64_t{*place});
  }
}

Answer touch(const Operation& operation, std::uint64_t address) {
  // `volatile`: it is written between sigsetjmp and a return through siglongjmp.
  volatile std::int64_t result = 0;
  if (sigsetjmp(after_fault, 0) != 0) {
    Answer answer;
    answer.signal = fault_signal;
    answer.code = fault_code;
    answer.address = fault_address;
    if ((operation.flags & kInHeap) != 0)
      answer.address -= control->slots[static_cast<std::size_t>(own_slot)].heap;
    return answer;
  }
  Answer answer;
  switch (operation.size) {
    case 1:
      touch_as<std::uint8_t>(operation, address, answer);
      break;
    case 2:
      touch_as<std::uint16_t>(operation, address, answer);
      break;
    case 4:
      touch_as<std::uint32_t>(operation, address, answer);
      break;
    default:
      touch_as<std::uint64_t>(operation, address, answer);
      break;
  }
  result = answer.result;
  answer.result = result;
  return answer;
}

std::int64_t call(long number, std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d = 0,
                  std::uint64_t e = 0, std::uint64_t f = 0) {
  const long result = syscall(number, a, b, c, d, e, f);
  return result == -1 ? -errno : result;
}

// True if an edge inside (start, end) parts two areas that differ in nothing the playground knows of. Linux
// may keep such neighbours apart (their pages were first touched at different times). mremap then refuses to
// reach over the edge, and mprotect meets a limit there, which nobody can see from outside. With
// `first_only` only the edge behind the area that holds `start` counts.
bool reaches_over_hidden_edge(std::uint64_t start, std::uint64_t end, bool first_only) {
  const int file = open("/proc/self/maps", O_RDONLY);
  std::size_t length = 0;
  for (ssize_t got = 1; got > 0 && length < maps_text.size() - 1; length += static_cast<std::size_t>(got)) {
    got = read(file, maps_text.data() + length, maps_text.size() - 1 - length);
    if (got < 0) break;
  }
  close(file);
  maps_text[length] = '\0';
  std::uint64_t edge = 0;  // where the area before ends
  const char* permissions = nullptr;
  for (const char* line = maps_text.data(); line != nullptr && *line != '\0';) {
    char* rest = nullptr;
    const std::uint64_t low = strtoull(line, &rest, 16);
    const std::uint64_t high = strtoull(rest + 1, &rest, 16);
    if (low >= end) return false;
    if (low > start) {
      if (permissions != nullptr && low == edge && strncmp(permissions, rest + 1, 4) == 0) return true;
      if (first_only) return false;
    }
    edge = high;
    permissions = rest + 1;
    line = strchr(line, '\n');
    if (line != nullptr) ++line;
  }
  return false;
}

bool has_data_limit() {
  rlimit limit{};
  return getrlimit(RLIMIT_DATA, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

// The kernel's own count of what RLIMIT_AS and RLIMIT_DATA limit, in bytes.
std::uint64_t counted(const char* name) {
  const int file = open("/proc/self/status", O_RDONLY);
  const ssize_t length = read(file, maps_text.data(), maps_text.size() - 1);
  close(file);
  maps_text[static_cast<std::size_t>(length < 0 ? 0 : length)] = '\0';
  const char* line = strstr(maps_text.data(), name);
  return line == nullptr ? 0 : strtoull(line + strlen(name), nullptr, 10) * 1024;
}

std::int64_t set_limit(const Operation& o) {
  const bool data = (o.flags & kOfData) != 0;
  const rlim_t bytes =
      (o.flags & kLift) != 0 ? RLIM_INFINITY : counted(data ? "VmData:" : "VmSize:") + o.length;
  const rlimit limit{bytes, RLIM_INFINITY};
  return setrlimit(data ? RLIMIT_DATA : RLIMIT_AS, &limit) == 0 ? 0 : -errno;
}

std::uint64_t pages(std::uint64_t bytes) {
  return (bytes + kPage - 1) / kPage;
}

std::int64_t fork_into(int child);

Answer carry_out(const Operation& o) {
  const std::uint64_t heap = control->slots[static_cast<std::size_t>(own_slot)].heap;
  const std::uint64_t address = o.address + ((o.flags & kInHeap) != 0 ? heap : 0);
  const auto permissions = std::uint64_t{o.permissions};
  Answer answer;
  switch (o.kind) {
    case Kind::Read:
    case Kind::Write:
      return touch(o, address);
    case Kind::Map: {
      std::uint64_t flags = (o.flags & kShared) != 0 ? MAP_SHARED : MAP_PRIVATE;
      flags |= (o.flags & kNoReplace) != 0 ? MAP_FIXED_NOREPLACE : MAP_FIXED;
      if (o.file < 0) flags |= MAP_ANONYMOUS;
      const int file = o.file < 0 ? -1 : control->files[static_cast<std::size_t>(o.file)];
      answer.result = call(SYS_mmap, address, o.length, permissions, flags,
                           static_cast<std::uint64_t>(std::int64_t{file}), o.value);
      return answer;
    }
    case Kind::Unmap:
      answer.result = call(SYS_munmap, address, o.length, 0);
      return answer;
    case Kind::Protect:
      if ((o.permissions & 2) != 0 && has_data_limit() &&
          reaches_over_hidden_edge(address, address + o.length, false)) {
        answer.skipped = true;
        return answer;
      }
      answer.result = call(SYS_mprotect, address, o.length, permissions);
      return answer;
    case Kind::Remap: {
      // Since 6.17 a move without a change of length may take several areas along.
      const bool may_take_several = (o.flags & kMayMove) != 0 && pages(o.length) == pages(o.new_length);
      if (may_take_several || reaches_over_hidden_edge(address, address + o.length, true)) {
        answer.skipped = true;
        return answer;
      }
      std::uint64_t flags = (o.flags & kMayMove) != 0 ? MREMAP_MAYMOVE | MREMAP_FIXED : 0;
      answer.result = call(SYS_mremap, address, o.length, o.new_length, flags, o.target);
      return answer;
    }
    case Kind::DontNeed:
      answer.result = call(SYS_madvise, address, o.length, MADV_DONTNEED);
      return answer;
    case Kind::Break:
      // The bare call returns the break as it is afterwards, whether or not it moved.
      answer.result = call(SYS_brk, address, 0, 0) - static_cast<std::int64_t>(heap);
      return answer;
    case Kind::Truncate:
      answer.result =
          call(SYS_ftruncate, static_cast<std::uint64_t>(control->files[static_cast<std::size_t>(o.file)]),
               o.length, 0);
      return answer;
    case Kind::Fork:
      answer.result = fork_into(o.child);
      return answer;
    case Kind::Limit:
      answer.result = set_limit(o);
      return answer;
    case Kind::Exit:
      return answer;
  }
  return answer;
}

[[noreturn]] void serve(int slot_number) {
  own_slot = slot_number;
  Slot& slot = control->slots[static_cast<std::size_t>(slot_number)];
  slot.pid = getpid();
  for (;;) {
    if (!wait_for(slot.work, kPatience)) _exit(1);
    bool ends = false;
    for (std::size_t i = 0; i < slot.count; ++i) {
      slot.answers[i] = carry_out(slot.operations[i]);
      ends = slot.operations[i].kind == Kind::Exit;
    }
    sem_post(&slot.done);
    if (ends) _exit(0);
  }
}

std::int64_t fork_into(int child) {
  Slot& slot = control->slots[static_cast<std::size_t>(child)];
  slot.heap = control->slots[static_cast<std::size_t>(own_slot)].heap;
  const pid_t pid = fork();
  if (pid == 0) serve(child);
  if (pid < 0) return -errno;
  slot.pid = pid;
  return 0;
}

void install_handlers() {
  stack_t stack{};
  stack.ss_sp = signal_stack.data();
  stack.ss_size = signal_stack.size();
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
  sigaction(SIGSEGV, &action, nullptr);
  sigaction(SIGBUS, &action, nullptr);
  signal(SIGCHLD, SIG_IGN);
}

int make_file(std::uint8_t fill) {
  const int file = memfd_create("oracle", 0);
  if (file < 0) throw std::runtime_error("memfd_create failed");
  const std::string bytes(kMostFilePages / 2 * kPage, static_cast<char>(fill));
  if (write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("writing a file in memory failed");
  }
  return file;
}

}  // namespace

RealMachine::RealMachine(std::uint8_t file_fill) {
  void* shared = mmap(nullptr, sizeof(Control), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) throw std::runtime_error("no shared memory for the real processes");
  m_control = new (shared) Control;
  control = m_control;
  for (Slot& slot : m_control->slots) {
    sem_init(&slot.work, 1, 0);
    sem_init(&slot.done, 1, 0);
  }
  for (int& file : m_control->files) file = make_file(file_fill);
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error("fork failed");
  if (pid == 0) {
    install_handlers();
    const auto now = static_cast<std::uint64_t>(call(SYS_brk, 0, 0, 0));
    m_control->slots[0].heap = (now + kPage - 1) / kPage * kPage;
    call(SYS_brk, m_control->slots[0].heap, 0, 0);
    call(SYS_munmap, kArena, kArenaEnd - kArena, 0);
    serve(0);
  }
  m_first = pid;
  m_control->slots[0].pid = pid;
}

RealMachine::~RealMachine() {
  for (const Slot& slot : m_control->slots) {
    if (slot.pid > 0) kill(slot.pid, SIGKILL);
  }
  waitpid(m_first, nullptr, 0);
  for (const int file : m_control->files) close(file);
  munmap(m_control, sizeof(Control));
}

std::vector<Answer> RealMachine::execute(const std::vector<Operation>& operations) {
  Slot& slot = m_control->slots[static_cast<std::size_t>(operations.front().process)];
  slot.count = operations.size();
  std::copy(operations.begin(), operations.end(), slot.operations.begin());
  sem_post(&slot.work);
  if (!wait_for(slot.done, kPatience)) {
    throw std::runtime_error("real process " + std::to_string(operations.front().process) +
                             " does not answer");
  }
  if (operations.back().kind == Kind::Exit) {
    if (slot.pid == m_first) waitpid(m_first, nullptr, 0);
    slot.pid = 0;
  }
  return {slot.answers.begin(), slot.answers.begin() + static_cast<std::ptrdiff_t>(operations.size())};
}

std::vector<Area> RealMachine::areas(int process) const {
  const Slot& slot = m_control->slots[static_cast<std::size_t>(process)];
  std::ifstream maps("/proc/" + std::to_string(slot.pid) + "/maps");
  std::vector<Area> found;
  for (std::string line; std::getline(maps, line);) {
    std::istringstream words(line);
    Area area;
    char dash = 0;
    words >> std::hex >> area.start >> dash >> area.end >> area.permissions;
    const bool in_arena = area.start >= kArena && area.start < kArenaEnd;
    const bool in_heap = area.end > slot.heap && area.start < slot.heap + kHeapPages * kPage;
    if (in_heap) {
      area.start = area.start > slot.heap ? area.start - slot.heap : 0;
      area.end -= slot.heap;
    }
    if (in_arena || in_heap) found.push_back(area);
  }
  return found;
}

}  // namespace linux_oracle
