// JSON (RFC 8259), written from front to back: the page reads it. Only what a program of ours needs to say;
// commas and escapes are the writer's business.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vmp {

class JsonWriter {
 public:
  // Values, in an array or behind a key. Text is UTF-8.
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(std::uint64_t number);
  void value(bool yes);

  void key(std::string_view name);
  template <class Value>
  void member(std::string_view name, const Value& given) {
    key(name);
    value(given);
  }

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }

  std::string take() { return std::move(m_text); }

 private:
  void begin(char bracket);
  void end(char bracket);
  void separate();
  void quote(std::string_view text);

  std::string m_text;
  bool m_first = true;  // no comma before what comes next
};

}  // namespace vmp
