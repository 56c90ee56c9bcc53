#include "web/web_platform.h"

#include <cstdlib>
#include <emscripten.h>

// Text crosses as an address and a length in bytes: a string_view ends without a zero.
// clang-format off
EM_JS(void, vmp_host_open_dialog, (), { Module.host.openFileDialog(); });
EM_JS(void, vmp_host_copy_text, (const char* text, size_t size), {
  Module.host.copyText(UTF8ToString(text, size));
});
EM_JS(void, vmp_host_save_file, (const char* name, size_t name_size, const char* bytes, size_t size), {
  Module.host.saveFile(UTF8ToString(name, name_size), HEAPU8.slice(bytes, bytes + size));
});
EM_JS(void, vmp_host_announce, (const char* text, size_t size), {
  Module.host.announce(UTF8ToString(text, size));
});
EM_JS(void, vmp_host_show_console, (), { Module.host.showConsole(); });
EM_JS(void, vmp_host_show_text, (), { Module.host.showText(); });
EM_JS(void, vmp_host_save_work, (const char* text, size_t size), {
  Module.host.saveWork(UTF8ToString(text, size));
});
EM_JS(char*, vmp_host_load_work, (), {
  const text = Module.host.loadWork();
  return text === null ? 0 : Module.copyText(text);
});
// The folder's path, then the reason if there is none; and whether what was kept there is gone.
EM_JS(char*, vmp_host_swap_folder, (), { return Module.copyText(Module.host.storage.folder()); });
EM_JS(char*, vmp_host_swap_refusal, (), { return Module.copyText(Module.host.storage.refusal()); });
EM_JS(int, vmp_host_swap_emptied, (), { return Module.host.storage.emptied() ? 1 : 0; });
EM_JS(void, vmp_host_save_swap_folder, (), { Module.host.storage.flush(); });
// Text on its way to C++, which frees it; null if there is no memory for it.
EM_JS(void, vmp_host_begin, (), {
  Module.copyText = (text) => {
    const size = lengthBytesUTF8(text) + 1;
    const copy = _malloc(size);
    if (copy !== 0) stringToUTF8(text, copy, size);
    return copy;
  };
});
EM_JS(void, vmp_host_forget_work, (), { Module.host.forgetWork(); });
EM_JS(int, vmp_host_keep_setting, (const char* name, size_t name_size, const char* value, size_t size), {
  return Module.host.keepSetting(UTF8ToString(name, name_size), UTF8ToString(value, size)) ? 1 : 0;
});
EM_JS(char*, vmp_host_setting, (const char* name, size_t name_size), {
  const value = Module.host.setting(UTF8ToString(name, name_size));
  return value === null ? 0 : Module.copyText(value);
});
// Bits: light colours, more contrast, reduced motion.
EM_JS(int, vmp_host_system_look, (), { return Module.host.systemLook(); });
EM_JS(void, vmp_host_show_start_failure, (const char* text, size_t size), {
  Module.host.showStartFailure(UTF8ToString(text, size));
});
// clang-format on

namespace vmp {

namespace {

std::optional<std::string> taken(char* copy) {
  if (!copy) return std::nullopt;
  std::string text = copy;
  std::free(copy);
  return text;
}

}  // namespace

WebPlatform::WebPlatform() {
  vmp_host_begin();
}

Platform::SwapFolder WebPlatform::swap_folder() {
  return {.path = taken(vmp_host_swap_folder()).value_or(""),
          .place = "this browser's storage",
          .refusal = taken(vmp_host_swap_refusal()).value_or(""),
          .emptied = vmp_host_swap_emptied() != 0};
}

bool WebPlatform::save_swap_folder() {
  vmp_host_save_swap_folder();
  return false;
}

void WebPlatform::open_file_dialog() {
  vmp_host_open_dialog();
}

void WebPlatform::copy_text(std::string_view text) {
  vmp_host_copy_text(text.data(), text.size());
}

void WebPlatform::save_file(std::string_view name, std::string_view bytes) {
  vmp_host_save_file(name.data(), name.size(), bytes.data(), bytes.size());
}

void WebPlatform::announce(std::string_view sentence) {
  vmp_host_announce(sentence.data(), sentence.size());
}

bool WebPlatform::show_console() {
  vmp_host_show_console();
  return true;
}

bool WebPlatform::show_text_view() {
  vmp_host_show_text();
  return true;
}

void WebPlatform::save_work(std::string_view text) {
  vmp_host_save_work(text.data(), text.size());
}

std::optional<std::string> WebPlatform::load_work() {
  return taken(vmp_host_load_work());
}

void WebPlatform::forget_work() {
  vmp_host_forget_work();
}

bool WebPlatform::keep_setting(std::string_view name, std::string_view value) {
  return vmp_host_keep_setting(name.data(), name.size(), value.data(), value.size()) != 0;
}

std::optional<std::string> WebPlatform::setting(std::string_view name) {
  return taken(vmp_host_setting(name.data(), name.size()));
}

SystemLook WebPlatform::system_look() const {
  const int bits = vmp_host_system_look();
  return {.light = (bits & 1) != 0, .more_contrast = (bits & 2) != 0, .reduced_motion = (bits & 4) != 0};
}

void show_start_failure(std::string_view sentence) {
  vmp_host_show_start_failure(sentence.data(), sentence.size());
}

}  // namespace vmp
