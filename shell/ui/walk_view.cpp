// The strip below: what happened in this step. An access is taken apart into a translation or a fault; any
// other step is told in lines.
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {
namespace {

constexpr float kHeader = 28;

// Tabs in the strip itself, where the details have no panel of their own.
bool draw_strip_tabs(Context& context, Rect& header) {
  if (!context.layout.details.empty() || context.layout.shape != Shape::Medium) return false;
  constexpr float kWalk = 58;
  const Rect tabs = header.cut_right(detail_tabs_width(header.w - kWalk), 4);
  draw_detail_tabs(context, tabs, context.state.strip);
  const bool walk = context.state.strip == DetailTab::Walk;
  if (button(context, header.cut_right(kWalk, 12), "Walk", walk ? Look::Plain : Look::Quiet))
    context.state.strip = DetailTab::Walk;
  return context.state.strip != DetailTab::Walk;
}

void draw_header(Context& context, Rect header) {
  const Model& model = context.model;
  Painter& paint = context.paint;
  const std::string& headline = model.headline.empty() ? model.lesson->title : model.headline;
  if (model.walk.fault && model.walk.fault->mended) {
    const bool fault = context.state.show_fault;
    const Rect both = header.cut_right(164, 12);
    Rect chips = both.inset(0, 2);
    if (button(context, chips.cut_left(64, 4), "Fault", fault ? Look::Plain : Look::Quiet))
      context.state.show_fault = true;
    if (button(context, chips, "then: walk", fault ? Look::Quiet : Look::Plain))
      context.state.show_fault = false;
  }
  if (context.layout.shape != Shape::Narrow) {
    header.cut_left(paint.write(header, headline, paint.title()), 16);
  }
  const float badge_room = model.walk.tlb == TlbBadge::None ? 0.0F : 92.0F;
  // The sentence is for headlines that do not say it already, and only where all of it fits.
  const bool said = headline == model.walk.sentence + ".";
  const float needed = paint.width(model.walk.sentence, paint.type().text);
  const float width =
      said || needed > header.w - badge_room ? 0 : paint.write(header, model.walk.sentence, paint.dim());
  if (badge_room == 0 || header.w < badge_room || context.state.viewpoint == Viewpoint::Program) return;
  const bool hit = model.walk.tlb == TlbBadge::Hit;
  badge(context, {header.x + width + (width > 0 ? 14.0F : 0.0F), header.center().y},
        hit ? "TLB hit" : "TLB miss", hit ? context.theme().ok : context.theme().process[1].text);
}

void draw_start(Context& context, Rect rect) {
  Painter& paint = context.paint;
  paint.write(rect.cut_top(20, 10),
              "Press → to step, space to play, ? for help. Point at anything; click a page to act on it.",
              paint.label());
  draw_samples(context, rect, rect.w > 800 ? 3 : rect.w > 480 ? 2 : 1);
}

}  // namespace

void draw_lines(Context& context, Rect rect, const std::vector<LogLine>& lines, std::string_view id) {
  Painter& paint = context.paint;
  constexpr float kLine = 19;
  float who = 36;
  for (const LogLine& line : lines)
    who = std::max(who, paint.width(line.who, paint.type().label_strong) + 12);
  who = std::min(who, 80.0F);
  float total = 0;
  for (const LogLine& line : lines) {
    total += std::max(kLine, paint.wrapped_height(rect.w - who - 8, line.text, paint.type().label, 17) + 2);
  }
  const ScrollArea area(context, id, rect, total);
  float y = rect.y - area.offset();
  for (const LogLine& line : lines) {
    const bool program = line.actor == Actor::Program;
    const Color color = program && line.hue           ? context.theme().hue(*line.hue).text
                        : line.actor == Actor::Device ? context.theme().offset
                                                      : context.theme().dim;
    const float height = paint.wrapped_height(rect.w - who - 8, line.text, paint.type().label, 17);
    paint.write({rect.x, y, who - 8, 17}, line.who, {paint.type().label_strong, color});
    const Ink ink = program ? paint.label_strong() : Ink{paint.type().label, context.theme().text};
    paint.write_wrapped({rect.x + who, y, rect.w - who - 8, height + 1}, line.text, ink, 17);
    y += std::max(kLine, height + 2);
  }
}

void draw_walk(Context& context, Rect rect) {
  context.paint.panel(rect, context.theme().panel);
  Rect inner = rect.inset(16, 12);
  Rect header = inner.cut_top(kHeader, 8);
  const bool details = draw_strip_tabs(context, header);
  draw_header(context, header);
  if (details) {
    draw_detail(context, inner, context.state.strip);
    return;
  }
  const WalkModel& walk = context.model.walk;
  if (context.model.position == 0) {
    draw_start(context, inner);
  } else if (context.state.viewpoint == Viewpoint::Machine && !context.model.slices.empty() &&
             !walk.is_access) {
    draw_slices(context, inner);
  } else if (context.state.viewpoint == Viewpoint::Program || !walk.is_access) {
    if (context.state.viewpoint == Viewpoint::Program) {
      context.paint.write(
          inner.cut_bottom(20),
          "Addresses and values are all a program sees. Where they lie, only the machine knows.",
          context.paint.label());
    }
    std::vector<LogLine> lines;
    for (const LogLine& line : walk.lines) {
      if (context.state.viewpoint == Viewpoint::Machine || line.actor == Actor::Program)
        lines.push_back(line);
    }
    draw_lines(context, inner, lines, "lines");
  } else if (walk.fault && (context.state.show_fault || !walk.fault->mended)) {
    draw_fault(context, inner);
  } else {
    draw_translation(context, inner);
  }
}

}  // namespace vmp::ui
