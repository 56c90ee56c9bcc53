# Third-party code. Debian's packages are taken where they are installed; elsewhere FetchContent downloads the same
# versions. `.ci/setup` unpacks what Debian has as source packages only into .cache/third_party.
include(FetchContent)
set(third_party "${CMAKE_SOURCE_DIR}/.cache/third_party")

# vmp_header_library(NAME HEADER REPOSITORY TAG): NAME becomes an include target whose warnings are not ours. Emscripten
# must never see /usr/include itself, so there it gets a private folder of symbolic links.
function(vmp_header_library name header repository tag)
  find_path(${name}_INCLUDE_DIR "${header}" PATHS /usr/include /usr/local/include NO_CMAKE_FIND_ROOT_PATH)
  if(${name}_INCLUDE_DIR)
    set(include_dir "${${name}_INCLUDE_DIR}")
    if(EMSCRIPTEN)
      get_filename_component(folder "${header}" DIRECTORY)
      file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/host_headers")
      file(CREATE_LINK "${include_dir}/${folder}" "${CMAKE_BINARY_DIR}/host_headers/${folder}" SYMBOLIC)
      set(include_dir "${CMAKE_BINARY_DIR}/host_headers")
    endif()
  else()
    message(STATUS "${name} is not installed; fetching ${tag} of ${repository}")
    # SOURCE_SUBDIR names a folder that is not there: the headers are wanted, the project's own build is not.
    FetchContent_Declare(${name} GIT_REPOSITORY "${repository}" GIT_TAG "${tag}" GIT_SHALLOW ON SOURCE_SUBDIR unused)
    FetchContent_MakeAvailable(${name})
    set(include_dir "${${name}_SOURCE_DIR}")
    if(EXISTS "${include_dir}/include/${header}")
      set(include_dir "${include_dir}/include")
    endif()
  endif()
  add_library(${name} INTERFACE)
  target_include_directories(${name} SYSTEM INTERFACE "${include_dir}")
endfunction()

vmp_header_library(nlohmann_json nlohmann/json.hpp https://github.com/nlohmann/json.git v3.11.2)
if(NOT EMSCRIPTEN)
  vmp_header_library(CLI11 CLI/CLI.hpp https://github.com/CLIUtils/CLI11.git v2.1.2)
endif()
if(VMP_TESTS)
  vmp_header_library(doctest doctest/doctest.h https://github.com/doctest/doctest.git v2.4.9)
endif()
