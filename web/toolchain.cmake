# Finds Emscripten where it is (an activated emsdk, emcc on the PATH, or Debian's package) and hands over to the
# toolchain file it ships.
if(DEFINED ENV{EMSDK} AND EXISTS "$ENV{EMSDK}/upstream/emscripten")
  set(emscripten_root "$ENV{EMSDK}/upstream/emscripten")
else()
  find_program(emcc_path emcc NO_CACHE)
  if(NOT emcc_path)
    message(FATAL_ERROR "Emscripten is missing: run ./play (Debian), or activate an emsdk first.")
  endif()
  file(REAL_PATH "${emcc_path}" emcc_path)
  get_filename_component(emscripten_root "${emcc_path}" DIRECTORY)
endif()

# Debian keeps Emscripten's JavaScript modules (acorn) here and does not tell it so; linking at -O2 and up needs them.
if(EXISTS /usr/share/nodejs/acorn)
  set_property(GLOBAL PROPERTY RULE_LAUNCH_LINK "${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs")
endif()

include("${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake")
