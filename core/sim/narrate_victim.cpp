// Why this page and no other: the clause in brackets behind a victim.
#include "core/sim/say.h"

namespace vmp::say {
namespace {

Argument clause(MessageId id, std::vector<Argument> parts = {}) {
  return {Argument::Kind::Term, static_cast<std::uint64_t>(id), {}, std::move(parts)};
}

MessageId nru_class(std::uint64_t number) {
  constexpr std::array kClasses{MessageId::TermNruClass0, MessageId::TermNruClass1, MessageId::TermNruClass2,
                                MessageId::TermNruClass3};
  return kClasses[static_cast<std::size_t>(number & 3)];
}

// An aging counter as its eight bits: 00100000.
std::string bits_of(std::uint64_t counter) {
  std::string bits;
  for (int i = 7; i >= 0; --i) bits += (counter >> i & 1) != 0 ? '1' : '0';
  return bits;
}

}  // namespace

Argument reason_for(const VictimChoice& choice) {
  const Argument value = count(choice.value);
  const Argument against = count(choice.against);
  switch (choice.reason) {
    case VictimReason::OldestArrival:
      return clause(MessageId::TermOldestArrival);
    case VictimReason::LeastRecentlyUsed:
      return clause(MessageId::TermLeastRecentlyUsed);
    case VictimReason::NotAccessed:
      return clause(MessageId::TermNotAccessed);
    case VictimReason::AllAccessed:
      return clause(MessageId::TermAllAccessed);
    case VictimReason::MostRecentlyUsed:
      return clause(MessageId::TermMostRecentlyUsed);
    case VictimReason::LowestClass:
      return clause(nru_class(choice.value));
    case VictimReason::LowestAge:
      return clause(MessageId::TermLowestAge, {count(choice.value >> 8), text(bits_of(choice.value))});
    case VictimReason::LeastFrequentlyUsed:
      return clause(MessageId::TermLeastFrequentlyUsed, {value});
    case VictimReason::DrawnAtRandom:
      return clause(MessageId::TermDrawnAtRandom, {value});
    case VictimReason::FarthestNextUse:
      return clause(MessageId::TermFarthestNextUse, {value});
    case VictimReason::NeverUsedAgain:
      return clause(MessageId::TermNeverUsedAgain);
    case VictimReason::OutsideWorkingSet:
      return clause(MessageId::TermOutsideWorkingSet, {value, against});
    case VictimReason::OldestOfWorkingSet:
      return clause(MessageId::TermOldestOfWorkingSet, {value, against});
    case VictimReason::InactiveNotAccessed:
      return clause(MessageId::TermInactiveNotAccessed, {value, against});
    case VictimReason::RecencyOverTarget:
      return clause(MessageId::TermRecencyOverTarget, {value, against});
    case VictimReason::FrequencyOverTarget:
      return clause(MessageId::TermFrequencyOverTarget, {value, against});
    case VictimReason::NotVisited:
      return clause(MessageId::TermNotVisited, {value});
  }
  return clause(MessageId::TermOldestArrival);
}

}  // namespace vmp::say

namespace vmp {

Message narrate_next_victim(const VictimChoice& choice, const Kernel& kernel) {
  const Argument taken = say::frame(choice.frame);
  const Argument reason = say::reason_for(choice);
  const std::vector<PageUser>& users = kernel.frames()[choice.frame].users;
  if (users.empty()) return {Actor::Kernel, {}, MessageId::NextVictimOfNone, {taken, reason}};
  const std::string owner = say::name_of(users.front().process, kernel);
  Message message{Actor::Kernel,
                  owner,
                  MessageId::NextVictimOfOne,
                  {taken, say::page(users.front().page), say::text(owner), reason}};
  if (users.size() == 1) return message;
  message.id = MessageId::NextVictimOfSeveral;
  message.arguments.push_back(say::count(users.size() - 1));
  return message;
}

}  // namespace vmp
