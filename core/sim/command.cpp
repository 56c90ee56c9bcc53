#include "core/sim/command.h"

#include <functional>
#include <type_traits>

namespace vmp {
namespace {

// Equal if both are the same object, or both are there and their values are equal.
template <class T, class Equal>
bool equal_pointees(const std::shared_ptr<const T>& a, const std::shared_ptr<const T>& b, Equal equal) {
  return a == b || (a != nullptr && b != nullptr && equal(*a, *b));
}

}  // namespace

bool SpawnProcess::operator==(const SpawnProcess& other) const {
  return process == other.process && equal_pointees(program, other.program, std::equal_to<>{});
}

bool ReplaceProgram::operator==(const ReplaceProgram& other) const {
  return process == other.process && equal_pointees(program, other.program, std::equal_to<>{});
}

bool ReplayTrace::operator==(const ReplayTrace& other) const {
  const auto same = [](const Trace& a, const Trace& b) { return a.name == b.name && a.digest == b.digest; };
  return process == other.process && first == other.first && count == other.count &&
         equal_pointees(trace, other.trace, same);
}

std::string_view process_of(const Command& command) {
  return std::visit(
      [](const auto& what) -> std::string_view {
        using T = std::decay_t<decltype(what)>;
        if constexpr (std::is_same_v<T, EditMemory> || std::is_same_v<T, CreateFile> ||
                      std::is_same_v<T, TruncateFile> || std::is_same_v<T, DamageSwap>) {
          return {};
        } else {
          return what.process;
        }
      },
      command);
}

}  // namespace vmp
