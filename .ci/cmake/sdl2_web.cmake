# SDL2 for the page, compiled from its sources with the configuration it ships for Emscripten. What the playground has
# no use for (sound, joysticks, sensors, SDL's own renderer) is left out.
set(sdl2_folders
  . atomic audio audio/dummy cpuinfo events file filesystem/emscripten haptic haptic/dummy joystick joystick/dummy
  joystick/emscripten libm loadso/dlopen locale locale/emscripten misc misc/emscripten power power/emscripten render
  sensor sensor/dummy stdlib thread thread/generic timer timer/unix video video/dummy video/emscripten video/yuv2rgb)
set(sdl2_sources)
foreach(folder IN LISTS sdl2_folders)
  file(GLOB found "${sdl2_SOURCE_DIR}/src/${folder}/*.c")
  list(APPEND sdl2_sources ${found})
endforeach()

add_library(sdl2_web STATIC ${sdl2_sources})
add_library(SDL2::SDL2 ALIAS sdl2_web)
target_include_directories(sdl2_web SYSTEM PUBLIC "${sdl2_SOURCE_DIR}/include")
target_compile_options(sdl2_web PRIVATE -w -Os)
target_compile_definitions(sdl2_web PRIVATE
  SDL_AUDIO_DISABLED=1 SDL_JOYSTICK_DISABLED=1 SDL_HAPTIC_DISABLED=1 SDL_SENSOR_DISABLED=1 SDL_RENDER_DISABLED=1
  SDL_HIDAPI_DISABLED=1)
