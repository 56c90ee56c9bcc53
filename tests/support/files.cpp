#include "tests/support/files.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/sim/trace_reader.h"

namespace test_support {

std::string read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  REQUIRE_MESSAGE(stream.is_open(), path);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<std::string> files_in(const std::string& folder, const std::string& suffix) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(suffix)) names.push_back(name.substr(0, name.size() - suffix.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::shared_ptr<const vmp::Trace> shipped_trace(std::string_view name) {
  const std::vector<std::string> names = files_in("assets/traces", ".lackey");
  if (std::find(names.begin(), names.end(), name) == names.end()) return nullptr;
  const std::string text = read_file("assets/traces/" + std::string(name) + ".lackey");
  auto trace = vmp::read_trace(std::string(name), vmp::TraceFormat::Lackey, text);
  REQUIRE(trace.ok());
  return std::make_shared<const vmp::Trace>(std::move(trace.value()));
}

std::string shipped_scenario_text(const std::string& name) {
  return read_file("assets/scenarios/" + name + ".vms");
}

vmp::Scenario shipped_scenario(const std::string& name) {
  auto scenario = vmp::parse_scenario(shipped_scenario_text(name), shipped_trace);
  REQUIRE_MESSAGE(scenario.ok(), name, ": ", (scenario.ok() ? "" : vmp::to_string(scenario.error(), name)));
  return std::move(scenario.value());
}

}  // namespace test_support
