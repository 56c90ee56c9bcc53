#include "shell/present/twin_json.h"

#include "shell/present/json_writer.h"

namespace vmp {
namespace {

std::string_view name_of(TwinControl::Kind kind) {
  switch (kind) {
    case TwinControl::Kind::Button:
      return "button";
    case TwinControl::Kind::Choice:
      return "choice";
    case TwinControl::Kind::Range:
      return "range";
    case TwinControl::Kind::Switch:
      return "switch";
    case TwinControl::Kind::Disclosure:
      return "disclosure";
  }
  return {};
}

std::string_view name_of(ThemeId theme) {
  switch (theme) {
    case ThemeId::Dark:
      return "dark";
    case ThemeId::Light:
      return "light";
    case ThemeId::DarkContrast:
      return "dark-contrast";
    case ThemeId::LightContrast:
      return "light-contrast";
  }
  return {};
}

std::string_view name_of(TwinTone tone) {
  switch (tone) {
    case TwinTone::Plain:
      return "plain";
    case TwinTone::Strong:
      return "strong";
    case TwinTone::Dim:
      return "dim";
    case TwinTone::Alert:
      return "alert";
  }
  return {};
}

// What is usual is left out: the page takes absence for it.
class TwinWriter {
 public:
  std::string write(const Twin& twin) {
    m_json.begin_object();
    m_json.member("title", twin.title);
    m_json.member("theme", name_of(twin.theme));
    m_json.member("percent", std::uint64_t{twin.text_percent});
    sections(twin.sections);
    m_json.end_object();
    return m_json.take();
  }

 private:
  void text(std::string_view name, const std::string& words) {
    if (!words.empty()) m_json.member(name, words);
  }
  void flag(std::string_view name, bool yes) {
    if (yes) m_json.member(name, true);
  }
  void hue(const std::optional<std::size_t>& hue) {
    if (hue) m_json.member("hue", std::uint64_t{*hue});
  }
  template <class Each, class Write>
  void array(std::string_view name, const std::vector<Each>& all, Write write) {
    if (all.empty()) return;
    m_json.key(name);
    m_json.begin_array();
    for (const Each& each : all) write(each);
    m_json.end_array();
  }

  void sections(const std::vector<TwinSection>& all) {
    array("sections", all, [this](const TwinSection& section) {
      m_json.begin_object();
      m_json.member("id", section.id);
      m_json.member("title", section.title);
      hue(section.hue);
      array("blocks", section.blocks, [this](const TwinBlock& each) { block(each); });
      sections(section.sections);
      m_json.end_object();
    });
  }

  void block(const TwinBlock& block) {
    m_json.begin_object();
    m_json.member("id", block.id);
    std::visit([this](const auto& content) { write_content(content); }, block.content);
    m_json.end_object();
  }
  void write_content(const TwinText& words) {
    m_json.member("kind", "text");
    m_json.member("text", words.text);
    m_json.member("tone", name_of(words.tone));
  }
  void write_content(const TwinControls& group) {
    m_json.member("kind", "controls");
    m_json.member("label", group.label);
    array("controls", group.controls, [this](const TwinControl& each) { control(each); });
  }
  void write_content(const TwinList& list) {
    m_json.member("kind", "list");
    m_json.member("label", list.label);
    flag("ordered", list.ordered);
    flag("live", list.live);
    flag("mono", list.mono);
    items(list.items);
  }
  void write_content(const TwinTable& table) {
    m_json.member("kind", "table");
    m_json.member("caption", table.caption);
    array("columns", table.columns, [this](const std::string& column) { m_json.value(column); });
    array("rows", table.rows, [this](const TwinRow& row) {
      m_json.begin_object();
      array("cells", row.cells, [this](const std::string& cell) { m_json.value(cell); });
      hue(row.hue);
      flag("now", row.now);
      one_control(row.control);
      m_json.end_object();
    });
    array("pager", table.pager, [this](const TwinControl& each) { control(each); });
  }

  void items(const std::vector<TwinItem>& all) {
    array("items", all, [this](const TwinItem& item) {
      m_json.begin_object();
      text("who", item.who);
      text("text", item.text);
      hue(item.hue);
      flag("now", item.now);
      one_control(item.control);
      items(item.items);
      m_json.end_object();
    });
  }

  void one_control(const std::optional<TwinControl>& given) {
    if (!given) return;
    m_json.key("control");
    control(*given);
  }
  void control(const TwinControl& control) {
    m_json.begin_object();
    m_json.member("kind", name_of(control.kind));
    m_json.member("id", control.id);
    m_json.member("label", control.label);
    m_json.member("command", control.command);
    text("argument", control.argument);
    flag("disabled", !control.enabled);
    flag("on", control.on);
    array("options", control.options, [this](const TwinOption& option) {
      m_json.begin_object();
      m_json.member("value", option.value);
      m_json.member("text", option.text);
      m_json.end_object();
    });
    text("value", control.value);
    if (control.kind == TwinControl::Kind::Range) {
      m_json.member("most", control.most);
      m_json.member("at", control.at);
    }
    text("error", control.error);
    m_json.end_object();
  }

  JsonWriter m_json;
};

}  // namespace

std::string to_json(const Twin& twin) {
  return TwinWriter().write(twin);
}

}  // namespace vmp
