// One page of a file, or of memory that is shared without a name.
#pragma once

#include "core/base/hash.h"

namespace vmp {

struct FilePageRef {
  FileId file;
  std::uint64_t index = 0;  // counted in pages from the file's start

  constexpr auto operator<=>(const FilePageRef&) const = default;
  void hash_into(Hasher& hasher) const {
    hasher.add(file);
    hasher.add(index);
  }
};

}  // namespace vmp
