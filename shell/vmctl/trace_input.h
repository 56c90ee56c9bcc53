// Reading a recording from a file or standard input, piece by piece, however long it is.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/sim/trace_reader.h"

namespace vmctl {

// Hands every reference to `sink` and returns how many there were; otherwise the reason has been printed.
// `obstacle` is asked now and then whether there is a reason to stop, in words.
std::optional<std::uint64_t> read_references(const std::string& file, vmp::TraceFormat format,
                                             vmp::VirtualAddress highest, const vmp::TraceReader::Sink& sink,
                                             const std::function<std::optional<std::string>()>& obstacle);

}  // namespace vmctl
