// Bytes in, an ElfImage or the reason out. The reader trusts nothing: each offset is checked against the file
// before it is used, tables are bounded by the file's own size, and the work is linear in it.
#pragma once

#include "core/os/elf_image.h"

namespace vmp {

// `file` must not be null; the image keeps it, because pages are read from it on demand.
Result<ElfImage, ElfError> read_elf(FileBytes file);

}  // namespace vmp
