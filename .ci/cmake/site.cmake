# Puts the static site together: cmake -DSITE= -DSOURCE= -DBINARY= -DIMGUI= -DSDL2= -DEMSCRIPTEN= -P site.cmake
# Its folders mirror the repository's, so the same relative addresses work in both: index.html and the module at the
# root, web/ for styles and scripts, assets/ for what the page loads on demand.
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE "${SITE}")
file(MAKE_DIRECTORY "${SITE}")
file(COPY "${SOURCE}/index.html" "${BINARY}/playground.mjs" "${BINARY}/playground.wasm" DESTINATION "${SITE}")
file(COPY "${SOURCE}/web" DESTINATION "${SITE}" FILES_MATCHING
  REGEX "\\.(html|css|js|mjs|svg|png)$" REGEX "/embed/[^/]+\\.d\\.ts$")
foreach(folder scenarios programs traces)
  if(EXISTS "${SOURCE}/assets/${folder}")
    file(COPY "${SOURCE}/assets/${folder}" DESTINATION "${SITE}/assets")
  endif()
endforeach()

# What is in the module besides our own code, with the notices its licences ask to be passed on.
set(notices "")
function(add_notice title file)
  if(file STREQUAL "")
    set(text "${ARGN}\n")
  else()
    file(READ "${file}" text)
  endif()
  string(REPEAT "=" 78 rule)
  set(notices "${notices}${rule}\n${title}\n${rule}\n\n${text}\n" PARENT_SCOPE)
endfunction()
add_notice("Virtual Memory Playground" "${SOURCE}/LICENSE")
add_notice("Dear ImGui" "${IMGUI}/LICENSE.txt")
add_notice("SDL (Simple DirectMedia Layer)" "${SDL2}/LICENSE.txt")
add_notice("Inter (font)" "${SOURCE}/node_modules/@expo-google-fonts/inter/LICENSE_FONT")
add_notice("JetBrains Mono (font)" "${SOURCE}/node_modules/@expo-google-fonts/jetbrains-mono/LICENSE_FONT")
add_notice("musl (the C library in the module)" "${EMSCRIPTEN}/system/lib/libc/musl/COPYRIGHT")
add_notice("Emscripten (the module's JavaScript and runtime)" ""
  "Copyright (c) 2010-2022 The Emscripten Authors. Under the MIT licence, whose text is the first in this file.")
add_notice("LLVM libc++, libc++abi and compiler-rt (the C++ library in the module)" ""
  "The LLVM Project. Under the Apache License 2.0 with LLVM Exceptions: https://llvm.org/LICENSE.txt")
file(WRITE "${SITE}/licences.txt" "${notices}")
