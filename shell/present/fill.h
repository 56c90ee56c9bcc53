// Sentences with places: "Frame {0} holds page {1} of {2}." A sentence stands whole in a table, so that
// another language may put its places in another order.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace vmp {

// The sentence with values in place of {0}, {1}, ...
inline std::string fill(std::string_view sentence, std::initializer_list<std::string_view> values) {
  std::string text;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const bool place = sentence[i] == '{' && i + 2 < sentence.size() && sentence[i + 2] == '}';
    const auto which = place ? static_cast<std::size_t>(sentence[i + 1] - '0') : values.size();
    if (which >= values.size()) {
      text += sentence[i];
      continue;
    }
    text += values.begin()[which];
    i += 2;
  }
  return text;
}

}  // namespace vmp
