#include "shell/vmctl/arguments.h"

#include "core/os/policy_kind.h"

namespace vmctl {
namespace {

std::vector<std::string> all_policies() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < vmp::kPolicyKinds; ++i) {
    names.emplace_back(vmp::name_of(static_cast<vmp::PolicyKind>(i)));
  }
  return names;
}

}  // namespace

CLI::Validator policy_name() {
  return CLI::IsMember(all_policies(), CLI::ignore_case);
}

void add_recording(CLI::App& command, std::string& file, std::string& format) {
  command.add_option("TRACE", file, "A recording; - is standard input")->required();
  command
      .add_option("--format", format,
                  "lackey: what valgrind --tool=lackey --trace-mem=yes writes; pages: one page number a line")
      ->check(CLI::IsMember({"lackey", "pages"}))
      ->capture_default_str();
}

}  // namespace vmctl
