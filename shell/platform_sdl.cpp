#include "shell/platform_sdl.h"

#define SDL_MAIN_HANDLED
#include <SDL.h>
#ifdef __EMSCRIPTEN__
#include <GLES3/gl3.h>
#else
#include <SDL_opengl.h>
#endif
#include <algorithm>
#include <imgui.h>
#include <imgui_impl_opengl3.h>
#include <imgui_impl_sdl2.h>
#include <imgui_internal.h>
#include <utility>

#include "shell/app.h"

namespace vmp {
namespace {

// The version of OpenGL asked for, and the shading language that goes with it. WebGL 2 is OpenGL ES 3.0.
#ifdef __EMSCRIPTEN__
constexpr int kProfile = SDL_GL_CONTEXT_PROFILE_ES;
constexpr int kMajor = 3;
constexpr int kMinor = 0;
constexpr const char* kShadingLanguage = "#version 300 es";
#else
constexpr int kProfile = SDL_GL_CONTEXT_PROFILE_CORE;
constexpr int kMajor = 3;
constexpr int kMinor = 2;
constexpr const char* kShadingLanguage = "#version 150";
#endif

Failure<std::string> sdl_failure(const std::string& what) {
  return Failure{what + ": " + SDL_GetError()};
}

// A part of the framebuffer, given in logical pixels from the top left. OpenGL ES reads back RGBA only.
Picture read_back(Rect area, float height, float pixel_ratio) {
  const auto pixels = [pixel_ratio](float length) { return static_cast<int>(length * pixel_ratio + 0.5F); };
  Picture picture;
  picture.width = std::max(1, pixels(area.w));
  picture.height = std::max(1, pixels(area.h));
  const auto row = static_cast<std::size_t>(picture.width) * 4;
  const auto rows = static_cast<std::size_t>(picture.height);
  std::vector<std::uint8_t> rgba(row * rows);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(pixels(area.x), pixels(height - area.bottom()), picture.width, picture.height, GL_RGBA,
               GL_UNSIGNED_BYTE, rgba.data());
  picture.rgb.reserve(row / 4 * 3 * rows);
  for (std::size_t y = rows; y-- > 0;) {
    for (std::size_t i = y * row; i < (y + 1) * row; i += 4) {
      for (std::size_t channel = 0; channel < 3; ++channel) picture.rgb.push_back(rgba[i + channel]);
    }
  }
  return picture;
}

int forward_to_wake(void* wake, SDL_Event* event) {
  // SDL marks the end of every poll with an event; waking for it would draw for ever.
  if (event->type != SDL_POLLSENTINEL) (*static_cast<std::function<void()>*>(wake))();
  return 0;
}

}  // namespace

struct SdlWindow::Handles {
  SDL_Window* window = nullptr;
  SDL_GLContext context = nullptr;
  bool imgui = false;

  Handles() = default;
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;
  ~Handles() {
    if (imgui) {
      ImGui_ImplOpenGL3_Shutdown();
      ImGui_ImplSDL2_Shutdown();
      ImGui::DestroyContext();
    }
    if (context) SDL_GL_DeleteContext(context);
    if (window) SDL_DestroyWindow(window);
    SDL_Quit();
  }
};

Result<std::unique_ptr<SdlWindow>, std::string> SdlWindow::open(const WindowOptions& options) {
  SDL_SetMainReady();
  if (!options.keyboard_element.empty()) {
    SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, options.keyboard_element.c_str());
    // The page passes fingers on itself; SDL's mouse made of the same finger would click a second time.
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  }
  if (SDL_Init(SDL_INIT_VIDEO | SDL_INIT_TIMER) != 0) return sdl_failure("The display could not be opened");
  auto handles = std::make_unique<Handles>();

  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, kProfile);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, kMajor);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, kMinor);
  SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
  SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
  SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
  const Uint32 flags = SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI |
                       (options.hidden ? SDL_WINDOW_HIDDEN : SDL_WINDOW_SHOWN);
  handles->window = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                     options.width, options.height, flags);
  if (!handles->window) return sdl_failure("The window could not be made");
  handles->context = SDL_GL_CreateContext(handles->window);
  if (!handles->context) return sdl_failure("The window has no OpenGL");
  // A finger reaches Dear ImGui as a mouse, by the page's own touch handling; SDL's would stop the page's
  // scrolling.
  for (const Uint32 finger_event : {SDL_FINGERDOWN, SDL_FINGERMOTION, SDL_FINGERUP})
    SDL_EventState(finger_event, SDL_IGNORE);

  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;  // the layout is the program's, there is nothing to remember
  handles->imgui = ImGui_ImplSDL2_InitForOpenGL(handles->window, handles->context) &&
                   ImGui_ImplOpenGL3_Init(kShadingLanguage);
  if (!handles->imgui) return Failure{std::string("OpenGL could not be started")};
  return std::unique_ptr<SdlWindow>(new SdlWindow(std::move(handles)));
}

SdlWindow::SdlWindow(std::unique_ptr<Handles> handles) : m_handles(std::move(handles)) {}

