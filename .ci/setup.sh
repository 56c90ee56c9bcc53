# Sourced by ./play and ./test: `setup PART...` installs what the named parts need and this machine lacks, and says
# what it installs. With nothing to do it takes a fraction of a second. Parts:
#   core      a compiler, CMake, Ninja, header libraries      web      Emscripten, and SDL2's sources for it
#   front     Dear ImGui's sources, Node.js, npm's packages   window   SDL2, for the native window
#   browser   Chromium                                        desktop  a screen in memory, to test the window on
#   lint      clang-format and clang-tidy                     elf      a cross compiler, a linker, and readelf
#   qemu      QEMU for x86 and RISC-V, to compare walks       coverage gcov
#
# Debian's packages come by apt, two more as Debian source packages (unpacked in .cache/third_party, the system's apt
# configuration untouched), the rest from npm as package-lock.json pins it. On other systems CMake's FetchContent gets
# the libraries, and only missing programs are reported here.

# Source packages, each as: name, version, suite, sha256 of the upstream archive. Trixie's Dear ImGui is the one version
# that is both recent enough for the input events used here and frozen.
imgui_source=(imgui 1.90.1+ds-1 trixie ecce377df0f90b292f15dcbd83d438bddc162b2388c881132bde18c787572a1c)
sdl2_source=(libsdl2 2.26.5+dfsg-1 bookworm b3f2c822151804125d08db94c65852f711c2e5df2145a59da120748dc32eb9c3)
third_party=.cache/third_party
oldest_node=20

missing_packages=()

say() { printf '%s\n' "$*" >&2; }

# need PACKAGE TEST...: the package is wanted unless the test command succeeds.
need() {
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing_packages+=("$package")
}

have_library() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
on_debian() { command -v apt-get >/dev/null; }
node_major() { local v; v=$(node --version 2>/dev/null) || v=v0; v=${v#v}; echo "${v%%.*}"; }

list_needs() {
  case $1 in
    core)
      need g++ command -v c++
      need make command -v make
      need cmake command -v cmake
      need ninja-build command -v ninja
      need xz-utils command -v xz
      if on_debian; then
        need nlohmann-json3-dev have_library nlohmann-json3-dev
        need libcli11-dev have_library libcli11-dev
        need doctest-dev have_library doctest-dev
      fi ;;
    front)
      need nodejs command -v node
      need npm command -v npm
      need ca-certificates test -e /etc/ssl/certs/ca-certificates.crt
      if on_debian && ! { have_source imgui_source && have_source sdl2_source; }; then
        need dpkg-dev command -v dpkg-source
      fi ;;
    web) need emscripten command -v emcc ;;
    window)
      if on_debian; then
        need libsdl2-dev have_library libsdl2-dev
        need libgl1-mesa-dri have_library libgl1-mesa-dri
      fi ;;
    desktop)
      need xvfb command -v Xvfb
      need imagemagick command -v import ;;
    qemu)
      need qemu-system-x86 command -v qemu-system-x86_64
      need qemu-system-misc command -v qemu-system-riscv64 ;;
    browser)
      need chromium command -v chromium
      # Without any font installed the page's own text (not the canvas's) would be empty boxes.
      if on_debian; then need fonts-dejavu-core have_library fonts-dejavu-core; fi ;;
    elf)
      need clang command -v clang
      need lld command -v ld.lld
      need binutils command -v readelf ;;
    coverage) need gcc command -v gcov ;;
    lint)
      need clang-format command -v clang-format
      need clang-tidy command -v clang-tidy ;;
    *)
      say "setup: unknown part '$1'"
      return 2 ;;
  esac
}

explain_and_fail() {
  say "These packages are missing: ${missing_packages[*]}"
  if on_debian; then
    say "$1 Install them with:"
    say "  sudo apt-get update && sudo apt-get install --no-install-recommends ${missing_packages[*]}"
  else
    say "Install what your system calls them; the names above are Debian's."
  fi
  return 1
}

