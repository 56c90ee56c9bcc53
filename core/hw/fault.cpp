#include "core/hw/fault.h"

#include <array>
#include <utility>

namespace vmp {
namespace {

constexpr std::array<std::pair<FaultKind, std::string_view>, 12> kNames{{
    {FaultKind::NonCanonical, "non-canonical"},
    {FaultKind::NotPresent, "not-present"},
    {FaultKind::SupervisorOnly, "supervisor-only"},
    {FaultKind::ReadForbidden, "read-forbidden"},
    {FaultKind::WriteForbidden, "write-forbidden"},
    {FaultKind::ExecuteForbidden, "execute-forbidden"},
    {FaultKind::WriteWithoutRead, "write-without-read"},
    {FaultKind::ReservedBits, "reserved-bits"},
    {FaultKind::PointerAtLastLevel, "pointer-at-last-level"},
    {FaultKind::MisalignedSuperpage, "misaligned-superpage"},
    {FaultKind::TableOutsideMemory, "table-outside-memory"},
    {FaultKind::FrameOutsideMemory, "frame-outside-memory"},
}};

}  // namespace

std::string_view name_of(FaultKind kind) {
  return kNames[static_cast<std::size_t>(kind)].second;
}

std::optional<FaultKind> fault_kind_named(std::string_view name) {
  for (const auto& [kind, text] : kNames) {
    if (text == name) return kind;
  }
  return std::nullopt;
}

}  // namespace vmp
