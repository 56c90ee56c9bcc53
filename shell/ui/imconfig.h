#pragma once

// Dear ImGui's compile-time settings (IMGUI_USER_CONFIG), the same for every target.

// A view of a large address space overflows 16-bit vertex indices, and then draws garbage.
#define ImDrawIdx unsigned int  // NOLINT: the name is ImGui's

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_OBSOLETE_KEYIO
// Both would be dead weight in the page's download.
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
