// The shortest reference string on which two policies, or two sizes of memory, part.
#include <iostream>
#include <nlohmann/json.hpp>

#include "shell/vmctl/input.h"
#include "shell/vmctl/options.h"

namespace vmctl {
namespace {

std::string run_name(const vmp::PagingSettings& run) {
  return std::string(vmp::name_of(run.policy)) + " with " + std::to_string(run.frames) +
         (run.frames == 1 ? " frame" : " frames");
}

// Pages are numbered from 1 for the reader, as in textbooks.
void print_text(const vmp::PartingString& found, const FindOptions& options, std::uint32_t pages) {
  std::cout << "string";
  for (const std::uint32_t page : found.pages) std::cout << ' ' << page + 1;
  std::cout << "\nlength " << found.pages.size() << "\npages " << pages << '\n';
  const auto print_run = [](const vmp::PagingSettings& run, std::uint64_t faults) {
    std::cout << "faults " << vmp::name_of(run.policy) << ' ' << run.frames << ' ' << faults << '\n';
  };
  print_run(options.first, found.first_faults);
  print_run(options.second, found.second_faults);
}

void print_json(const vmp::PartingString& found, const FindOptions& options, std::uint32_t pages) {
  nlohmann::ordered_json object;
  object["string"] = nlohmann::ordered_json::array();
  for (const std::uint32_t page : found.pages) object["string"].push_back(page + 1);
  object["length"] = found.pages.size();
  object["pages"] = pages;
  const auto run_of = [](const vmp::PagingSettings& run, std::uint64_t faults) {
    return nlohmann::ordered_json{
        {"policy", vmp::name_of(run.policy)}, {"frames", run.frames}, {"faults", faults}};
  };
  object["runs"] = {run_of(options.first, found.first_faults), run_of(options.second, found.second_faults)};
  std::cout << object.dump(2) << '\n';
}

}  // namespace

int find_string(const FindOptions& options) {
  const auto found =
      vmp::shortest_parting_string(options.first, options.second, options.parting, options.bounds);
  if (!found) {
    const bool differ = options.parting == vmp::Parting::FaultCountsDiffer;
    complain(
        "among all strings of at most " + std::to_string(options.bounds.longest) + " references to at most " +
        std::to_string(options.bounds.pages) + " pages there is none on which " + run_name(options.second) +
        (differ ? " faults more or less often than " : " faults more often than ") + run_name(options.first));
    return kError;
  }
  std::uint32_t pages = 0;
  for (const std::uint32_t page : found->pages) pages = std::max(pages, page + 1);
  if (options.json) {
    print_json(*found, options, pages);
  } else {
    print_text(*found, options, pages);
  }
  return kSuccess;
}

}  // namespace vmctl
