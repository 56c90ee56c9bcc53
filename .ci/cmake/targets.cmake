# How our own targets are made: strict warnings, and one helper for a layer.
# Third-party code never links `vmp_options`, so its warnings stay its own.

add_library(vmp_options INTERFACE)
target_include_directories(vmp_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(vmp_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
# GCC 12 sees an overlap that is not there in every `"text" + string` at -O3 (its bug 105651).
target_compile_options(vmp_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
if(EMSCRIPTEN)
  # Ids are 64 bits wide by design and size_t is 32 bits here only: indexing a vector by a checked id is no mistake.
  target_compile_options(vmp_options INTERFACE -Wno-shorten-64-to-32)
endif()

# Flags that must be the same in every object that goes into a program, third-party code included.
if(VMP_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(VMP_COVERAGE)
  # Tests are compiled so too: of an inline function the linker keeps one copy, and it may be a test's. The core throws
  # nothing, so that -fno-exceptions takes only the paths away on which a destructor would run during a throw; without
  # it gcov counts them as branches.
  add_compile_options(--coverage -O0 -fno-exceptions -fno-threadsafe-statics "-fprofile-filter-files=/core/")
  add_link_options(--coverage)
endif()
if(EMSCRIPTEN)
  # Wasm exceptions keep std::bad_alloc catchable at the memory limit for 3 KB.
  add_compile_options(-fwasm-exceptions)
  add_link_options(-fwasm-exceptions)
endif()

if(VMP_TIDY)
  find_program(CLANG_TIDY_PROGRAM clang-tidy REQUIRED)
  add_custom_target(tidy)
endif()

# vmp_layer(NAME GLOBS... BELOW TARGETS...): a library of the matching sources. With no source yet, or none needed
# because the layer is header-only, it becomes an INTERFACE library, so that the layers above need not care.
function(vmp_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 layer "" "" "GLOBS;EXCEPT;BELOW")
  file(GLOB sources CONFIGURE_DEPENDS ${layer_GLOBS})
  foreach(pattern IN LISTS layer_EXCEPT)
    list(FILTER sources EXCLUDE REGEX "${pattern}")
  endforeach()
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC vmp_options ${layer_BELOW})
    if(VMP_TIDY)
      set_target_properties(${name} PROPERTIES CXX_CLANG_TIDY "${CLANG_TIDY_PROGRAM};--quiet;--extra-arg=-Wno-unknown-warning-option")
      add_dependencies(tidy ${name})
    endif()
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE vmp_options ${layer_BELOW})
  endif()
endfunction()
