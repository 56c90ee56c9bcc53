#include <doctest/doctest.h>

#include "core/sim/messages.h"
#include "core/sim/narrate.h"

using namespace vmp;

namespace {

const PageTableFormat& x86() {
  return format_of(FormatId::X86_32);
}
const PageTableFormat& sv39() {
  return format_of(FormatId::Sv39);
}

// A table that gives one sentence for everything.
class OneSentence final : public StringTable {
 public:
  explicit OneSentence(std::string sentence) : m_sentence(std::move(sentence)) {}
  std::string_view sentence(MessageId) const override { return m_sentence; }

 private:
  std::string m_sentence;
};

std::string rendered(const std::string& sentence, std::vector<Argument> arguments,
                     const PageTableFormat& format = x86()) {
  return render({Actor::Kernel, {}, MessageId::OutcomeDone, std::move(arguments)}, format,
                OneSentence(sentence));
}

Argument number(Argument::Kind kind, std::uint64_t value) {
  return {kind, value, {}};
}
Argument text(std::string value) {
  return {Argument::Kind::Text, 0, std::move(value)};
}

}  // namespace

TEST_CASE("numbers are as wide as their kind and their format") {
  CHECK(hex_address(VirtualAddress(0x403A2C), x86()) == "0x00403A2C");
  CHECK(hex_address(VirtualAddress(0x403A2C), sv39()) == "0x0000403A2C");
  CHECK(hex_address(VirtualAddress(0x403A2C), format_of(FormatId::Sv48)) == "0x000000403A2C");
  CHECK(hex_address(VirtualAddress(0xFFFFFFC000000000), sv39()) == "0xFFFFFFC000000000");
  CHECK(hex_address(PhysicalAddress(0x1BA2C)) == "0x1BA2C");
  CHECK(hex_address(PhysicalAddress(0x4)) == "0x00004");
  CHECK(hex_address(PhysicalAddress(0x12345678)) == "0x12345678");
  CHECK(hex_frame(FrameNumber(0x1B)) == "1B");
  CHECK(hex_frame(FrameNumber(0)) == "00");
  CHECK(hex_frame(FrameNumber(0x1234)) == "1234");
  CHECK(hex_page(PageNumber(0x403)) == "0x403");
  CHECK(hex_page(PageNumber(0)) == "0x0");
  CHECK(hex_entry(Pte{0x1B067}, x86()) == "0x0001B067");
  CHECK(hex_entry(Pte{0x6CD7}, sv39()) == "0x0000000000006CD7");
}

TEST_CASE("each kind of argument is shown in its own way") {
  using Kind = Argument::Kind;
  CHECK(rendered("{0}", {number(Kind::Virtual, 0x1000)}) == "0x00001000");
  CHECK(rendered("{0}", {number(Kind::Virtual, 0x1000)}, sv39()) == "0x0000001000");
  CHECK(rendered("{0}", {number(Kind::Physical, 0x1000)}) == "0x01000");
  CHECK(rendered("{0}", {number(Kind::Page, 0x403)}) == "0x403");
  CHECK(rendered("{0}", {number(Kind::Frame, 0x1B)}) == "1B");
  CHECK(rendered("{0}", {number(Kind::Entry, 0x15027)}) == "0x00015027");
  CHECK(rendered("{0}", {number(Kind::Slot, 12)}) == "12");
  CHECK(rendered("{0}", {number(Kind::Count, 12)}) == "12");
  CHECK(rendered("{0}", {text("editor")}) == "editor");
}

TEST_CASE("a small value is decimal, a large one is shown in hexadecimal too") {
  using Kind = Argument::Kind;
  CHECK(rendered("{0}", {number(Kind::Value, 0)}) == "0");
  CHECK(rendered("{0}", {number(Kind::Value, 42)}) == "42");
  CHECK(rendered("{0}", {number(Kind::Value, 65535)}) == "65535");
  CHECK(rendered("{0}", {number(Kind::Value, 0xDEADBEEF)}) == "3735928559 (0xDEADBEEF)");
  CHECK(rendered("{0}", {number(Kind::Value, ~std::uint64_t{0})}) ==
        "18446744073709551615 (0xFFFFFFFFFFFFFFFF)");
}

TEST_CASE("arguments stand where the sentence wants them, as often as it wants") {
  CHECK(rendered("{1} before {0}, {1} again", {text("a"), text("b")}) == "b before a, b again");
  CHECK(rendered("nothing to fill", {text("a")}) == "nothing to fill");
  CHECK(rendered("", {}).empty());
}

TEST_CASE("a word follows its number") {
  using Kind = Argument::Kind;
  const std::string sentence = "{0} {0|page|pages}";
  CHECK(rendered(sentence, {number(Kind::Count, 0)}) == "0 pages");
  CHECK(rendered(sentence, {number(Kind::Count, 1)}) == "1 page");
  CHECK(rendered(sentence, {number(Kind::Count, 2)}) == "2 pages");
}

TEST_CASE("braces, bars and markup in a name are only a name") {
  CHECK(rendered("{0} and {1}", {text("{1}"), text("{0|a|b}")}) == "{1} and {0|a|b}");
  CHECK(rendered("{0}", {text("}{")}) == "}{");
  CHECK(rendered("{0}", {text("<b>&amp;</b>")}) == "<b>&amp;</b>");
}

TEST_CASE("a term is a word of the table") {
  const Message message{Actor::Kernel,
                        {},
                        MessageId::HeadDemandZero,
                        {number(Argument::Kind::Term, static_cast<std::uint64_t>(MessageId::TermHeap))}};
  CHECK(render(message, x86(), english()) ==
        "Page fault: first touch of a heap page. A fresh frame of zeros.");
}

TEST_CASE("the actor is the CPU, the kernel, a device, you, or the program by its name") {
  const auto actor = [](Actor who) {
    return render_actor(Message{who, "editor", MessageId::OutcomeDone, {}}, english());
  };
  CHECK(actor(Actor::Cpu) == "CPU");
  CHECK(actor(Actor::Kernel) == "kernel");
  CHECK(actor(Actor::Device) == "device");
  CHECK(actor(Actor::You) == "you");
  CHECK(actor(Actor::Program) == "editor");
}
