// What a browser gives the front end. Every answer is given by web/page/host.mjs, an object the page hands to
// the module as `Module.host`; here is only the crossing from C++ to JavaScript.
#pragma once

#include "shell/platform.h"

namespace vmp {

class WebPlatform : public Platform {
 public:
  WebPlatform();
  void open_file_dialog() override;
  void copy_text(std::string_view text) override;
  void save_file(std::string_view name, std::string_view bytes) override;
  void announce(std::string_view sentence) override;
  bool show_text_view() override;
  bool show_console() override;
  void save_work(std::string_view scenario_text) override;
  std::optional<std::string> load_work() override;
  void forget_work() override;
  SwapFolder swap_folder() override;
  bool save_swap_folder() override;
  bool keep_setting(std::string_view name, std::string_view value) override;
  std::optional<std::string> setting(std::string_view name) override;
  SystemLook system_look() const override;
};

// The playground cannot start: the page shows the sentence in its place.
void show_start_failure(std::string_view sentence);

}  // namespace vmp
