// Sentences with their arguments in place. The sentence is read once, from left to right, and an argument is
// copied as it is: braces in a process's name stay braces.
#include "core/sim/messages.h"
#include "core/sim/narrate.h"

namespace vmp {
namespace {

constexpr std::uint64_t kLargeValue =
    0x10000;  // from here on a value's bytes are easier to see in hexadecimal

std::string show_value(std::uint64_t value) {
  std::string text = std::to_string(value);
  if (value >= kLargeValue) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string digits;
    for (std::uint64_t rest = value; rest != 0; rest >>= 4) {
      digits.insert(digits.begin(), kDigits[static_cast<std::size_t>(rest & 0xF)]);
    }
    text += " (0x" + digits + ")";
  }
  return text;
}

std::string fill_all(std::string_view sentence, const std::vector<Argument>& arguments,
                     const PageTableFormat& format, const StringTable& table);

std::string show(const Argument& argument, const PageTableFormat& format, const StringTable& table) {
  switch (argument.kind) {
    case Argument::Kind::Virtual:
      return hex_address(VirtualAddress(argument.number), format);
    case Argument::Kind::Physical:
      return hex_address(PhysicalAddress(argument.number));
    case Argument::Kind::Page:
      return hex_page(PageNumber(argument.number));
    case Argument::Kind::Frame:
      return hex_frame(FrameNumber(argument.number));
    case Argument::Kind::Entry:
      return hex_entry(Pte{argument.number}, format);
    case Argument::Kind::Slot:
    case Argument::Kind::Count:
      return std::to_string(argument.number);
    case Argument::Kind::Value:
      return show_value(argument.number);
    case Argument::Kind::Text:
      return argument.text;
    case Argument::Kind::Term:
      return fill_all(table.sentence(static_cast<MessageId>(argument.number)), argument.parts, format, table);
  }
  return {};
}

// What stands between two braces: "n", or "n|one|many".
std::string fill(std::string_view place, const std::vector<Argument>& arguments,
                 const PageTableFormat& format, const StringTable& table) {
  std::size_t index = 0;
  std::size_t at = 0;
  for (; at < place.size() && place[at] >= '0' && place[at] <= '9'; ++at) {
    index = index * 10 + static_cast<std::size_t>(place[at] - '0');
  }
  check(at > 0 && index < arguments.size(), "a sentence asks for an argument its message does not have");
  const Argument& argument = arguments[index];
  if (at == place.size()) return show(argument, format, table);

  const std::string_view words = place.substr(at + 1);
  const std::size_t bar = words.find('|');
  check(place[at] == '|' && bar != std::string_view::npos, "a place in a sentence is {n} or {n|one|many}");
  return std::string(argument.number == 1 ? words.substr(0, bar) : words.substr(bar + 1));
}

std::string fill_all(std::string_view sentence, const std::vector<Argument>& arguments,
                     const PageTableFormat& format, const StringTable& table) {
  std::string_view rest = sentence;
  std::string text;
  while (true) {
    const std::size_t open = rest.find('{');
    text += rest.substr(0, open);
    if (open == std::string_view::npos) return text;
    const std::size_t close = rest.find('}', open);
    check(close != std::string_view::npos, "a place in a sentence is not closed");
    text += fill(rest.substr(open + 1, close - open - 1), arguments, format, table);
    rest.remove_prefix(close + 1);
  }
}

}  // namespace

std::string render(const Message& message, const PageTableFormat& format, const StringTable& table) {
  return fill_all(table.sentence(message.id), message.arguments, format, table);
}

std::string render_actor(const Message& message, const StringTable& table) {
  switch (message.actor) {
    case Actor::Cpu:
      return std::string(table.sentence(MessageId::ActorCpu));
    case Actor::Kernel:
      return std::string(table.sentence(MessageId::ActorKernel));
    case Actor::Device:
      return std::string(table.sentence(MessageId::ActorDevice));
    case Actor::Program:
      return message.process;
    case Actor::You:
      return std::string(table.sentence(MessageId::ActorYou));
  }
  return {};
}

}  // namespace vmp
