#include "shell/present/setup_model.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "core/base/rng.h"
#include "shell/present/run_summary.h"
#include "tests/present/fixture.h"
#include "tests/support/seed.h"

namespace vmp {
namespace {

const Setting* find(const std::vector<Setting>& settings, SettingId id) {
  const auto found =
      std::find_if(settings.begin(), settings.end(), [&](const Setting& each) { return each.id == id; });
  return found == settings.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("every setting stands at the value it changes, whatever the machine") {
  Rng rng(test_support::seed());
  MachineConfig config;
  for (int i = 0; i < 3000; ++i) {
    const std::vector<Setting> settings = settings_of(config);
    for (const Setting& setting : settings) {
      CAPTURE(static_cast<int>(setting.id));
      REQUIRE(setting.at < setting.size());
      CHECK_FALSE(setting.value.empty());
      CHECK(std::is_sorted(setting.stops.begin(), setting.stops.end()));
      CHECK(changed(config, setting.id, setting.value_at(setting.at)) == config);
    }
    const Setting& setting = settings[rng.below(settings.size())];
    const std::size_t wanted = rng.below(setting.size());
    const MachineConfig next = changed(config, setting.id, setting.value_at(wanted));
    const std::vector<Setting> after = settings_of(next);
    const Setting* now = find(after, setting.id);
    REQUIRE(now != nullptr);
    CHECK(now->value_at(now->at) == setting.value_at(wanted));
    if (setting_error(next)) {
      const std::string named = setting_error(next)->text;
      CHECK_FALSE(named.empty());
      CHECK(find(after, setting_error(next)->id) != nullptr);
    } else {
      CHECK_FALSE(check_config(next).has_value());
      config = next;
    }
  }
}

TEST_CASE("too few frames are told at the frames, with the number needed") {
  MachineConfig config;
  config.format = FormatId::Sv48;
  config = changed(config, SettingId::Frames, 8);
  const auto error = setting_error(config);
  REQUIRE(error.has_value());
  CHECK(error->id == SettingId::Frames);
  CHECK(error->text.find("13") != std::string::npos);
}

TEST_CASE("a TLB keeps its size when its ways change, and its ways when its size does") {
  MachineConfig config;
  config = changed(config, SettingId::TlbEntries, 64);
  CHECK(config.tlb.sets == 16);
  CHECK(config.tlb.ways == 4);
  config = changed(config, SettingId::TlbWays, 64);
  CHECK(config.tlb.sets == 1);
  CHECK(config.tlb.ways == 64);
  config = changed(config, SettingId::TlbEntries, 0);
  CHECK(config.tlb.entries() == 0);
  CHECK_FALSE(setting_error(config).has_value());
  CHECK(find(settings_of(config), SettingId::TlbWays) == nullptr);
}

TEST_CASE("with less RAM the programs print the same, and it takes longer") {
  const auto run = [](std::string_view machine) {
    const std::string text = "vms 1\nmachine " + std::string(machine) +
                             " swap=16\nprogram p\n  data 0\n  bss 6\nend\nspawn A p\n"
                             "write A 0x00401000 1\nwrite A 0x00402000 2\nwrite A 0x00403000 3\n"
                             "write A 0x00404000 4\nwrite A 0x00405000 5\nwrite A 0x00406000 6\n"
                             "read A 0x00401000 prints\nread A 0x00402000 prints\n";
    const auto scenario = parse_scenario(text, [](std::string_view) { return nullptr; });
    REQUIRE(scenario.ok());
    Result<Timeline, ConfigError> timeline = Timeline::start(scenario->config());
    REQUIRE(timeline.ok());
    for (Step& step : scenario->steps()) timeline.value().append(std::move(step));
    timeline.value().seek(timeline.value().size());
    return summarize(timeline.value());
  };
  const RunSummary roomy = run("frames=32");
  const RunSummary tight = run("frames=9");
  CHECK(compare_output(roomy, tight) == "The programs printed the same.");
  CHECK(roomy.output == std::vector<std::string>{"A prints 1", "A prints 2"});
  CHECK(tight.cycles > 2 * roomy.cycles);
  CHECK(tight.transfers > roomy.transfers);
}

}  // namespace vmp
