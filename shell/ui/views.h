// The views, one a file. Each draws its part of the model into a rectangle and asks for what a click wants
// done.
#pragma once

#include "shell/present/frame_grid.h"
#include "shell/ui/context.h"

namespace vmp::ui {

void draw_toolbar(Context& context, Rect rect);
void draw_banner(Context& context, Rect rect);
void draw_headline(Context& context, Rect rect);  // narrow and minimal
void draw_narrow_tabs(Context& context, Rect rect);
void draw_lesson(Context& context, Rect rect);
// The question before a step, or its answer; only while one is shown.
void draw_question(Context& context, Rect rect);
float question_height(Context& context, float width);
void draw_spaces(Context& context, Rect rect);
void draw_memory(Context& context, Rect rect);
void draw_swap(Context& context, Rect rect);
void draw_walk(Context& context, Rect rect);
void draw_details(Context& context, Rect rect);
void draw_paths(Context& context);

// Small windows above all that.
void draw_popups(Context& context);

// Parts of the above that have a file of their own.
void draw_slider(Context& context, Rect rect);
// `program`: the height given to each column's program.
void draw_column(Context& context, Rect rect, const ColumnModel& column, const ColumnDensity& density,
                 float program);
void draw_program(Context& context, Rect rect, const ColumnModel& column, const ColumnDensity& density);
void draw_segment(Context& context, Rect rect, const ColumnModel& column, const SegmentBlock& segment,
                  const ColumnDensity& density);
void draw_page_cell(Context& context, Rect rect, const PageCell& cell, std::size_t hue, Viewpoint viewpoint);
// The fill of a frame's cell, which says whose it is; the colour of text on it.
struct FrameGround {
  Color text;
  bool filled = true;
};
FrameGround draw_frame_ground(Context& context, Rect rect, const FrameCard& card, float rounding);
// Centred text, on a plate of its own if the ground is a pattern.
void write_on_plate(Context& context, Rect row, std::string_view text, Ink ink, bool plate, Color ground);
void draw_frame_cell(Context& context, Rect rect, FrameNumber frame, CellDetail detail);
void draw_legend(Context& context, Rect rect);
void draw_translation(Context& context, Rect rect);
void draw_fault(Context& context, Rect rect);
void draw_slices(Context& context, Rect rect);
// The key to fills and patterns, in so many columns.
void draw_samples(Context& context, Rect rect, std::size_t columns);
// `id`: by which its scroll position is kept.
void draw_lines(Context& context, Rect rect, const std::vector<LogLine>& lines, std::string_view id);
void draw_log(Context& context, Rect rect);
void draw_tree(Context& context, Rect rect);
void draw_tlb(Context& context, Rect rect);
void draw_bytes(Context& context, Rect rect);
void draw_policy(Context& context, Rect rect);
void draw_plots(Context& context, Rect rect);
// One plot without its controls.
void draw_chart(Context& context, Rect rect, const Plot& plot);
// The tabs of the details and the content of one, wherever they have their place.
float detail_tabs_width(float room);
void draw_detail_tabs(Context& context, Rect row, DetailTab& shown);
void draw_detail(Context& context, Rect rect, DetailTab tab);
void draw_page_popover(Context& context);
void draw_chooser(Context& context);
void draw_help(Context& context);
void draw_console(Context& context);
void draw_setup(Context& context);
// What the changes came to: the footer of the above.
void draw_comparison(Context& context, Rect rect);
void draw_branch(Context& context);   // what may be different
void draw_compare(Context& context);  // both futures
void draw_tour(Context& context);
void draw_share(Context& context);
void draw_more(Context& context);
void draw_appearance(Context& context);

}  // namespace vmp::ui
