// The twin as the page gets it. web/page/twin.mjs reads it; the names of its members are agreed between the
// two files and nobody else.
#pragma once

#include "shell/present/twin.h"

namespace vmp {

std::string to_json(const Twin& twin);

}  // namespace vmp
