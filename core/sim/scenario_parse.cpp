// A scenario's text, read as a whole: the first error refuses all of it.
#include <set>

#include "core/sim/scenario_lines.h"
#include "core/sim/text_check.h"

namespace vmp {
namespace {

constexpr std::string_view kFirstLine = "vms 1";

class ScenarioParser {
 public:
  ScenarioParser(const TraceLookup& traces, FileLookup files)
      : m_names{.program = [this](std::string_view name) { return find_program(name); }, .trace = traces},
        m_files(std::move(files)) {}
  ScenarioParser(const ScenarioParser&) = delete;
  ScenarioParser& operator=(const ScenarioParser&) = delete;

  void take(LineReader& line) {
    if (m_block) {
      if (m_block->take(line) && line.ok()) finish_program();
      return;
    }
    if (std::optional<ScenarioContent> content = read(line); content && line.ok()) {
      add(std::move(*content), line.number_of_line());
    }
  }

  std::optional<ParseError> finish() const {
    if (!m_block) return std::nullopt;
    return ParseError{.line = m_block_line,
                      .column = 1,
                      .expected = "an end line for program " + m_block->name(),
                      .found = "the end of the file"};
  }

  Scenario take_scenario() { return std::move(m_scenario); }

 private:
  // Nothing for the first line of a program block, which becomes a line of the scenario at its end.
  std::optional<ScenarioContent> read(LineReader& line) {
    if (line.at_end()) return BlankLine{};
    if (line.peek().starts_with('#')) return CommentLine{std::string(line.text("a comment").substr(1))};
    if (line.take("title")) return read_title(line);
    if (line.take("text")) return ProseLine{line.at_end() ? "" : std::string(line.text("the text"))};
    if (line.take("headline")) return HeadlineLine{std::string(line.text("the headline"))};
    if (line.take("machine")) return read_machine_line(line);
    if (line.take("program")) return begin_program(line);
    if (line.take("checkpoint")) return read_checkpoint(line);
    if (line.take("expect")) return read_expect(line);
    m_had_step = true;
    return StepLine{read_step(line, m_names)};
  }

  ScenarioContent read_title(LineReader& line) {
    if (m_had_title) line.fail_at_word("one title");
    m_had_title = true;
    return TitleLine{std::string(line.text("the title"))};
  }

  ScenarioContent read_machine_line(LineReader& line) {
    if (m_had_machine) line.fail_at_word("one machine line");
    if (m_had_step) line.fail_at_word("the machine line before the first command");
    m_had_machine = true;
    return MachineLine{read_machine(line)};
  }

  ScenarioContent read_checkpoint(LineReader& line) {
    CheckpointLine checkpoint{line.name("a name for the checkpoint")};
    if (!m_checkpoints.insert(checkpoint.name).second) line.fail_at_word("a name no other checkpoint has");
    line.end();
    return checkpoint;
  }

  ScenarioContent read_expect(LineReader& line) const {
    ExpectLine expect{read_expectation(line)};
    if (!m_had_step && is_about_command(expect.expectation))
      line.fail(0, "a command before this expectation", "none");
    return expect;
  }

  std::optional<ScenarioContent> begin_program(LineReader& line) {
    m_block.emplace(line, m_files);
    m_block_line = line.number_of_line();
    if (find_program(m_block->name()) != nullptr) line.fail_at_word("a name no other program has");
    return std::nullopt;
  }

  void finish_program() {
    m_programs.push_back(m_block->program());
    add(ProgramLine{m_programs.back()}, m_block_line);
    m_block.reset();
  }

  void add(ScenarioContent content, std::uint32_t number) {
    m_scenario.lines.push_back({.content = std::move(content), .number = number});
  }

  std::shared_ptr<const Program> find_program(std::string_view name) const {
    for (const auto& program : m_programs) {
      if (program->name == name) return program;
    }
    return nullptr;
  }

  KnownNames m_names;
  FileLookup m_files;
  Scenario m_scenario;
  std::vector<std::shared_ptr<const Program>> m_programs;
  std::set<std::string, std::less<>> m_checkpoints;
  std::optional<ProgramBlock> m_block;
  std::uint32_t m_block_line = 0;
  bool m_had_title = false;
  bool m_had_machine = false;
  bool m_had_step = false;
};

// Cuts the next line off `text`, with its line end, LF or CR LF.
std::string_view cut_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void check_first_line(LineReader& line) {
  if (!line.take("vms")) line.fail_at_next("\"" + std::string(kFirstLine) + "\" as the first line");
  if (!line.take("1")) line.fail_at_next("1, the version of the format this program reads");
  line.end();
}

}  // namespace

Result<Scenario, ParseError> parse_scenario(std::string_view text, const TraceLookup& traces,
                                            const FileLookup& files) {
  if (text.empty()) {
    return Failure{
        ParseError{1, 1, "\"" + std::string(kFirstLine) + "\" as the first line", "an empty file"}};
  }
  // The text is judged before its length, so that a huge file that is no text at all is called what it is.
  const std::string_view judged = text.substr(0, kLongestScenario);
  if (const auto odd = find_odd_byte(judged))
    return Failure{ParseError{odd->line, odd->column, "text in UTF-8", odd->found}};
  if (text.size() > kLongestScenario) {
    return Failure{
        ParseError{1, 1, "a scenario of at most " + std::to_string(kLongestScenario) + " bytes", "more"}};
  }

  ScenarioParser parser(traces, files);
  for (std::uint32_t number = 1; !text.empty(); ++number) {
    const std::string_view line = cut_line(text);
    LineReader reader(line, number);
    reader.check_length();
    if (number == 1) {
      check_first_line(reader);
    } else {
      parser.take(reader);
    }
    if (!reader.ok()) return Failure{*reader.error()};
  }
  if (const auto error = parser.finish()) return Failure{*error};
  return parser.take_scenario();
}

std::string to_string(const ParseError& error, std::string_view file_name) {
  return std::string(file_name) + ":" + std::to_string(error.line) + ":" + std::to_string(error.column) +
         ": expected " + error.expected + ", found " + error.found;
}

}  // namespace vmp
