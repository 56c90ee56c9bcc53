// The playground as a native window. It draws when something happened or moves, and sleeps otherwise.
#pragma once

#include <string>

#include "shell/app.h"

namespace vmp {

struct DesktopOptions {
  AppOptions app;
  std::string file;  // scenario or trace to open at the start; none if empty
  int width = 1440;  // logical pixels
  int height = 900;
  float pixel_ratio = 1;   // of the screenshot; a window asks its screen
  std::string screenshot;  // write a picture of the first still frame here, .ppm or .png, and end
};

// The program's exit status. What goes wrong is told on standard error.
int run_desktop(const DesktopOptions& options);

}  // namespace vmp
