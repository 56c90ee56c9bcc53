#include "shell/vmctl/policy_commands.h"

#include <memory>

#include "core/os/machine_config.h"
#include "shell/vmctl/arguments.h"
#include "shell/vmctl/options.h"

namespace vmctl {
namespace {

struct CompareWords {
  CompareOptions options;
  std::string format = "lackey";
  std::vector<std::string> policies;
};

constexpr std::uint64_t kMostSearchFrames = 16;
constexpr std::uint32_t kMostSearched = 20;  // references; there are 5e13 strings of 20

struct FindWords {
  FindOptions options;
  std::vector<std::string> policies;
  std::vector<std::uint64_t> frames;
  std::uint32_t pages = 0;  // 0: as many as references
};

void add_bounds(CLI::App& command, FindWords& words) {
  command
      .add_option("--longest", words.options.bounds.longest,
                  "References of the longest string tried; each more takes about seven times as long")
      ->check(CLI::Range(1U, kMostSearched))
      ->capture_default_str();
  command.add_option("--pages", words.pages, "Different pages at the most; usually no bound")
      ->check(CLI::Range(1U, kMostSearched));
  command
      .add_option("--tick", words.options.first.tick,
                  "References between two looks at the accessed bits, for nru, aging and working-set")
      ->check(CLI::Range(std::uint64_t{1}, ~std::uint64_t{0}))
      ->capture_default_str();
  command.add_option("--window", words.options.first.policy_settings.window, "References of a working set")
      ->capture_default_str();
  command.add_option("--seed", words.options.first.policy_settings.seed, "Of random")->capture_default_str();
  command.add_flag("--json", words.options.json, "Print one JSON object and nothing else");
}

int find(FindWords& words, vmp::Parting parting) {
  FindOptions& options = words.options;
  options.parting = parting;
  options.bounds.pages = words.pages == 0 ? options.bounds.longest : words.pages;
  options.second = options.first;
  options.first.policy = *vmp::policy_named(words.policies.front());
  options.second.policy = *vmp::policy_named(words.policies.back());
  options.first.frames = words.frames.front();
  options.second.frames = words.frames.back();
  return find_string(options);
}

}  // namespace

void add_compare(CLI::App& app, int& status) {
  auto words = std::make_shared<CompareWords>();
  CompareOptions& options = words->options;
  CLI::App* command = app.add_subcommand(
      "compare", "Count the faults of many policies and sizes of memory over one recording, as CSV");
  add_recording(*command, options.file, words->format);
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

void add_differ(CLI::App& app, int& status) {
  auto words = std::make_shared<FindWords>();
  CLI::App* command = app.add_subcommand(
      "differ", "Find the shortest reference string on which two policies do not fault equally often");
  command->add_option("POLICIES", words->policies, "Two policies")
      ->required()
      ->expected(2)
      ->transform(policy_name());
  command->add_option("--frames", words->frames, "How many frames")
      ->required()
      ->expected(1)
      ->check(CLI::Range(std::uint64_t{1}, kMostSearchFrames));
  add_bounds(*command, *words);
  command->callback([words, &status] { status = find(*words, vmp::Parting::FaultCountsDiffer); });
}

void add_belady(CLI::App& app, int& status) {
  auto words = std::make_shared<FindWords>();
  CLI::App* command = app.add_subcommand(
      "belady", "Find the shortest reference string on which a policy faults more often with more frames");
  command->add_option("POLICY", words->policies, "The policy")
      ->required()
      ->expected(1)
      ->transform(policy_name());
  command->add_option("--frames", words->frames, "Fewer and more frames, with a comma between them")
      ->required()
      ->delimiter(',')
      ->expected(2)
      ->check(CLI::Range(std::uint64_t{1}, kMostSearchFrames));
  add_bounds(*command, *words);
  command->callback([words, &status] {
    if (words->frames.front() >= words->frames.back()) {
      throw CLI::ValidationError("--frames", "the second number must be the larger one");
    }
    status = find(*words, vmp::Parting::SecondFaultsMore);
  });
}

}  // namespace vmctl
