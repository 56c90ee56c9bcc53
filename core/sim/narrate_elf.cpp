// Why an executable file cannot be loaded.
#include "core/sim/say.h"
#include "core/sim/text_number.h"

namespace vmp {
namespace {

constexpr auto kFirst = static_cast<std::uint16_t>(MessageId::ElfNotElf);
static_assert(kFirst + static_cast<std::uint16_t>(ElfProblem::ArgumentsTooLong) ==
                  static_cast<std::uint16_t>(MessageId::ElfArgumentsTooLong),
              "each ElfProblem has its message, in the same order");

}  // namespace

Message narrate_elf_error(const ElfError& error) {
  const auto clause = static_cast<MessageId>(kFirst + static_cast<std::uint16_t>(error.problem));
  return {Actor::Kernel, {}, MessageId::ElfRefused, {say::term(clause), say::text(to_hex(error.offset, 1))}};
}

}  // namespace vmp
