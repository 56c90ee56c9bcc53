#include "shell/vmctl/policy_commands.h"

#include <memory>

#include "core/os/machine_config.h"
#include "shell/vmctl/options.h"

namespace vmctl {
namespace {

std::vector<std::string> all_policies() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < vmp::kPolicyKinds; ++i) {
    names.emplace_back(vmp::name_of(static_cast<vmp::PolicyKind>(i)));
  }
  return names;
}

struct CompareWords {
  CompareOptions options;
  std::string format = "lackey";
  std::vector<std::string> policies;
};

}  // namespace

CLI::Validator policy_name() {
  return CLI::IsMember(all_policies(), CLI::ignore_case);
}

void add_compare(CLI::App& app, int& status) {
  auto words = std::make_shared<CompareWords>();
  CompareOptions& options = words->options;
  CLI::App* command = app.add_subcommand(
      "compare", "Count the faults of many policies and sizes of memory over one recording, as CSV");
  command->add_option("TRACE", options.file, "A recording; - is standard input")->required();
  command
      ->add_option(
          "--format", words->format,
          "lackey: what valgrind --tool=lackey --trace-mem=yes writes; pages: one page number a line")
      ->check(CLI::IsMember({"lackey", "pages"}))
      ->capture_default_str();
  command->add_option("--policies", words->policies, "Which policies, with commas between them")
      ->required()
      ->delimiter(',')
      ->transform(policy_name());
  command->add_option("--frames", options.frames, "How many frames, with commas between the numbers")
      ->required()
      ->delimiter(',')
      ->check(CLI::Range(std::uint64_t{1}, vmp::kMostFrames / 2));
  command
      ->add_option("--tick", options.tick,
                   "References between two looks at the accessed bits, for nru, aging and working-set")
      ->check(CLI::Range(std::uint64_t{1}, ~std::uint64_t{0}))
      ->capture_default_str();
  command->add_option("--window", options.window, "References of a working set")->capture_default_str();
  command->add_option("--seed", options.seed, "Of random")->capture_default_str();
  command->callback([words, &status] {
    words->options.format = *vmp::trace_format_named(words->format);
    for (const std::string& name : words->policies) {
      words->options.policies.push_back(*vmp::policy_named(name));
    }
    status = compare(words->options);
  });
}

}  // namespace vmctl
