#include "shell/present/json_writer.h"

#include "shell/present/format.h"

namespace vmp {

void JsonWriter::value(std::string_view text) {
  separate();
  quote(text);
}

void JsonWriter::value(std::uint64_t number) {
  separate();
  m_text += std::to_string(number);
}

void JsonWriter::value(bool yes) {
  separate();
  m_text += yes ? "true" : "false";
}

void JsonWriter::key(std::string_view name) {
  separate();
  quote(name);
  m_text += ':';
  m_first = true;
}

void JsonWriter::begin(char bracket) {
  separate();
  m_text += bracket;
  m_first = true;
}

void JsonWriter::end(char bracket) {
  m_text += bracket;
  m_first = false;
}

void JsonWriter::separate() {
  if (!m_first) m_text += ',';
  m_first = false;
}

// What must be escaped: the quote, the backslash and the control characters below U+0020.
void JsonWriter::quote(std::string_view text) {
  m_text += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      m_text += '\\';
      m_text += c;
    } else if (c == '\n') {
      m_text += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      m_text += "\\u" + format_hex(static_cast<unsigned char>(c), 4);
    } else {
      m_text += c;
    }
  }
  m_text += '"';
}

}  // namespace vmp
