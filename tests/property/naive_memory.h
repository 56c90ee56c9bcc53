// The simplest model of what a program may rely on: for each process a map from page to permissions, and a
// map from address to byte. No frames, no tables, no swap. Whatever the machine does inside, every read must
// agree with this.
#pragma once

#include <map>
#include <set>
#include <string>

#include "core/sim/machine.h"

namespace vmp::test {

class NaiveMemory {
 public:
  explicit NaiveMemory(const PageTableFormat& format) : m_format(format), m_layout(layout_of(format)) {}

  // Brings the model in line with a command and its outcome. Returns a sentence if the outcome is wrong.
  std::string follow(const Command& command, const Outcome& outcome);

  // A process the kernel ended to free memory, while it served another.
  void killed_for_memory(const std::string& name);

  // Looks for every byte of every living process where the machine keeps it now: in a frame, in a swap slot,
  // or still in its source. Returns a sentence about the first that is not what it should be.
  std::string find_loss(const Kernel& kernel) const;

 private:
  // A file, or memory shared without a name.
  struct Object {
    std::string name;
    std::uint64_t size = 0;
    std::uint8_t fill = 0;
    std::uint64_t filled = 0;                       // bytes from the start that are `fill` unless written
    std::map<std::uint64_t, std::uint8_t> written;  // by offset
  };
  struct Backing {
    std::size_t object = 0;
    std::uint64_t page = 0;  // within the object
    bool shared = false;
  };
  struct Space {
    std::map<std::uint64_t, Permissions> pages;     // by page number
    std::map<std::uint64_t, std::uint8_t> bytes;    // by address; absent: the initial byte
    std::map<std::uint64_t, std::uint8_t> initial;  // by page number: the byte an untouched page is full of
    std::map<std::uint64_t, Backing> backing;       // by page number, of pages of files and of shared memory
    std::set<std::uint64_t> copied;                 // private pages of files that were written
    std::uint64_t heap_start = 0;
    std::uint64_t heap_end = 0;
    std::uint64_t stack_limit_pages = 0;
    bool alive = true;
    bool catches = false;
  };

  std::string follow_access(const AccessMemory& what, const Outcome& outcome);
  std::string follow_spawn(const SpawnProcess& what);
  std::string follow_exec(const ReplaceProgram& what, const Outcome& outcome);
  Space* alive(const std::string& name);
  void drop(Space& space, std::uint64_t first_page, std::uint64_t pages);
  void set(Space& space, std::uint64_t first_page, std::uint64_t pages, Permissions permissions);
  bool grants(Space& space, std::uint64_t page, AccessKind kind);
  std::uint8_t byte_at(const Space& space, std::uint64_t address) const;

  // naive_files.cpp
  bool exists(const Space& space, std::uint64_t page) const;
  std::uint8_t object_byte(const Backing& backing, std::uint64_t offset) const;
  void store(Space& space, std::uint64_t address, std::uint8_t byte);
  void back(Space& space, std::uint64_t first_page, const MapMemory& what);
  void remap(Space& space, std::uint64_t to, const Kernel::RemapRequest& request);
  void follow_failed_remap(const RemapMemory& what, const Outcome& outcome);
  void forget_pages(Space& space, std::uint64_t first_page, std::uint64_t pages);
  void create(const CreateFile& what);
  void truncate(const TruncateFile& what);

  const PageTableFormat& m_format;
  AddressLayout m_layout;
  std::map<std::string, Space> m_spaces;
  std::vector<Object> m_objects;
};

}  // namespace vmp::test
