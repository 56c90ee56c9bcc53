// vmctl, the machine without a picture: run a scenario and read what happened, replay a recording and count
// the faults, look up one address, or take the simulated RAM away for another tool to look at.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>

#include "core/sim/text_number.h"
#include "shell/vmctl/arguments.h"
#include "shell/vmctl/input.h"
#include "shell/vmctl/options.h"
#include "shell/vmctl/policy_commands.h"

namespace {

std::string check_address(const std::string& text) {
  return vmp::parse_number(text) ? "" : "expected an address, decimal or 0x hex, found \"" + text + "\"";
}

void add_file(CLI::App& command, std::string& file) {
  command.add_option("FILE", file, "A scenario; docs/scenario-format.md says how one is written")->required();
}

void add_json(CLI::App& command, bool& json) {
  command.add_flag("--json", json, "Print one JSON object and nothing else");
}

void add_run(CLI::App& app, int& status) {
  auto options = std::make_shared<vmctl::RunOptions>();
  CLI::App* command = app.add_subcommand("run", "Run a scenario and tell what happens");
  add_file(*command, options->file);
  add_json(*command, options->json);
  command->add_flag("--quiet", options->quiet, "Print nothing but errors");
  command->add_option("--swap-file", options->swap_file,
                      "A file to be the swap device; it is made if needed, and what it held is overwritten");
  command->callback([options, &status] { status = vmctl::run(*options); });
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const vmp::PageTableFormat& format : vmp::all_formats()) names.emplace_back(format.name);
  return names;
}

struct ReplayWords {
  vmctl::ReplayOptions options;
  std::string format = "lackey";
  std::string machine_format = "sv48";
  std::string policy;
  std::string device;
};

void add_replay(CLI::App& app, int& status) {
  auto words = std::make_shared<ReplayWords>();
  vmctl::ReplayOptions& options = words->options;
  CLI::App* command =
      app.add_subcommand("replay", "Replay recorded references in one process and count its faults");
  vmctl::add_recording(*command, options.file, words->format);
  command->add_option("--policy", words->policy, "Which page gives up its frame")
      ->required()
      ->transform(vmctl::policy_name());
  command
      ->add_option("--frames", options.frames,
                   "How many frames the process may have; its page table lies outside")
      ->required()
      ->check(CLI::Range(std::uint64_t{1}, vmp::kMostFrames / 2));
  command
      ->add_option("--machine-format", words->machine_format,
                   "The page-table format; the counts do not depend on it, the highest address does")
      ->check(CLI::IsMember(format_names()))
      ->capture_default_str();
  command
      ->add_option("--tick", options.tick,
                   "References between two looks at the accessed bits, for nru, aging and working-set")
      ->check(CLI::Range(std::uint64_t{1}, ~std::uint64_t{0}))
      ->capture_default_str();
  command->add_option("--window", options.window, "References of a working set")->capture_default_str();
  command->add_option("--seed", options.seed, "Of random")->capture_default_str();
  command
      ->add_option("--device", words->device,
                   "Also tell what it costs in cycles of 3 GHz, with this device behind swap")
      ->check(CLI::IsMember({"hdd", "sata-ssd", "nvme", "compressed-ram"}));
  add_json(*command, options.json);
  command->callback([words, &status] {
    words->options.device = vmp::device_named(words->device);
    words->options.format = *vmp::trace_format_named(words->format);
    words->options.machine_format = *vmp::format_named(words->machine_format);
    words->options.policy = *vmp::policy_named(words->policy);
    status = vmctl::replay(words->options);
  });
}

void add_translate(CLI::App& app, int& status) {
  auto options = std::make_shared<vmctl::TranslateOptions>();
  auto address = std::make_shared<std::string>();
  auto access = std::make_shared<std::string>("read");
  CLI::App* command = app.add_subcommand(
      "translate", "Show the page-table walk of one address, as it is after a scenario's last line");
  add_file(*command, options->file);
  command->add_option("--process", options->process, "The process whose address it is")->required();
  command->add_option("ADDRESS", *address, "A virtual address, decimal or 0x hex")
      ->required()
      ->check(check_address);
  command->add_option("--access", *access, "What for")
      ->check(CLI::IsMember({"read", "write", "execute"}))
      ->capture_default_str();
  add_json(*command, options->json);
  command->callback([options, address, access, &status] {
    options->address = vmp::VirtualAddress(vmp::parse_number(*address).value_or(0));
    options->access = *access == "write"     ? vmp::AccessKind::Write
                      : *access == "execute" ? vmp::AccessKind::Execute
                                             : vmp::AccessKind::Read;
    status = vmctl::translate(*options);
  });
}

void add_export(CLI::App& app, int& status) {
  auto options = std::make_shared<vmctl::ExportOptions>();
  CLI::App* command = app.add_subcommand(
      "export-memory",
      "Write the simulated RAM after a scenario's last line, and print what its page tables map");
  add_file(*command, options->file);
  command->add_option("--out", options->out, "The file to write")->required();
  add_json(*command, options->json);
  command->callback([options, &status] { status = vmctl::export_memory(*options); });
}

struct ElfWords {
  vmctl::ElfOptions options;
  std::string format;
};

void add_elf(CLI::App& app, int& status) {
  auto words = std::make_shared<ElfWords>();
  vmctl::ElfOptions& options = words->options;
  CLI::App* command = app.add_subcommand("elf", "Load a static ELF program and show the segments it becomes");
  command->add_option("FILE", options.file, "An executable for x86 or RISC-V, of 32 or 64 bits")->required();
  command
      ->add_option("--machine-format", words->format,
                   "The page-table format; usually the smallest of the file's processor")
      ->check(CLI::IsMember(format_names()));
  command->add_option("--arg", options.arguments, "An argument; may be given several times")
      ->allow_extra_args(false);
  command->add_option("--env", options.environment, "A variable, NAME=VALUE; may be given several times")
      ->allow_extra_args(false);
  command->add_flag("--aslr", options.aslr, "Draw the addresses at random, from the seed");
  command->add_option("--seed", options.seed, "The machine's seed")->capture_default_str();
  command->add_flag("--contents", options.contents,
                    "Add the SHA-256 of what a program reads in each segment");
  add_json(*command, options.json);
  command->callback([words, &status] {
    if (!words->format.empty()) words->options.format = vmp::format_named(words->format);
    status = vmctl::elf(words->options);
  });
}

int command_line(int argc, char** argv) {
  CLI::App app("The virtual memory playground on the command line.", "vmctl");
  app.set_version_flag("--version", "vmctl " VMP_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Exit status: 0 all well; 1 an error in a file; 2 a wrong command line; 3 an expectation of the "
      "scenario failed.");
  int status = vmctl::kSuccess;
  add_run(app, status);
  add_replay(app, status);
  vmctl::add_compare(app, status);
  vmctl::add_differ(app, status);
  vmctl::add_belady(app, status);
  add_translate(app, status);
  add_export(app, status);
  add_elf(app, status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help and the version are asked for, not mistakes; they have the status 0.
    return app.exit(error, std::cout, std::cerr) == 0 ? vmctl::kSuccess : vmctl::kWrongCommandLine;
  }
  std::cout.flush();
  if (!std::cout) {
    vmctl::complain("standard output could not be written");
    return vmctl::kError;
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return command_line(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "vmctl: %s\n", error.what());  // out of memory, most likely
  } catch (...) {
    std::fputs("vmctl: an unknown error\n", stderr);
  }
  return vmctl::kError;
}
