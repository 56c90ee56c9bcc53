#include "shell/screenshot_sdl.h"

#define SDL_MAIN_HANDLED
#include <SDL.h>
#include <SDL_opengl.h>
#include <algorithm>

#include "shell/app.h"

namespace vmp {
namespace {

// A frame may still move things that the next one rests on (columns that learn their width); nothing needs
// more than these, and an animation that never ends must not keep us.
constexpr int kLeastFrames = 4;
constexpr int kMostFrames = 600;

template <class Function>
Function entry_point(const char* name) {
  return reinterpret_cast<Function>(SDL_GL_GetProcAddress(name));
}

// A framebuffer of our own: what a hidden window's would hold is not defined.
class Framebuffer {
 public:
  Framebuffer(int width, int height) {
    const auto generate_framebuffers = entry_point<PFNGLGENFRAMEBUFFERSPROC>("glGenFramebuffers");
    const auto generate_renderbuffers = entry_point<PFNGLGENRENDERBUFFERSPROC>("glGenRenderbuffers");
    const auto bind_renderbuffer = entry_point<PFNGLBINDRENDERBUFFERPROC>("glBindRenderbuffer");
    const auto set_storage = entry_point<PFNGLRENDERBUFFERSTORAGEPROC>("glRenderbufferStorage");
    const auto attach = entry_point<PFNGLFRAMEBUFFERRENDERBUFFERPROC>("glFramebufferRenderbuffer");
    const auto status = entry_point<PFNGLCHECKFRAMEBUFFERSTATUSPROC>("glCheckFramebufferStatus");
    m_bind = entry_point<PFNGLBINDFRAMEBUFFERPROC>("glBindFramebuffer");
    m_delete_framebuffers = entry_point<PFNGLDELETEFRAMEBUFFERSPROC>("glDeleteFramebuffers");
    m_delete_renderbuffers = entry_point<PFNGLDELETERENDERBUFFERSPROC>("glDeleteRenderbuffers");
    generate_framebuffers(1, &m_framebuffer);
    generate_renderbuffers(1, &m_colour);
    m_bind(GL_FRAMEBUFFER, m_framebuffer);
    bind_renderbuffer(GL_RENDERBUFFER, m_colour);
    set_storage(GL_RENDERBUFFER, GL_RGBA8, width, height);
    attach(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, m_colour);
    m_complete = status(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
  }
  ~Framebuffer() {
    m_bind(GL_FRAMEBUFFER, 0);
    m_delete_renderbuffers(1, &m_colour);
    m_delete_framebuffers(1, &m_framebuffer);
  }
  Framebuffer(const Framebuffer&) = delete;
  Framebuffer& operator=(const Framebuffer&) = delete;

  bool complete() const { return m_complete; }

 private:
  PFNGLBINDFRAMEBUFFERPROC m_bind = nullptr;
  PFNGLDELETEFRAMEBUFFERSPROC m_delete_framebuffers = nullptr;
  PFNGLDELETERENDERBUFFERSPROC m_delete_renderbuffers = nullptr;
  GLuint m_framebuffer = 0;
  GLuint m_colour = 0;
  bool m_complete = false;
};

// OpenGL's rows start at the bottom.
void turn_upside_down(Picture& picture) {
  const auto row = static_cast<std::ptrdiff_t>(picture.width) * 3;
  for (int y = 0; y < picture.height / 2; ++y)
    std::swap_ranges(picture.rgb.begin() + y * row, picture.rgb.begin() + (y + 1) * row,
                     picture.rgb.begin() + (picture.height - 1 - y) * row);
}

}  // namespace

Result<Picture, std::string> take_picture(SdlWindow& window, App& app, const PictureSize& size) {
  Picture picture;
  picture.width = static_cast<int>(static_cast<float>(size.width) * size.pixel_ratio);
  picture.height = static_cast<int>(static_cast<float>(size.height) * size.pixel_ratio);
  const Framebuffer framebuffer(picture.width, picture.height);
  if (!framebuffer.complete()) return Failure{std::string("This OpenGL cannot draw a picture of that size")};

  for (int frame = 0; frame < kLeastFrames || (app.wants_frame() && frame < kMostFrames); ++frame)
    window.render(app, static_cast<float>(size.width), static_cast<float>(size.height), size.pixel_ratio);

  picture.rgb.resize(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 3);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, picture.width, picture.height, GL_RGB, GL_UNSIGNED_BYTE, picture.rgb.data());
  turn_upside_down(picture);
  return picture;
}

}  // namespace vmp
