# Writes a C++ file that holds text files as raw string literals. Run at build time:
#   cmake -DOUTPUT=FILE.cpp -DASSETS=FOLDER -DSCENARIOS=a.vms,b.vms -DTRACES=c.lackey -P embed_assets.cmake
# A file is named by its place below ASSETS/scenarios or ASSETS/traces, without its extension: isolation, faults/present.
# A file with the closing mark `)vmp"` in it would end its literal early; it is refused.

function(append_table function_name files)
  string(REPLACE "," ";" files "${files}")
  set(rows "")
  set(count 0)
  foreach(path IN LISTS files)
    cmake_path(RELATIVE_PATH path BASE_DIRECTORY "${ASSETS}/${function_name}" OUTPUT_VARIABLE name)
    cmake_path(REMOVE_EXTENSION name)
    file(READ "${path}" text)
    string(FIND "${text}" ")vmp\"" mark)
    if(NOT mark EQUAL -1)
      message(FATAL_ERROR "${path} contains the mark that closes a raw string literal")
    endif()
    file(APPEND "${OUTPUT}.new" "constexpr std::string_view k_${function_name}_${count} = R\"vmp(")
    file(APPEND "${OUTPUT}.new" "${text}")
    file(APPEND "${OUTPUT}.new" ")vmp\";\n")
    string(APPEND rows "    {\"${name}\", k_${function_name}_${count}},\n")
    math(EXPR count "${count} + 1")
  endforeach()
  file(APPEND "${OUTPUT}.new"
    "constexpr std::array<vmp::EmbeddedFile, ${count}> k_${function_name}{{\n${rows}}};\n\n")
endfunction()

file(WRITE "${OUTPUT}.new" "#include <array>\n\n#include \"shell/assets.h\"\n\nnamespace {\n\n")
append_table(scenarios "${SCENARIOS}")
append_table(traces "${TRACES}")
file(APPEND "${OUTPUT}.new" "}  // namespace\n\nnamespace vmp {\n\n"
  "std::span<const EmbeddedFile> embedded_scenarios() { return k_scenarios; }\n"
  "std::span<const EmbeddedFile> embedded_traces() { return k_traces; }\n\n"
  "}  // namespace vmp\n")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
