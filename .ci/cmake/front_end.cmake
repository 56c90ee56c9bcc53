# Dear ImGui, SDL2 and the fonts as targets.

add_library(imgui STATIC
  "${imgui_SOURCE_DIR}/imgui.cpp"
  "${imgui_SOURCE_DIR}/imgui_draw.cpp"
  "${imgui_SOURCE_DIR}/imgui_tables.cpp"
  "${imgui_SOURCE_DIR}/imgui_widgets.cpp")
target_include_directories(imgui SYSTEM PUBLIC "${imgui_SOURCE_DIR}")
target_include_directories(imgui PUBLIC "${CMAKE_SOURCE_DIR}")
target_compile_definitions(imgui PUBLIC IMGUI_USER_CONFIG="shell/ui/imconfig.h")

if(EMSCRIPTEN)
  include(.ci/cmake/sdl2_web.cmake)
else()
  # Debian's package says SDL2::SDL2; older ones only set variables.
  find_package(SDL2 QUIET CONFIG)
  find_package(OpenGL QUIET)
  if(NOT TARGET SDL2::SDL2 OR NOT TARGET OpenGL::GL)
    message(STATUS "No window: SDL2 or OpenGL is not installed (Debian: libsdl2-dev); the rest of the front end builds")
  endif()
endif()

if(TARGET SDL2::SDL2)
  add_library(imgui_sdl2 STATIC
    "${imgui_SOURCE_DIR}/backends/imgui_impl_sdl2.cpp"
    "${imgui_SOURCE_DIR}/backends/imgui_impl_opengl3.cpp")
  target_include_directories(imgui_sdl2 SYSTEM PUBLIC "${imgui_SOURCE_DIR}/backends")
  target_link_libraries(imgui_sdl2 PUBLIC imgui SDL2::SDL2 ${CMAKE_DL_LIBS})
  if(EMSCRIPTEN)
    target_compile_definitions(imgui_sdl2 PUBLIC IMGUI_IMPL_OPENGL_ES3)
  else()
    target_link_libraries(imgui_sdl2 PUBLIC OpenGL::GL)
  endif()
endif()

# The fonts, cut down to the glyphs the playground draws and turned into C++ arrays (see shell/ui/fonts.h).
set(fonts_source "${CMAKE_BINARY_DIR}/generated/fonts.cpp")
add_custom_command(
  OUTPUT "${fonts_source}"
  COMMAND "${NODE_PROGRAM}" "${CMAKE_SOURCE_DIR}/.ci/fonts.mjs" "${fonts_source}"
  DEPENDS "${CMAKE_SOURCE_DIR}/.ci/fonts.mjs" "${CMAKE_SOURCE_DIR}/package-lock.json"
  COMMENT "Cutting the fonts down to the glyphs in use"
  VERBATIM)
add_library(fonts STATIC "${fonts_source}")
target_link_libraries(fonts PRIVATE vmp_options)
