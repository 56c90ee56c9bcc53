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
EM_JS(void, vmp_host_save_work, (const char* text, size_t size), {
  Module.host.saveWork(UTF8ToString(text, size));
});
EM_JS(char*, vmp_host_load_work, (), {
  const text = Module.host.loadWork();
  if (text === null) return 0;
  const size = lengthBytesUTF8(text) + 1;
  const copy = _malloc(size);
  if (copy !== 0) stringToUTF8(text, copy, size);
  return copy;
});
EM_JS(void, vmp_host_forget_work, (), { Module.host.forgetWork(); });
EM_JS(int, vmp_host_prefers_reduced_motion, (), { return Module.host.prefersReducedMotion() ? 1 : 0; });
EM_JS(void, vmp_host_show_start_failure, (const char* text, size_t size), {
  Module.host.showStartFailure(UTF8ToString(text, size));
});
// clang-format on

namespace vmp {

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

void WebPlatform::save_work(std::string_view text) {
  vmp_host_save_work(text.data(), text.size());
}

std::optional<std::string> WebPlatform::load_work() {
  char* copy = vmp_host_load_work();
  if (!copy) return std::nullopt;
  std::string text = copy;
  std::free(copy);
  return text;
}

void WebPlatform::forget_work() {
  vmp_host_forget_work();
}

bool WebPlatform::prefers_reduced_motion() const {
  return vmp_host_prefers_reduced_motion() != 0;
}

void show_start_failure(std::string_view sentence) {
  vmp_host_show_start_failure(sentence.data(), sentence.size());
}

}  // namespace vmp
