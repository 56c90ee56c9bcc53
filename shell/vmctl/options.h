// What the command line asked for, one struct a subcommand, and how each is carried out. The functions print
// results to standard output and errors to standard error, and return the exit status.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/sim/scenario.h"
#include "core/sim/string_search.h"
#include "core/sim/trace_reader.h"

namespace vmctl {

enum ExitStatus : int {
  kSuccess = 0,
  kError = 1,  // a file that cannot be read, a scenario or trace with a mistake in it, ...
  kWrongCommandLine = 2,
  kExpectationFailed = 3,
};

struct RunOptions {
  std::string file;
  std::string swap_file;  // empty: the swap device is made of memory
  bool json = false;
  bool quiet = false;
};
int run(const RunOptions& options);

struct ReplayOptions {
  std::string file;  // "-": standard input
  vmp::TraceFormat format = vmp::TraceFormat::Lackey;
  vmp::FormatId machine_format = vmp::FormatId::Sv48;
  vmp::PolicyKind policy = vmp::PolicyKind::Clock;
  std::uint64_t frames = 0;
  std::uint64_t tick = 1000;
  std::uint64_t window = 10000;
  std::uint64_t seed = 1;
  std::optional<vmp::DeviceKind> device;  // whose cost is told too
  bool json = false;
};
int replay(const ReplayOptions& options);

struct CompareOptions {
  std::string file;  // "-": standard input
  vmp::TraceFormat format = vmp::TraceFormat::Lackey;
  std::vector<vmp::PolicyKind> policies;
  std::vector<std::uint64_t> frames;
  std::uint64_t tick = 1000;
  std::uint64_t window = 10000;
  std::uint64_t seed = 1;
};
int compare(const CompareOptions& options);

struct FindOptions {
  vmp::PagingSettings first;
  vmp::PagingSettings second;
  vmp::Parting parting = vmp::Parting::FaultCountsDiffer;
  vmp::SearchBounds bounds;
  bool json = false;
};
int find_string(const FindOptions& options);

struct TranslateOptions {
  std::string file;
  std::string process;
  vmp::VirtualAddress address;
  vmp::AccessKind access = vmp::AccessKind::Read;
  bool json = false;
};
int translate(const TranslateOptions& options);

struct ExportOptions {
  std::string file;
  std::string out;
  bool json = false;
};
int export_memory(const ExportOptions& options);

struct ElfOptions {
  std::string file;
  std::optional<vmp::FormatId> format;  // nothing: the usual one of the file's processor
  std::vector<std::string> arguments;
  std::vector<std::string> environment;
  bool aslr = false;
  std::uint64_t seed = 1;
  bool contents = false;
  bool json = false;
};
int elf(const ElfOptions& options);

}  // namespace vmctl
