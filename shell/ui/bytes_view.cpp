// The bytes of one frame, as they lie in RAM: the frame that was clicked, else the one the step reached.
#include "shell/present/format.h"
#include "shell/ui/views.h"
#include "shell/ui/widgets.h"

namespace vmp::ui {

void draw_bytes(Context& context, Rect rect) {
  Painter& paint = context.paint;
  const auto* chosen = std::get_if<FrameTarget>(&context.state.selected);
  std::optional<FrameNumber> frame;
  if (chosen != nullptr && context.kernel().memory().contains(chosen->frame)) frame = chosen->frame;
  if (!frame && context.model.walk.target) frame = context.model.walk.target->frame;
  if (!frame) {
    paint.write(rect.cut_top(20), "Click a frame to see its bytes.", paint.label());
    return;
  }
  constexpr float kRow = 18;
  const float character = paint.width("0", paint.type().mono);
  const std::uint64_t per_row = rect.w > character * 76 ? 16 : 8;
  const BytesModel bytes = bytes_model(context.kernel(), *frame, per_row);
  paint.write(rect.cut_top(18, 6), bytes.title, paint.label());
  const ScrollArea area(context, "bytes", rect, (static_cast<float>(bytes.rows.size()) + 1) * kRow);
  float y = rect.y - area.offset();
  for (const ByteRow& row : bytes.rows) {
    if (y + kRow > rect.y && y < rect.bottom()) {
      Rect line{rect.x, y, rect.w - 8, kRow};
      paint.write(line.cut_left(character * 4), format_hex(row.offset, 3), paint.mono_dim());
      const float hex = paint.write(line, row.hex, paint.mono());
      line.cut_left(hex + 2 * character);
      paint.write(line, row.text, paint.mono_dim());
    }
    y += kRow;
  }
  const std::string rest = bytes.rows.empty()
                               ? "all 4,096 bytes are zero"
                               : "the other " + group_digits(bytes.skipped * per_row) + " bytes are zero";
  paint.write({rect.x, y, rect.w, kRow}, rest, paint.label());
}

}  // namespace vmp::ui
