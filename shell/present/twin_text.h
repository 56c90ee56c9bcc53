// The twin as plain text, to copy, to save, to send in a mail: headings with a line below them, tables with
// their columns in line, lists with their numbers. What there is to operate is left out.
#pragma once

#include "shell/present/twin.h"

namespace vmp {

std::string to_text(const Twin& twin);

}  // namespace vmp