install_packages() {
  [ ${#missing_packages[@]} -gt 0 ] || return 0
  if ! on_debian; then explain_and_fail; return 1; fi
  if [ "${VMP_NO_INSTALL:-}" ]; then explain_and_fail "Installing is switched off."; return 1; fi
  if [ "$(id -u)" != 0 ]; then explain_and_fail "Only root may install them."; return 1; fi
  say "Installing with apt: ${missing_packages[*]}"
  local log=.cache/apt.log
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      "${missing_packages[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 5 "$log" >&2
    explain_and_fail "apt could not install them (the whole story is in $log)."
    return 1
  fi
  hash -r
}

have_source() {
  local -n wanted=$1
  [ "$(cat "$third_party/${wanted[0]}/.version" 2>/dev/null)" = "${wanted[1]}" ]
}

# The machine's own apt sources, with the suite exchanged and deb-src for deb: the mirror and the key stay as they are.
write_source_stanza() {
  local suite=$1 file
  for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list.d/*.sources; do
    [ -e "$file" ] || continue
    awk -v suite="$suite" 'BEGIN { RS = ""; FS = "\n" }
      /(^|\n)URIs:[^\n]*debian/ && /(^|\n)Suites:[^\n]*/ {
        for (i = 1; i <= NF; ++i) {
          if ($i ~ /^Types:/) print "Types: deb-src"
          else if ($i ~ /^Suites:/) print "Suites: " suite
          else if ($i ~ /^Components:/) print "Components: main"
          else if ($i ~ /^(URIs|Signed-By|Enabled| )/) print $i
        }
        exit
      }' "$file"
    return
  done
  awk -v suite="$suite" '/^deb / {
      options = ""
      if ($2 ~ /^\[/) { while ($2 !~ /\]$/) { options = options " " $2; $2 = ""; $0 = $0; $1 = $1 } options = options " " $2; uri = $3 }
      else uri = $2
      signed = options
      print "Types: deb-src\nURIs: " uri "\nSuites: " suite "\nComponents: main"
      if (match(signed, /signed-by=[^] ]*/)) print "Signed-By: " substr(signed, RSTART + 10, RLENGTH - 10)
      exit
    }' /etc/apt/sources.list
}

fetch_source() {
  local -n source=$1
  local name=${source[0]} version=${source[1]} suite=${source[2]} sha256=${source[3]}
  if have_source "$1" || ! on_debian; then return 0; fi
  if [ "${VMP_NO_INSTALL:-}" ]; then say "Missing: the sources of $name $version in $third_party."; return 1; fi
  say "Fetching Debian's source package $name $version"
  local work="$PWD/.cache/source_$name"
  rm -rf "$work" "${third_party:?}/$name"
  mkdir -p "$work/sources" "$work/lists/partial" "$third_party"
  write_source_stanza "$suite" >"$work/sources/debian.sources"
  local apt=(apt-get -q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$work/sources"
    -o "Dir::State::lists=$work/lists" -o "Dir::Cache::pkgcache=" -o "Dir::Cache::srcpkgcache="
    -o APT::Sandbox::User=root -o Debug::NoLocking=1)
  local archive
  if ! (cd "$work" && "${apt[@]}" update && "${apt[@]}" source --download-only "$name=$version") >"$work/log" 2>&1; then
    tail -n 5 "$work/log" >&2
    say "Could not fetch $name $version by 'apt-get source': is the network there?"
    return 1
  fi
  for archive in "$work"/*.orig.tar.*; do
    if ! echo "$sha256  $archive" | sha256sum --check --status; then
      say "$archive is not the $name $version this project was built with (its sha256 differs)."
      return 1
    fi
  done
  dpkg-source --no-check -x "$work"/*.dsc "$work/$name" >>"$work/log" 2>&1 || { tail -n 5 "$work/log" >&2; return 1; }
  mv "$work/$name" "$third_party/$name"
  echo "$version" >"$third_party/$name/.version"
  rm -rf "$work"
}

# npm_ci FOLDER: `npm ci` there, unless what is installed already comes from this very lock file.
npm_ci() {
  local folder=$1 stamp
  stamp=$(sha256sum <"$folder/package-lock.json")
  if [ "$(cat "$folder/node_modules/.lock_hash" 2>/dev/null)" = "$stamp" ]; then return 0; fi
  if [ "${VMP_NO_INSTALL:-}" ]; then say "Missing: npm's packages in $folder. Install them with: npm ci"; return 1; fi
  say "Installing with npm, as $folder/package-lock.json pins them:" \
    "$(sed -n 's|^    "node_modules/\([^"]*\)".*|\1|p' "$folder/package-lock.json" | tr '\n' ' ')"
  if ! (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2 </dev/null; then
    say "npm could not install them. With the network there, run: (cd $folder && npm ci --ignore-scripts)"
    return 1
  fi
  echo "$stamp" >"$folder/node_modules/.lock_hash"
}

# Debian 12's own Node.js is 18; the packages used here want 20. A private one comes from npm then.
use_recent_node() {
  if [ -x .cache/node/bin/node ]; then PATH="$PWD/.cache/node/bin:$PATH"; fi
  [ "$(node_major)" -lt $oldest_node ] || return 0
  mkdir -p .cache/node
  cp .ci/node/package.json .ci/node/package-lock.json .cache/node/
  npm_ci .cache/node || return 1
  ln -sfn "$(cd .cache/node && echo node_modules/node-linux-*)/bin" .cache/node/bin
  PATH="$PWD/.cache/node/bin:$PATH"
  hash -r
}

setup() {
  local part
  mkdir -p .cache
  missing_packages=()
  for part in "$@"; do list_needs "$part" || return; done
  install_packages || return
  for part in "$@"; do
    case $part in
      front) use_recent_node && npm_ci . && fetch_source imgui_source || return ;;
      web) fetch_source sdl2_source || return ;;
    esac
  done
  # A build folder remembers its generator, so this only decides for new ones.
  if command -v ninja >/dev/null; then export CMAKE_GENERATOR=Ninja; fi
  export PATH
}
