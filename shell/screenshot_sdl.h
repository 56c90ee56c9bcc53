// Pictures of the desktop front end, drawn off screen: for the manual, for tests, and for machines without a
// screen.
#pragma once

#include <string>

#include "core/base/result.h"
#include "shell/image_file.h"
#include "shell/platform_sdl.h"

namespace vmp {

struct PictureSize {
  int width = 1440;  // logical pixels
  int height = 900;
  float pixel_ratio = 1;
};

// Draws until nothing moves any more, then takes the picture. The error is a sentence for the user.
Result<Picture, std::string> take_picture(SdlWindow& window, App& app, const PictureSize& size);

}  // namespace vmp
