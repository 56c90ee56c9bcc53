// The command line of the native window.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "shell/present/appearance.h"
#include "shell/run_desktop.h"

namespace {

// "1440x900", each side from 1 to 16384 pixels.
bool parse_size(const std::string& text, int& width, int& height) {
  char rest = 0;
  return std::sscanf(text.c_str(), "%5dx%5d%c", &width, &height, &rest) == 2 && width >= 1 && height >= 1 &&
         width <= 16384 && height <= 16384;
}

}  // namespace

int main(int argc, char** argv) {
  vmp::DesktopOptions options;
  std::size_t step = 0;
  std::string theme;
  unsigned text_percent = 0;
  CLI::App command("Virtual Memory Playground: watch programs share a physical memory, page by page.");
  command.add_option("file", options.file, "a scenario (.vms) or a recording of memory references to open")
      ->check(CLI::ExistingFile);
  command.add_option("--scenario", options.app.scenario, "a built-in scenario, by name");
  const CLI::Option* step_option = command.add_option("--step", step, "the step to stand at");
  command.add_flag("--minimal", options.app.minimal, "few controls, as in an embedded page");
  command
      .add_option_function<std::string>(
          "--size",
          [&options](const std::string& text) {
            if (!parse_size(text, options.width, options.height))
              throw CLI::ValidationError("--size",
                                         "wants WIDTHxHEIGHT, each from 1 to 16384, as in 1440x900");
          },
          "size of the window in logical pixels (1440x900)")
      ->type_name("WIDTHxHEIGHT");
  command.add_option("--pixel-ratio", options.pixel_ratio, "pixels of the screenshot for one logical pixel")
      ->check(CLI::Range(0.5F, 4.0F));
  command.add_option("--open", options.app.window, "a window or a tab to open at the start")
      ->check(CLI::IsMember({"setup",     "help",        "chooser",  "share",      "look",        "predict",
                             "answer",    "branch",      "compare",  "tour",       "log",         "tree",
                             "tlb",       "bytes",       "policy",   "plot-RAM",   "plot-Faults", "plot-Swap",
                             "plot-Time", "plot-Tables", "plot-Set", "plot-Misses"}));
  command.add_option("--theme", theme, "colours, in place of those chosen before")
      ->check(CLI::IsMember({"system", "dark", "light", "high-contrast", "projector"}));
  command.add_option("--text-size", text_percent, "size of everything in percent of the usual (100)")
      ->check(CLI::Range(vmp::kLeastTextPercent, vmp::kMostTextPercent));
  command.add_option("--swap-file", options.app.swap_file,
                     "a file to be the swap device; it is made if needed, and what it held is overwritten");
  command
      .add_option("--screenshot", options.screenshot, "write a picture to this file (.png or .ppm) and end")
      ->check([](const std::string& path) {
        return path.ends_with(".png") || path.ends_with(".ppm") ? ""
                                                                : "wants a name that ends in .png or .ppm";
      });
  try {
    command.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return command.exit(error) == 0 ? 0 : 2;
  }
  if (!theme.empty()) options.app.appearance = "theme=" + theme;
  if (text_percent != 0) options.app.appearance += " text=" + std::to_string(text_percent);
  if (step_option->count() > 0) options.app.step = step;
  return vmp::run_desktop(options);
}
