// One sentence of the English string table. {n} is the n-th argument, {n|one|many} a word that follows the
// number of the n-th.
#pragma once

#include <string_view>

#include "core/sim/messages.h"

namespace vmp {

struct EnglishRow {
  MessageId id;
  std::string_view sentence;
};

}  // namespace vmp