SdlWindow::~SdlWindow() {
  if (m_wake) SDL_DelEventWatch(forward_to_wake, &m_wake);
}

void SdlWindow::on_event(std::function<void()> wake) {
  const bool watched = static_cast<bool>(m_wake);
  m_wake = std::move(wake);
  if (!watched) SDL_AddEventWatch(forward_to_wake, &m_wake);
}

bool SdlWindow::wait_for_event(std::chrono::milliseconds at_most) {
  return SDL_WaitEventTimeout(nullptr, static_cast<int>(at_most.count())) == 1;
}

bool SdlWindow::take_events() {
  bool any = false;
  SDL_Event event;
  while (SDL_PollEvent(&event)) {
    any = true;
    if (event.type == SDL_MOUSEMOTION) {
      event.motion.x = static_cast<Sint32>(static_cast<float>(event.motion.x) / m_zoom);
      event.motion.y = static_cast<Sint32>(static_cast<float>(event.motion.y) / m_zoom);
    }
    ImGui_ImplSDL2_ProcessEvent(&event);
    if (event.type == SDL_QUIT) m_closed = true;
    if (event.type == SDL_DROPFILE) {
      m_dropped_files.emplace_back(event.drop.file);
      SDL_free(event.drop.file);
    }
  }
  return any;
}

bool SdlWindow::input_waits() {
  return !ImGui::GetCurrentContext()->InputEventsQueue.empty();
}

std::vector<std::string> SdlWindow::take_dropped_files() {
  return std::exchange(m_dropped_files, {});
}

float SdlWindow::pixel_ratio() const {
  int logical = 0;
  int physical = 0;
  SDL_GetWindowSize(m_handles->window, &logical, nullptr);
  SDL_GL_GetDrawableSize(m_handles->window, &physical, nullptr);
  return logical > 0 && physical > 0 ? static_cast<float>(physical) / static_cast<float>(logical) : 1.0F;
}

void SdlWindow::begin_frame(App& app, float width, float height, float pixel_ratio) {
  m_zoom = app.zoom();
  const float scale = pixel_ratio * m_zoom;
  if (scale != m_built_scale) {
    app.set_pixel_ratio(scale);
    if (m_built_scale != 0) {  // the first time, the backend makes the texture by itself
      ImGui_ImplOpenGL3_DestroyFontsTexture();
      ImGui_ImplOpenGL3_CreateFontsTexture();
    }
    m_built_scale = scale;
  }
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplSDL2_NewFrame();
  // The backend asks the desktop where the mouse is, and knows of no zoom.
  int x = 0;
  int y = 0;
  SDL_GetMouseState(&x, &y);
  if (m_zoom != 1 && SDL_GetMouseFocus() == m_handles->window)
    point(static_cast<float>(x), static_cast<float>(y));
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {width / m_zoom, height / m_zoom};
  io.DisplayFramebufferScale = {scale, scale};
  ImGui::NewFrame();
  app.frame(io.DisplaySize.x, io.DisplaySize.y);
}

void SdlWindow::point(float x, float y) const {
  ImGui::GetIO().AddMousePosEvent(x / m_zoom, y / m_zoom);
}

void SdlWindow::end_frame() {
  ImGui::Render();
  glClearColor(0.0F, 0.0F, 0.0F, 1.0F);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  ++m_frames_drawn;
}

void SdlWindow::draw(App& app, float pixel_ratio) {
  int width = 0;
  int height = 0;
  SDL_GetWindowSize(m_handles->window, &width, &height);
  if (width < 1 || height < 1) return;
  begin_frame(app, static_cast<float>(width), static_cast<float>(height), pixel_ratio);
  end_frame();
  // Before it is shown: what the buffer holds afterwards is not defined.
  const ImVec2 drawn = ImGui::GetIO().DisplaySize;
  if (const auto area = app.picture_due(drawn.x, drawn.y))
    app.picture_taken(read_back(*area, drawn.y, m_built_scale));
  SDL_GL_SwapWindow(m_handles->window);
}

void SdlWindow::render(App& app, float width, float height, float pixel_ratio) {
  begin_frame(app, width, height, pixel_ratio);
  end_frame();
}

// Making the device objects again would not be enough: the backend keeps what it asked of the old context.
void SdlWindow::drop_renderer() {
  ImGui_ImplOpenGL3_Shutdown();
}

void SdlWindow::rebuild_renderer() {
  ImGui_ImplOpenGL3_Init(kShadingLanguage);
}

void SdlWindow::release_keys() {
  SDL_ResetKeyboard();
  ImGui::GetIO().ClearInputKeys();
}

void SdlWindow::copy_text(const std::string& text) {
  SDL_SetClipboardText(text.c_str());
}

std::string SdlWindow::settings_folder() {
  char* path = SDL_GetPrefPath("", "virtual-memory-playground");
  if (!path) return {};
  std::string folder = path;
  SDL_free(path);
  return folder;
}

void SdlWindow::show_message(const std::string& title, const std::string& text) {
  SDL_ShowSimpleMessageBox(SDL_MESSAGEBOX_INFORMATION, title.c_str(), text.c_str(), nullptr);
}

}  // namespace vmp
